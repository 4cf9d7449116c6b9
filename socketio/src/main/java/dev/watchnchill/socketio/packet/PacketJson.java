package dev.watchnchill.socketio.packet;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the JSON of packets: reads within limits, and writes binary values as
 * attachments.
 */
public final class PacketJson {
  /** Length of the longest number in digits. Longer numbers are expensive to parse. */
  private static final int NUMBER_LENGTH_MAX = 400;

  /**
   * Length of the longest field name. The parser's table of known names is shared by all
   * connections and holds thousands of them; with long names it would hold hundreds of megabytes.
   */
  private static final int NAME_LENGTH_MAX = 512;

  private static final JsonMapper WRITER = JsonMapper.builder().build();

  private final JsonMapper reader;

  /**
   * Creates a reader with limits.
   *
   * @param depthMax nesting depth
   * @param lengthMax characters
   * @param tokensMax tokens
   */
  public PacketJson(int depthMax, int lengthMax, int tokensMax) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(depthMax)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxStringLength(lengthMax)
            .maxNameLength(Math.min(lengthMax, NAME_LENGTH_MAX))
            .maxDocumentLength(lengthMax)
            .maxTokenCount(tokensMax)
            .build();
    this.reader =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  JsonNode parse(String text) throws PacketFormatException {
    try {
      return reader.readTree(text);
    } catch (JacksonException e) {
      throw new PacketFormatException("not JSON, or beyond the limits on JSON", e);
    }
  }

  /**
   * Converts a JSON value to a Java type.
   *
   * @throws IllegalArgumentException if the value cannot be converted
   */
  public static <T> T convert(JsonNode node, Class<T> type) {
    try {
      return WRITER.treeToValue(node, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName(), e);
    }
  }

  /** Converts a Java value to JSON. */
  public static JsonNode tree(Object value) {
    return WRITER.valueToTree(value);
  }

  /** Writes values as one array. Binary values become placeholders and are added to the list. */
  static byte[] write(
      @Nullable String event,
      @Nullable Object[] args,
      @Nullable String last,
      List<byte[]> attachments) {
    var out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = new PlaceholderGenerator(WRITER.createGenerator(out), attachments)) {
      json.writeStartArray();
      if (event != null) {
        json.writeString(event);
      }
      for (Object arg : args) {
        writeValue(json, arg);
      }
      if (last != null) {
        json.writeString(last);
      }
      json.writeEndArray();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("an argument cannot be written as JSON", e);
    }
    return out.toByteArray();
  }

  static byte[] write(JsonNode value) {
    return WRITER.writeValueAsBytes(value);
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else {
      WRITER.writeValue(json, value);
    }
  }
}
