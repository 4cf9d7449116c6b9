package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.Trim;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.name.NameCheck;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.playback.Media;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one payload and collects the problems with them, in the order of the calls
 * (rules FR1 to FR12).
 *
 * <p>A field that breaks its rule gives a placeholder value. The caller must not use any value once
 * {@link #problems} has an entry.
 */
final class FieldReader {
  // RFC 9562: a version, a variant, or one of the two special values.
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
              + "|00000000-0000-0000-0000-000000000000|[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12}");

  private static final int UUID_LENGTH = 36;

  private static final DisplayName NO_NAME = new DisplayName("??");
  private static final RoomId NO_ROOM = new RoomId("000000");
  private static final UserId NO_USER = new UserId(new UUID(0, 0));
  private static final Media NO_MEDIA = Media.parse("https://example.org/a.mp4").orElseThrow();

  /** The constants of an enum by their names on the wire, in its order. */
  private static final ClassValue<Map<String, Enum<?>>> CONSTANTS =
      new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
          var byName = new LinkedHashMap<String, Enum<?>>();
          for (Object each : type.getEnumConstants()) {
            var constant = (Enum<?>) each;
            byName.put(WireText.name(constant), constant);
          }
          return byName;
        }
      };

  private final JsonNode payload;
  private final NamePolicy names;
  private final List<String> problems;

  FieldReader(JsonNode payload, NamePolicy names) {
    this(payload, names, new ArrayList<>());
  }

  private FieldReader(JsonNode payload, NamePolicy names, List<String> problems) {
    this.payload = payload;
    this.names = names;
    this.problems = problems;
  }

  /** Returns the problems found so far. */
  List<String> problems() {
    return problems;
  }

  /** Reads a user's name by the policy of the connection (FR1, RT20 to RT22). */
  DisplayName name(String field) {
    String raw = string(field);
    if (raw == null) {
      return NO_NAME;
    }
    return switch (names.check(raw)) {
      case NameCheck.Accepted(DisplayName name) -> name;
      case NameCheck.Rejected(List<String> found) -> {
        problems.addAll(found);
        yield NO_NAME;
      }
    };
  }

  /** Reads the room's id (FR2). */
  RoomId roomId() {
    String raw = string("roomId");
    if (raw == null) {
      return NO_ROOM;
    }
    boolean wrongLength = raw.length() != RoomId.LENGTH;
    boolean otherCharacters = raw.isEmpty() || !raw.chars().allMatch(FieldReader::inRoomIds);
    check(!wrongLength, "Room ID must be exactly 6 characters");
    check(!otherCharacters, "Room ID can only contain uppercase letters and numbers");
    return wrongLength || otherCharacters ? NO_ROOM : new RoomId(raw);
  }

  /** Reads the creator's token, or null when it is absent (FR3). */
  @Nullable String optionalHostToken() {
    String raw = payload.has("hostToken") ? string("hostToken") : null;
    if (raw != null) {
      check(isUuid(raw), "Invalid UUID");
    }
    return raw;
  }

  /** Reads the secret of a seat, or null when it is absent (FR12). */
  @Nullable String optionalSessionToken() {
    String raw = payload.has("sessionToken") ? string("sessionToken") : null;
    if (raw != null) {
      check(!raw.isEmpty(), "Too small: expected string to have >=1 characters");
      check(raw.length() <= 200, "Too big: expected string to have <=200 characters");
    }
    return raw;
  }

  /** Reads a UUID, or null when it is absent. */
  @Nullable UUID optionalUuid(String field) {
    String raw = payload.has(field) ? string(field) : null;
    if (raw == null) {
      return null;
    }
    if (!isUuid(raw)) {
      problems.add("Invalid UUID");
      return null;
    }
    return UUID.fromString(raw);
  }

  /** Reads a user's id, or null when it is absent. */
  @Nullable UserId optionalUserId(String field) {
    UUID id = optionalUuid(field);
    return id == null ? null : new UserId(id);
  }

  /** Reads a text of at most that many characters, trimmed; null when it is absent or blank. */
  @Nullable String optionalText(String field, int lengthMax) {
    String raw = payload.has(field) ? string(field) : null;
    if (raw == null) {
      return null;
    }
    if (raw.length() > lengthMax) {
      problems.add("Too big: expected string to have <=" + lengthMax + " characters");
    }
    String text = Trim.both(raw);
    return text.isEmpty() ? null : text;
  }

  /** Reads a user's id (FR4). */
  UserId userId() {
    String raw = string("userId");
    if (raw == null) {
      return NO_USER;
    }
    if (!isUuid(raw)) {
      problems.add("Invalid UUID");
      return NO_USER;
    }
    return new UserId(UUID.fromString(raw));
  }

  /** Reads the link of a video (FR5). */
  Media media() {
    String raw = string("videoUrl");
    if (raw == null) {
      return NO_MEDIA;
    }
    check(!Trim.both(raw).isEmpty(), "Video URL is required");
    Media media = Media.parse(Trim.both(raw)).orElse(null);
    check(media != null, "Invalid URL format");
    return media == null ? NO_MEDIA : media;
  }

  /** Reads the text of a chat message, trimmed (FR9). */
  String message(int lengthMax) {
    String raw = string("message");
    if (raw == null) {
      return "";
    }
    String text = Trim.both(raw);
    check(!text.isEmpty(), "Too small: expected string to have >=1 characters");
    if (raw.length() > lengthMax) {
      problems.add("Too big: expected string to have <=" + lengthMax + " characters");
    }
    return text;
  }

  /** Reads a position in a room's stream; one beyond a long is the largest (FR12). */
  long streamNumber(String field) {
    return (long) notNegative(field);
  }

  /** Reads a finite number that is at least 0. */
  double notNegative(String field) {
    double value = number(field);
    check(!(value < 0), "Too small: expected number to be >=0");
    return value;
  }

  /** Reads a finite number above 0. */
  double positive(String field) {
    double value = number(field);
    check(!(value <= 0), "Too small: expected number to be >0");
    return value;
  }

  /** Reads a finite number. NaN stands for any other value, as it breaks no further rule. */
  double number(String field) {
    JsonNode node = payload.get(field);
    if (node == null || !node.isNumber()) {
      problems.add("Invalid input: expected number, received " + typeOf(node));
      return Double.NaN;
    }
    double value = node.doubleValue(Double.POSITIVE_INFINITY); // for what no double can hold
    if (!Double.isFinite(value)) {
      problems.add("Invalid input: expected number, received Infinity");
      return Double.NaN;
    }
    return value;
  }

  /** Reads a finite number, or null when it is absent. */
  @Nullable Double optionalNumber(String field) {
    return payload.has(field) ? (Double) number(field) : null;
  }

  /** Reads a finite number within these bounds. */
  double within(String field, double min, double max) {
    double value = number(field);
    if (value < min) {
      problems.add("Too small: expected number to be >=" + plain(min));
    }
    if (value > max) {
      problems.add("Too big: expected number to be <=" + plain(max));
    }
    return value;
  }

  /** Reads a finite number within these bounds, or null when it is absent. */
  @Nullable Double optionalWithin(String field, double min, double max) {
    return payload.has(field) ? (Double) within(field, min, max) : null;
  }

  /** Reads a whole number within these bounds, or null when it is absent. */
  @Nullable Integer optionalInt(String field, int min, int max) {
    Long value = optionalWhole(field, min, max);
    return value == null ? null : (Integer) value.intValue();
  }

  /** Reads a whole number from 0 to that bound, or null when it is absent. */
  @Nullable Long optionalCount(String field, long max) {
    return optionalWhole(field, 0, max);
  }

  private @Nullable Long optionalWhole(String field, long min, long max) {
    if (!payload.has(field)) {
      return null;
    }
    double value = number(field);
    check(
        Double.isNaN(value) || value == Math.rint(value),
        "Invalid input: expected int, received number");
    if (value < min) {
      problems.add("Too small: expected number to be >=" + min);
    }
    if (value > max) {
      problems.add("Too big: expected number to be <=" + max);
    }
    return (long) value;
  }

  /** Reads a constant of an enum by its name in small letters. */
  <E extends Enum<E>> E oneOf(String field, Class<E> type, E placeholder) {
    String raw = string(field);
    if (raw == null) {
      return placeholder;
    }
    Map<String, Enum<?>> known = CONSTANTS.get(type);
    Enum<?> constant = known.get(raw);
    if (constant != null) {
      return type.cast(constant);
    }
    problems.add(
        "Invalid option: expected one of "
            + known.keySet().stream()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining("|")));
    return placeholder;
  }

  /** Reads a constant of an enum, or null when it is absent. */
  <E extends Enum<E>> @Nullable E optionalOneOf(String field, Class<E> type) {
    return payload.has(field) ? oneOf(field, type, type.getEnumConstants()[0]) : null;
  }

  /** Whether the field is present and null. */
  boolean isNull(String field) {
    JsonNode node = payload.get(field);
    return node != null && node.isNull();
  }

  /** Returns a reader of the object in that field; null when it is absent or no object. */
  @Nullable FieldReader optionalObject(String field) {
    JsonNode node = payload.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      problems.add("Invalid input: expected object, received " + typeOf(node));
      return null;
    }
    return new FieldReader(node, names, problems);
  }

  /** Reads a boolean (FR7). */
  boolean bool(String field) {
    JsonNode node = payload.get(field);
    if (node == null || !node.isBoolean()) {
      problems.add("Invalid input: expected boolean, received " + typeOf(node));
      return false;
    }
    return node.booleanValue();
  }

  private @Nullable String string(String field) {
    JsonNode node = payload.get(field);
    if (node == null || !node.isString()) {
      problems.add("Invalid input: expected string, received " + typeOf(node));
      return null;
    }
    return node.stringValue();
  }

  /** Returns the number as JavaScript writes it: 2, not 2.0. */
  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static boolean isUuid(String text) {
    return text.length() == UUID_LENGTH && UUID_FORM.matcher(text).matches();
  }

  private void check(boolean holds, String message) {
    if (!holds) {
      problems.add(message);
    }
  }

  private static boolean inRoomIds(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Returns the type of a value as JavaScript names it. */
  static String typeOf(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "undefined";
    }
    return switch (node.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case MISSING -> "undefined";
      case NULL -> "null";
      case NUMBER -> "number";
      case STRING -> "string";
      case BINARY, OBJECT, POJO -> "object";
    };
  }
}
