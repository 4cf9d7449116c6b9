package dev.watchnchill.party.provider;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads links to YouTube. */
final class YoutubeLinks {
  // Compared whole: "youtube.com.example.org" is not YouTube.
  static final Set<String> HOSTS =
      Set.of(
          "youtube.com",
          "www.youtube.com",
          "m.youtube.com",
          "music.youtube.com",
          "youtu.be",
          "youtube-nocookie.com",
          "www.youtube-nocookie.com");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");
  private static final Set<String> BEFORE_ID = Set.of("embed", "shorts", "live", "v");

  /** Words that have the form of an id, and name a playlist and a channel. */
  private static final Set<String> NO_ID = Set.of("videoseries", "live_stream");

  private YoutubeLinks() {}

  static SiteReading read(SiteAddress address) {
    String id = id(address);
    if (id != null && ID.matcher(id).matches()) {
      return new SiteReading.Video(new ProviderVideo.Youtube(id));
    }
    boolean playlist =
        address.parameter("list") != null
            || address.startsWith("playlist")
            || address.startsWith("embed", "videoseries");
    return new SiteReading.Rejected(
        playlist ? LinkProblem.PLAYLIST_ONLY : LinkProblem.NO_SINGLE_VIDEO);
  }

  private static @Nullable String id(SiteAddress address) {
    String first = address.segment(0);
    if (address.depth() == 1) {
      boolean isShort = address.host().equals("youtu.be");
      return isShort ? first : first.equals("watch") ? address.parameter("v") : null;
    }
    String second = address.segment(1);
    boolean named =
        address.depth() == 2
            && !address.host().equals("youtu.be")
            && BEFORE_ID.contains(first)
            && !(first.equals("embed") && NO_ID.contains(second));
    return named ? second : null;
  }
}
