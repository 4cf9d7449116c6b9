package dev.watchnchill.server.store.codec;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON in UTF-8 as a stream, and reads it as a tree. */
public final class RecordJson {
  /** Deeper than any record, shallow enough for any stack. */
  private static final int DEPTH_MAX = 32;

  /** Longer than any double in decimal. */
  private static final int NUMBER_LENGTH_MAX = 400;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  // Half a surrogate pair, which a browser may send, is written as an escape and
                  // read back unchanged; UTF-8 has no form for it.
                  .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordJson() {}

  /** Returns the JSON that a writer produces. */
  public static byte[] write(Consumer<JsonGenerator> writer) {
    var out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = MAPPER.createGenerator(out)) {
      writer.accept(json);
    }
    return out.toByteArray();
  }

  /**
   * Reads a record.
   *
   * @throws CorruptRecordException when it is not JSON
   */
  public static JsonNode read(byte[] record) {
    JsonNode node;
    try {
      node = MAPPER.readTree(record);
    } catch (JacksonException e) {
      // Not its message, which quotes the record.
      throw new CorruptRecordException("the record is no JSON", e);
    }
    if (node.isMissingNode()) {
      throw new CorruptRecordException("the record is empty");
    }
    return node;
  }
}
