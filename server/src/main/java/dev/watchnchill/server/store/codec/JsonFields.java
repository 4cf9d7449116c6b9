package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes single fields; null, and false where that is said, are omitted. */
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

  static void trueOnly(JsonGenerator out, String name, boolean value) {
    if (value) {
      out.writeBooleanProperty(name, true);
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

  static void keyedHash(JsonGenerator out, String name, KeyedHash hash) {
    out.writeStringProperty(name, hash.hex());
  }

  static void hashIfPresent(JsonGenerator out, String name, @Nullable SecretHash hash) {
    if (hash != null) {
      out.writeStringProperty(name, hash.hex());
    }
  }
}
