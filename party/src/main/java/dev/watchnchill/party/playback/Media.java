package dev.watchnchill.party.playback;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A film that can be shown: where it is and what plays it.
 *
 * @param url as the host gave it, {@code http} or {@code https}
 * @param kind what plays it
 */
public record Media(String url, VideoKind kind) {
  /** Longest link, in characters. */
  public static final int URL_LENGTH_MAX = 2_048;

  // Matched whole: "youtube.com.example.org" is no YouTube (decision D10).
  private static final Set<String> YOUTUBE_HOSTS =
      Set.of(
          "youtube.com",
          "www.youtube.com",
          "m.youtube.com",
          "music.youtube.com",
          "youtube-nocookie.com",
          "www.youtube-nocookie.com");
  private static final String YOUTUBE_SHORT_HOST = "youtu.be";
  private static final Pattern YOUTUBE_ID = Pattern.compile("[A-Za-z0-9_-]{11}");
  private static final Pattern YOUTUBE_SHORT_PATH = Pattern.compile("/[A-Za-z0-9_-]{11}/?");
  // The two words look like ids and name a playlist and a channel.
  private static final Pattern YOUTUBE_PATH =
      Pattern.compile("/(?:embed/(?!videoseries|live_stream)|shorts/|live/|v/)[A-Za-z0-9_-]{11}/?");
  private static final int PORT_MAX = 65_535;

  private static final Pattern SCHEME_AND_HOST = Pattern.compile("[^:/?#]+://[^/?#]*");
  private static final Pattern STRANGE = Pattern.compile("[ \"<>^`{}|\\[\\]]|%(?![0-9A-Fa-f]{2})");

  private static final Map<String, VideoKind> KIND_BY_EXTENSION =
      Map.ofEntries(
          Map.entry("mp4", VideoKind.VIDEO),
          Map.entry("m4v", VideoKind.VIDEO),
          Map.entry("webm", VideoKind.VIDEO),
          Map.entry("ogv", VideoKind.VIDEO),
          Map.entry("mov", VideoKind.VIDEO),
          Map.entry("mp3", VideoKind.AUDIO),
          Map.entry("m4a", VideoKind.AUDIO),
          Map.entry("ogg", VideoKind.AUDIO),
          Map.entry("oga", VideoKind.AUDIO),
          Map.entry("opus", VideoKind.AUDIO),
          Map.entry("wav", VideoKind.AUDIO),
          Map.entry("flac", VideoKind.AUDIO),
          Map.entry("aac", VideoKind.AUDIO),
          Map.entry("m3u8", VideoKind.HLS),
          Map.entry("mpd", VideoKind.DASH));

  /**
   * Reads a link; empty when it is none, of another scheme, or of no known kind (rules FR5, MD1).
   */
  public static Optional<Media> parse(String link) {
    String url = link.strip();
    if (url.isEmpty() || url.length() > URL_LENGTH_MAX) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(escaped(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (scheme == null || host == null || host.isEmpty() || uri.getRawUserInfo() != null) {
      return Optional.empty();
    }
    if (uri.getPort() > PORT_MAX) {
      return Optional.empty();
    }
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      return Optional.empty();
    }
    return kindOf(host.toLowerCase(Locale.ROOT), uri).map(kind -> new Media(url, kind));
  }

  private static Optional<VideoKind> kindOf(String host, URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (host.equals(YOUTUBE_SHORT_HOST)) {
      return YOUTUBE_SHORT_PATH.matcher(path).matches()
          ? Optional.of(VideoKind.YOUTUBE)
          : Optional.empty();
    }
    if (YOUTUBE_HOSTS.contains(host)) {
      return namesYouTubeVideo(path, uri.getRawQuery() == null ? "" : uri.getRawQuery())
          ? Optional.of(VideoKind.YOUTUBE)
          : Optional.empty();
    }
    int dot = path.lastIndexOf('.');
    if (dot < 0 || path.indexOf('/', dot) >= 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        KIND_BY_EXTENSION.get(path.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  private static boolean namesYouTubeVideo(String path, String query) {
    if (YOUTUBE_PATH.matcher(path).matches()) {
      return true;
    }
    if (!path.equals("/watch") && !path.equals("/watch/")) {
      return false;
    }
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("v=")) { // the first counts, as in a browser
        return YOUTUBE_ID.matcher(parameter.substring(2)).matches();
      }
    }
    return false;
  }

  /**
   * Browsers accept spaces and such behind the host, {@link URI} does not: escape them, so that
   * both read the same link.
   */
  private static String escaped(String url) {
    Matcher host = SCHEME_AND_HOST.matcher(url);
    if (!host.lookingAt()) {
      return url;
    }
    Matcher strange = STRANGE.matcher(url.substring(host.end()));
    return host.group()
        + strange.replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }
}
