package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.link.WebAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Determines the kind of player for an address (rule MD1). The web client has the same rules. */
final class VideoKinds {
  // Compared whole: "youtube.com.example.org" is not YouTube.
  private static final Set<String> YOUTUBE_HOSTS =
      Set.of(
          "youtube.com",
          "www.youtube.com",
          "m.youtube.com",
          "music.youtube.com",
          "youtu.be",
          "youtube-nocookie.com",
          "www.youtube-nocookie.com");
  private static final Pattern YOUTUBE_ID = Pattern.compile("[A-Za-z0-9_-]{11}");
  private static final Pattern YOUTUBE_SHORT_PATH = Pattern.compile("/[A-Za-z0-9_-]{11}/?");
  // The two words look like ids and name a playlist and a channel.
  private static final Pattern YOUTUBE_PATH =
      Pattern.compile("/(?:embed/(?!videoseries|live_stream)|shorts/|live/|v/)[A-Za-z0-9_-]{11}/?");

  private static final Map<String, VideoKind> KIND_BY_ENDING =
      Map.of(
              VideoKind.VIDEO, "mp4 m4v webm ogv mov",
              VideoKind.AUDIO, "mp3 m4a ogg oga opus wav flac aac",
              VideoKind.HLS, "m3u8",
              VideoKind.DASH, "mpd")
          .entrySet()
          .stream()
          .flatMap(kind -> words(kind.getValue()).map(ending -> Map.entry(ending, kind.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Endings of files that no player plays: pages, pictures, texts, archives, programs. */
  private static final Set<String> NO_FILM =
      words(
              "html htm xhtml shtml jpg jpeg png gif webp svg avif bmp ico heic"
                  + " pdf txt doc docx epub css js json srt vtt zip rar 7z gz exe dmg apk torrent")
          .collect(Collectors.toUnmodifiableSet());

  private static final int ENDING_LENGTH_MAX = 8;

  private VideoKinds() {}

  /** Returns the kind of player for an address; empty when it is evidently no film. */
  static Optional<VideoKind> of(WebAddress address) {
    if (YOUTUBE_HOSTS.contains(address.host())) {
      return namesYoutubeVideo(address) ? Optional.of(VideoKind.YOUTUBE) : Optional.empty();
    }
    String ending = ending(address.path());
    VideoKind known = KIND_BY_ENDING.get(ending);
    if (known != null) {
      return Optional.of(known);
    }
    String file = address.path().substring(address.path().lastIndexOf('/') + 1);
    boolean likeYoutube =
        address.host().contains("youtube")
            || address.host().contains("youtu.be")
            || file.equals("watch");
    if (likeYoutube || NO_FILM.contains(ending)) {
      return Optional.empty();
    }
    Optional<VideoKind> named = inQuery(address);
    boolean root = address.path().chars().allMatch(c -> c == '/');
    return named.isPresent() || root ? named : Optional.of(VideoKind.VIDEO);
  }

  /** Returns the kind of the first file with a known ending that a parameter names. */
  private static Optional<VideoKind> inQuery(WebAddress address) {
    for (QueryParameters.Parameter parameter : QueryParameters.of(address.query())) {
      VideoKind kind = KIND_BY_ENDING.get(ending(beforeQuery(parameter.value())));
      if (kind != null) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static String beforeQuery(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
      end++;
    }
    return text.substring(0, end);
  }

  /** Returns the text after the last dot, in small letters, when it looks like an ending, or "". */
  private static String ending(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    boolean plain =
        ending.length() < path.length()
            && ending.length() <= ENDING_LENGTH_MAX
            && ending.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    return plain ? ending.toLowerCase(Locale.ROOT) : "";
  }

  private static boolean namesYoutubeVideo(WebAddress address) {
    String path = address.path();
    if (address.host().equals("youtu.be")) {
      return YOUTUBE_SHORT_PATH.matcher(path).matches();
    }
    if (!path.equals("/watch") && !path.equals("/watch/")) {
      return YOUTUBE_PATH.matcher(path).matches();
    }
    String id = QueryParameters.first(address.query(), "v");
    return id != null && YOUTUBE_ID.matcher(id).matches();
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.split(" ", -1));
  }
}
