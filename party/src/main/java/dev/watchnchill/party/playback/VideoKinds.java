package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.provider.LinkProblem;
import dev.watchnchill.party.provider.ProviderLinks;
import dev.watchnchill.party.provider.ProviderVideo;
import dev.watchnchill.party.provider.SiteReading;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Determines the kind of player for an address (rule MD1). The web client has the same rules. */
final class VideoKinds {
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

  /** The kind of player for an address, or the reason why no player can play it. */
  sealed interface Answer {
    /** A player of this kind can try it. */
    record Playable(VideoKind kind) implements Answer {}

    /** The address is evidently no film. */
    record Unplayable(LinkProblem problem) implements Answer {}
  }

  /** Returns the kind of player for an address, or why it is evidently no film. */
  static Answer of(WebAddress address) {
    return switch (ProviderLinks.read(address)) {
      case SiteReading.Video(ProviderVideo video) -> new Answer.Playable(kind(video));
      case SiteReading.Rejected(LinkProblem problem) -> new Answer.Unplayable(problem);
      case SiteReading.Other _ -> ofFile(address);
    };
  }

  private static VideoKind kind(ProviderVideo video) {
    return switch (video) {
      case ProviderVideo.Youtube _ -> VideoKind.YOUTUBE;
      case ProviderVideo.Vimeo _ -> VideoKind.VIMEO;
      case ProviderVideo.Twitch _ -> VideoKind.TWITCH;
      case ProviderVideo.Dailymotion _ -> VideoKind.DAILYMOTION;
      case ProviderVideo.Peertube _ -> VideoKind.PEERTUBE;
    };
  }

  private static Answer ofFile(WebAddress address) {
    String ending = ending(address.path());
    VideoKind known = KIND_BY_ENDING.get(ending);
    if (known != null) {
      return new Answer.Playable(known);
    }
    if (address.host().contains("youtube") || address.host().contains("youtu.be")) {
      return new Answer.Unplayable(LinkProblem.NOT_YOUTUBE);
    }
    if (address.path().endsWith("/watch") || NO_FILM.contains(ending)) {
      return new Answer.Unplayable(LinkProblem.PAGE_NOT_FILM);
    }
    VideoKind named = inQuery(address);
    if (named != null) {
      return new Answer.Playable(named);
    }
    boolean root = address.path().chars().allMatch(c -> c == '/');
    return root
        ? new Answer.Unplayable(LinkProblem.PAGE_NOT_FILM)
        : new Answer.Playable(VideoKind.VIDEO);
  }

  /** Returns the kind of the first file with a known ending that a parameter names, or null. */
  private static @Nullable VideoKind inQuery(WebAddress address) {
    for (QueryParameters.Parameter parameter : QueryParameters.of(address.query())) {
      VideoKind kind = KIND_BY_ENDING.get(ending(beforeQuery(parameter.value())));
      if (kind != null) {
        return kind;
      }
    }
    return null;
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

  private static Stream<String> words(String list) {
    return Arrays.stream(list.split(" ", -1));
  }
}
