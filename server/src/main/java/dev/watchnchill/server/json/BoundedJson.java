package dev.watchnchill.server.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that may hold anything. Its length is bounded by those who have received it. */
public final class BoundedJson {
  /** Deeper than anything that is read, shallow enough for any stack. */
  private static final int DEPTH_MAX = 8;

  private static final int NUMBER_LENGTH_MAX = 100;

  /** Rejects what is deep, long numbers, and anything after the value. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BoundedJson() {}

  /** Returns the JSON object in these bytes, or null when they are none. */
  public static @Nullable JsonNode object(byte[] json) {
    try {
      JsonNode read = MAPPER.readTree(json);
      return read.isObject() ? read : null;
    } catch (JacksonException _) {
      return null;
    }
  }
}
