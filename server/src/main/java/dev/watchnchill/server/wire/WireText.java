package dev.watchnchill.server.wire;

import dev.watchnchill.party.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Forms of names and times that clients read. */
final class WireText {
  private static final DateTimeFormatter ISO_MS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private WireText() {}

  /** Returns the name of a constant in small letters, such as {@code not_host}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Returns an id as a text, or null. */
  static @Nullable String id(@Nullable UserId user) {
    return user == null ? null : user.toString();
  }

  /** Returns the name of the reason of a removal (EN8). */
  static String removal(boolean banned) {
    return banned ? "banned" : "removed";
  }

  /** Returns a time as ISO-8601 UTC with milliseconds (TP5). */
  static String iso(long ms) {
    return ISO_MS.format(Instant.ofEpochMilli(ms));
  }
}
