package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.LinkText;
import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.provider.LinkProblem;
import dev.watchnchill.party.provider.ProviderLinks;
import dev.watchnchill.party.provider.ProviderVideo;
import dev.watchnchill.party.provider.SiteReading;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A film: its link and the kind of player that it needs.
 *
 * @param url an {@code http} or {@code https} link, or {@code library:} and an id
 * @param kind the kind of player
 */
public record Media(String url, VideoKind kind) {
  /** Longest link, in characters, as given and in its normal form (rule MD2). */
  public static final int URL_LENGTH_MAX = 4_096;

  private static final String LIBRARY_SCHEME = "library:";
  private static final Pattern LIBRARY = Pattern.compile(LIBRARY_SCHEME + "[A-Za-z0-9_-]{22}");
  private static final String PLAIN = "-._~:/?#[]@!$&'()*+,;=%";

  /** Parses a link; empty when it is rejected (rules FR5, MD1, MD2). */
  public static Optional<Media> parse(String link) {
    return read(link) instanceof LinkReading.Film(Media media)
        ? Optional.of(media)
        : Optional.empty();
  }

  /** Reads a link as a film, or as the reason why it is none (rules MD1, MD2, MD6). */
  public static LinkReading read(String link) {
    String given = LinkText.bare(link);
    if (given.length() > URL_LENGTH_MAX) {
      return new LinkReading.Rejected(LinkProblem.TOO_LONG);
    }
    if (LIBRARY.matcher(given).matches()) {
      // The server that has the film knows better which kind it is.
      return new LinkReading.Film(new Media(given, VideoKind.VIDEO));
    }
    WebAddress address = WebAddress.parse(given).orElse(null);
    if (address == null) {
      return new LinkReading.Rejected(
          WebAddress.hasOtherScheme(given) ? LinkProblem.OTHER_SCHEME : LinkProblem.NOT_A_LINK);
    }
    if (address.credentials()) {
      return new LinkReading.Rejected(LinkProblem.CREDENTIALS);
    }
    if (address.href().length() > URL_LENGTH_MAX) {
      return new LinkReading.Rejected(LinkProblem.TOO_LONG);
    }
    return switch (VideoKinds.of(address)) {
      case VideoKinds.Answer.Playable(VideoKind kind) ->
          new LinkReading.Film(
              new Media(isUnambiguous(given, address) ? given : address.href(), kind));
      case VideoKinds.Answer.Unplayable(LinkProblem problem) -> new LinkReading.Rejected(problem);
    };
  }

  /** Returns the provider's video that the link names; empty for a file or a stream. */
  public Optional<ProviderVideo> providerVideo() {
    return WebAddress.parse(url)
        .map(ProviderLinks::read)
        .flatMap(reading ->
            reading instanceof SiteReading.Video(ProviderVideo video)
                ? Optional.of(video)
                : Optional.empty());
  }

  /** Returns the id of the film in the server's media library that the link names (rule LB7). */
  public Optional<String> libraryId() {
    return url.startsWith(LIBRARY_SCHEME)
        ? Optional.of(url.substring(LIBRARY_SCHEME.length()))
        : Optional.empty();
  }

  /** Returns the start time that the link names, in seconds; 0 when it names none (rule MD3). */
  public double startSeconds() {
    return WebAddress.parse(url).map(StartTimes::of).orElse(0.0);
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
