package dev.watchnchill.server.wire;

import dev.watchnchill.party.Trim;
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
 * Reads values of common types from one JSON object and collects the problems with them, in the
 * order of the calls (rules FR6 to FR11).
 *
 * <p>A value that breaks its rule is read as a placeholder. The caller must not use any value once
 * {@link #problems} has an entry.
 */
class PayloadReader {
  // RFC 9562: a version, a variant, or one of the two special values.
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
              + "|00000000-0000-0000-0000-000000000000|[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12}");

  private static final int UUID_LENGTH = 36;
  private static final UUID NO_UUID = new UUID(0, 0);

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

  final JsonNode payload;
  private final List<String> problems;

  PayloadReader(JsonNode payload) {
    this(payload, new ArrayList<>());
  }

  PayloadReader(JsonNode payload, List<String> problems) {
    this.payload = payload;
    this.problems = problems;
  }

  /** Returns the problems found so far. */
  List<String> problems() {
    return problems;
  }

  /** Reads a UUID. */
  UUID uuid(String field) {
    String raw = string(field);
    if (raw == null) {
      return NO_UUID;
    }
    if (!isUuid(raw)) {
      problems.add("Invalid UUID");
      return NO_UUID;
    }
    return UUID.fromString(raw);
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

  /** Reads a finite number above 0, or null when it is absent. */
  @Nullable Double optionalPositive(String field) {
    return payload.has(field) ? (Double) positive(field) : null;
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

  /** Reads a whole number within these bounds, or null when it is absent. */
  @Nullable Long optionalWhole(String field, long min, long max) {
    return payload.has(field) ? (Long) whole(field, min, max) : null;
  }

  /** Reads a whole number within these bounds. */
  long whole(String field, long min, long max) {
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

  /** Whether the field is present. */
  boolean has(String field) {
    return payload.has(field);
  }

  /** Whether the field is present and null. */
  boolean isNull(String field) {
    JsonNode node = payload.get(field);
    return node != null && node.isNull();
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

  /** Reads a boolean, or null when it is absent. */
  @Nullable Boolean optionalBool(String field) {
    return payload.has(field) ? (Boolean) bool(field) : null;
  }

  /** Reads a text; null for any other value, which is a problem. */
  final @Nullable String string(String field) {
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

  static boolean isUuid(String text) {
    return text.length() == UUID_LENGTH && UUID_FORM.matcher(text).matches();
  }

  /** Adds a problem unless the condition holds. */
  final void check(boolean holds, String message) {
    if (!holds) {
      problems.add(message);
    }
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
