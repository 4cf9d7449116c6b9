package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One value of a record, and where it stands there. Whatever is asked of it that it is not, is a
 * {@link CorruptRecordException} that names the place and never quotes the value.
 */
final class JsonCursor {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final @Nullable JsonNode node;
  private final String place;

  private JsonCursor(@Nullable JsonNode node, String place) {
    this.node = node == null || node.isNull() ? null : node;
    this.place = place;
  }

  /** A record, by the name that errors give it. */
  static JsonCursor root(@Nullable JsonNode node, String name) {
    return new JsonCursor(node, name);
  }

  /** That field of an object; it may be absent, which shows when it is read. */
  JsonCursor at(String name) {
    JsonNode object = present();
    if (!object.isObject()) {
      throw wrong("no object");
    }
    return new JsonCursor(object.get(name), place + "." + name);
  }

  /** What that makes of it, or null when it is absent. */
  <T> @Nullable T orNull(Function<JsonCursor, T> reader) {
    return node == null ? null : reader.apply(this);
  }

  /** What that makes of each element of a list. */
  <T> List<T> each(Function<JsonCursor, T> reader) {
    JsonNode list = present();
    if (!list.isArray()) {
      throw wrong("no list");
    }
    var read = new ArrayList<T>(list.size());
    for (int i = 0; i < list.size(); i++) {
      read.add(reader.apply(new JsonCursor(list.get(i), place + "[" + i + "]")));
    }
    return read;
  }

  String text() {
    JsonNode value = present();
    if (!value.isString()) {
      throw wrong("no text");
    }
    return value.stringValue();
  }

  long whole() {
    JsonNode value = present();
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong("no whole number");
    }
    return value.longValue();
  }

  int small() {
    long value = whole();
    if (value != (int) value) {
      throw wrong("too big");
    }
    return (int) value;
  }

  double real() {
    JsonNode value = present();
    double real = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!Double.isFinite(real)) {
      throw wrong("no finite number");
    }
    return real;
  }

  boolean truth() {
    JsonNode value = present();
    if (!value.isBoolean()) {
      throw wrong("neither true nor false");
    }
    return value.booleanValue();
  }

  UUID uuid() {
    String text = text();
    UUID uuid = made(() -> UUID.fromString(text));
    if (!uuid.toString().equals(text)) { // the JDK reads "1-1-1-1-1" as well
      throw wrong("no UUID");
    }
    return uuid;
  }

  UserId userId() {
    return new UserId(uuid());
  }

  DisplayName name() {
    String text = text();
    return made(() -> new DisplayName(text));
  }

  InstanceId instance() {
    String text = text();
    return made(() -> new InstanceId(text));
  }

  SecretHash hash() {
    String text = text();
    if (!HASH.matcher(text).matches()) {
      throw wrong("no hash");
    }
    return new SecretHash(text);
  }

  /** What the domain makes of values that have the right form each. */
  <T> T made(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException(place + " is impossible", e);
    }
  }

  CorruptRecordException wrong(String what) {
    return new CorruptRecordException(place + " is " + what);
  }

  private JsonNode present() {
    if (node == null) {
      throw new CorruptRecordException(place + " is missing");
    }
    return node;
  }
}
