package dev.watchnchill.party.playback;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> YOUTUBE_SHORT_HOSTS = Set.of("youtu.be", "www.youtu.be");
  private static final Pattern YOUTUBE_ID = Pattern.compile("[A-Za-z0-9_-]{11}");
  private static final Pattern YOUTUBE_PATH =
      Pattern.compile("/(?:embed|shorts|live|v)/([A-Za-z0-9_-]{11})/?");

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
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      return Optional.empty();
    }
    return kindOf(host.toLowerCase(Locale.ROOT), uri).map(kind -> new Media(url, kind));
  }

  private static Optional<VideoKind> kindOf(String host, URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (YOUTUBE_SHORT_HOSTS.contains(host)) {
      String id = path.startsWith("/") ? path.substring(1) : path;
      return YOUTUBE_ID.matcher(id).matches() ? Optional.of(VideoKind.YOUTUBE) : Optional.empty();
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
      if (parameter.startsWith("v=") && YOUTUBE_ID.matcher(parameter.substring(2)).matches()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Browsers accept spaces and such in a path, {@link URI} does not: escape them, so that both read
   * the same link.
   */
  private static String escaped(String url) {
    var out = new StringBuilder(url.length());
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == ' ' || c == '"' || c == '<' || c == '>' || c == '^' || c == '`' || c == '{'
          || c == '}' || c == '|') {
        out.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
