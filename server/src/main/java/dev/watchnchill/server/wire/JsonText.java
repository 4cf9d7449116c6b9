package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** A long text that is written to many clients: it is encoded once, as a JSON string in UTF-8. */
public final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final RawValue json;

  private JsonText(String json) {
    this.json = new RawValue(new SerializedString(json));
  }

  /** Returns a text to be written. */
  public static JsonText of(String text) {
    return new JsonText(MAPPER.writeValueAsString(text));
  }

  @JsonValue
  RawValue json() {
    return json;
  }

  /** Returns the JSON string. */
  @Override
  public String toString() {
    return json.rawValue().toString();
  }
}
