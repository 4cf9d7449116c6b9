package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.link.WebAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads start times from links: {@code t=1h2m3s}, {@code t=90}, {@code start=90} (rule MD3). */
final class StartTimes {
  // Six digits at most, so that no number is too big.
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");

  private StartTimes() {}

  /** Returns the start in seconds; 0 when the link names none. */
  static double of(WebAddress address, VideoKind kind) {
    // The query of any other link belongs to its site.
    if (kind == VideoKind.YOUTUBE) {
      String inQuery = QueryParameters.first(address.query(), "t");
      double start = seconds(inQuery);
      if (inQuery == null) {
        start = seconds(QueryParameters.first(address.query(), "start"));
      }
      if (start > 0) {
        return start;
      }
    }
    return seconds(QueryParameters.first(address.fragment(), "t"));
  }

  private static double seconds(@Nullable String text) {
    Matcher time = TIME.matcher(text == null ? "" : text);
    return time.matches() ? 3_600 * part(time, 1) + 60 * part(time, 2) + part(time, 3) : 0;
  }

  private static double part(Matcher time, int group) {
    String digits = time.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
