package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value within a record, with its path. A value that is not of the expected type throws a {@link
 * CorruptRecordException} that names the path and never quotes the value.
 */
final class JsonCursor {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern KEYED_HASH = Pattern.compile("[0-9a-f]{32}");

  private final @Nullable JsonNode node;
  private final String place;

  private JsonCursor(@Nullable JsonNode node, String place) {
    this.node = node == null || node.isNull() ? null : node;
    this.place = place;
  }

  /** Returns the root of a record, with the name that errors give it. */
  static JsonCursor root(@Nullable JsonNode node, String name) {
    return new JsonCursor(node, name);
  }

  /** Returns a field of an object; an absent one throws when it is read. */
  JsonCursor at(String name) {
    JsonNode object = present();
    if (!object.isObject()) {
      throw corrupt("no object");
    }
    return new JsonCursor(object.get(name), place + "." + name);
  }

  /** Applies a reader to the value, or returns null when it is absent. */
  <T> @Nullable T orNull(Function<JsonCursor, T> reader) {
    return node == null ? null : reader.apply(this);
  }

  /** Applies a reader to the value, or returns the default when it is absent. */
  <T> T or(Function<JsonCursor, T> reader, T byDefault) {
    return node == null ? byDefault : reader.apply(this);
  }

  /** Returns the value of a field that is written when it is true. */
  boolean isTrue() {
    return node != null && asBoolean();
  }

  /** Applies a reader to each element of a list. */
  <T> List<T> each(Function<JsonCursor, T> reader) {
    JsonNode list = present();
    if (!list.isArray()) {
      throw corrupt("no list");
    }
    var read = new ArrayList<T>(list.size());
    for (int i = 0; i < list.size(); i++) {
      read.add(reader.apply(new JsonCursor(list.get(i), place + "[" + i + "]")));
    }
    return read;
  }

  String asString() {
    JsonNode value = present();
    if (!value.isString()) {
      throw corrupt("no text");
    }
    return value.stringValue();
  }

  long asLong() {
    JsonNode value = present();
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw corrupt("no whole number");
    }
    return value.longValue();
  }

  int asInt() {
    long value = asLong();
    if (value != (int) value) {
      throw corrupt("too big");
    }
    return (int) value;
  }

  double asDouble() {
    JsonNode value = present();
    double real = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!Double.isFinite(real)) {
      throw corrupt("no finite number");
    }
    return real;
  }

  boolean asBoolean() {
    JsonNode value = present();
    if (!value.isBoolean()) {
      throw corrupt("neither true nor false");
    }
    return value.booleanValue();
  }

  UUID uuid() {
    String text = asString();
    UUID uuid = construct(() -> UUID.fromString(text));
    if (!uuid.toString().equals(text)) { // the JDK reads "1-1-1-1-1" as well
      throw corrupt("no UUID");
    }
    return uuid;
  }

  UserId userId() {
    return new UserId(uuid());
  }

  DisplayName name() {
    String text = asString();
    return construct(() -> new DisplayName(text));
  }

  InstanceId instance() {
    String text = asString();
    return construct(() -> new InstanceId(text));
  }

  SecretHash hash() {
    String text = asString();
    if (!HASH.matcher(text).matches()) {
      throw corrupt("no hash");
    }
    return new SecretHash(text);
  }

  KeyedHash keyedHash() {
    String text = asString();
    if (!KEYED_HASH.matcher(text).matches()) {
      throw corrupt("no keyed hash");
    }
    return KeyedHash.ofHex(text);
  }

  /** Creates a domain object; its constructor's rejection of the values is a corrupt record. */
  <T> T construct(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException(place + " is impossible", e);
    }
  }

  CorruptRecordException corrupt(String what) {
    return new CorruptRecordException(place + " is " + what);
  }

  private JsonNode present() {
    if (node == null) {
      throw new CorruptRecordException(place + " is missing");
    }
    return node;
  }
}
