package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.LinkText;
import dev.watchnchill.party.link.WebAddress;
import java.util.Optional;

/**
 * A film: its link and the kind of player that it needs.
 *
 * @param url an {@code http} or {@code https} link
 * @param kind the kind of player
 */
public record Media(String url, VideoKind kind) {
  /** Longest link, in characters, as given and in its normal form (rule MD2). */
  public static final int URL_LENGTH_MAX = 4_096;

  private static final String PLAIN = "-._~:/?#[]@!$&'()*+,;=%";

  /**
   * Parses a link; empty when it is no link, has another scheme, or is evidently no film (rules
   * FR5, MD1, MD2).
   */
  public static Optional<Media> parse(String link) {
    String given = LinkText.bare(link);
    if (given.length() > URL_LENGTH_MAX) {
      return Optional.empty();
    }
    return WebAddress.parse(given)
        .filter(address -> !address.credentials())
        .filter(address -> address.href().length() <= URL_LENGTH_MAX)
        .flatMap(address ->
            VideoKinds.of(address)
                .map(kind ->
                    new Media(isUnambiguous(given, address) ? given : address.href(), kind)));
  }

  /** Returns the start time that the link names, in seconds; 0 when it names none (rule MD3). */
  public double startSeconds() {
    return WebAddress.parse(url).map(address -> StartTimes.of(address, kind)).orElse(0.0);
  }

  /**
   * Returns whether every parser of links reads the same address. Such a text is kept as it was
   * given, any other in its normal form.
   */
  private static boolean isUnambiguous(String given, WebAddress address) {
    String origin = address.origin();
    int end = origin.length();
    return given.regionMatches(true, 0, origin, 0, end)
        && (given.length() == end || "/?#".indexOf(given.charAt(end)) >= 0)
        && given.chars().allMatch(Media::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= '0' && c <= '9')
        || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        || PLAIN.indexOf(c) >= 0;
  }
}
