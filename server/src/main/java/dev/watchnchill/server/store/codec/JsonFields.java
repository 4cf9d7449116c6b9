package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes single fields; null is omitted. */
final class JsonFields {
  private JsonFields() {}

  static void decimal(JsonGenerator out, String name, double value) {
    if (!Double.isFinite(value)) {
      // A record that cannot be read again must not be written.
      throw new IllegalArgumentException(name + " is not finite");
    }
    out.writeNumberProperty(name, value);
  }

  static void decimalIfPresent(JsonGenerator out, String name, @Nullable Double value) {
    if (value != null) {
      decimal(out, name, value);
    }
  }

  static void integerIfPresent(JsonGenerator out, String name, @Nullable Long value) {
    if (value != null) {
      out.writeNumberProperty(name, value.longValue());
    }
  }

  static void stringIfPresent(JsonGenerator out, String name, @Nullable String value) {
    if (value != null) {
      out.writeStringProperty(name, value);
    }
  }

  static void user(JsonGenerator out, String name, UserId id) {
    out.writeStringProperty(name, id.value().toString());
  }

  static void userIfPresent(JsonGenerator out, String name, @Nullable UserId id) {
    if (id != null) {
      user(out, name, id);
    }
  }

  static void hashIfPresent(JsonGenerator out, String name, @Nullable SecretHash hash) {
    if (hash != null) {
      out.writeStringProperty(name, hash.hex());
    }
  }
}
