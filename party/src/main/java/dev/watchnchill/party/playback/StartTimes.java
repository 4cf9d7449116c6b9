package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.provider.ProviderLinks;
import dev.watchnchill.party.provider.ProviderVideo;
import dev.watchnchill.party.provider.ProviderVideo.Twitch;
import dev.watchnchill.party.provider.SiteReading;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads start times from links, such as {@code t=1h2m3s} or {@code start=90} (rule MD3). */
final class StartTimes {
  // Six digits at most, so that no number is too big. No quantifier gives back what it has taken.
  private static final Pattern UNITS =
      Pattern.compile("(?:(\\d{1,6}+)h)?+(?:(\\d{1,6}+)m)?+(?:(\\d{1,6}+(?:\\.\\d{1,6}+)?+)s?+)?+");
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,6}+):(?=\\d++:))?+(\\d{1,6}+):(\\d{1,6}+(?:\\.\\d{1,6}+)?+)");
  private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,9}+");

  private StartTimes() {}

  /** Returns the start in seconds; 0 when the link names none. */
  static double of(WebAddress address) {
    double inQuery =
        ProviderLinks.read(address) instanceof SiteReading.Video(ProviderVideo video)
            ? inQuery(address, video)
            : 0; // the query of any other link belongs to its site
    return inQuery > 0 ? inQuery : inFragment(QueryParameters.first(address.fragment(), "t"));
  }

  private static double inQuery(WebAddress address, ProviderVideo video) {
    return switch (video) {
      case ProviderVideo.Youtube _ -> first(address, "t", "start", "time_continue");
      case ProviderVideo.Vimeo _ -> {
        double start = first(address, "t");
        yield start > 0 ? start : milliseconds(QueryParameters.first(address.query(), "ts")) / 1e3;
      }
      case Twitch(Twitch.Type type, _) ->
          switch (type) {
            case VIDEO -> first(address, "t", "time");
            case CHANNEL, CLIP -> 0;
          };
      case ProviderVideo.Dailymotion _ -> first(address, "start", "startTime");
      case ProviderVideo.Peertube _ -> first(address, "start");
    };
  }

  /** Returns the time of the first of these parameters that has one; 0 when none has. */
  private static double first(WebAddress address, String... names) {
    for (String name : names) {
      double seconds = seconds(QueryParameters.first(address.query(), name));
      if (seconds > 0) {
        return seconds;
      }
    }
    return 0;
  }

  /** Reads the time of a fragment, which may name an end as well: {@code 10,20}. */
  private static double inFragment(@Nullable String text) {
    return text == null ? 0 : seconds(text.split(",", 2)[0]);
  }

  private static double seconds(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Matcher time = (text.indexOf(':') < 0 ? UNITS : CLOCK).matcher(text);
    return time.matches() ? 3_600 * part(time, 1) + 60 * part(time, 2) + part(time, 3) : 0;
  }

  private static double part(Matcher time, int group) {
    String number = time.group(group);
    return number == null ? 0 : Double.parseDouble(number);
  }

  private static double milliseconds(@Nullable String text) {
    return text != null && MILLISECONDS.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }
}
