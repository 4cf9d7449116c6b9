package dev.watchnchill.party.provider;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads links to Dailymotion. */
final class DailymotionLinks {
  private static final Set<String> SHORT_HOSTS = Set.of("dai.ly", "www.dai.ly");

  static final Set<String> HOSTS =
      Set.of(
          "dailymotion.com",
          "www.dailymotion.com",
          "touch.dailymotion.com",
          "geo.dailymotion.com",
          "dai.ly",
          "www.dai.ly");

  private static final Pattern ID = Pattern.compile("[kx][A-Za-z0-9]{1,31}+");

  private DailymotionLinks() {}

  static SiteReading read(SiteAddress address) {
    String id = id(address);
    if (id != null && ID.matcher(id).matches()) {
      return new SiteReading.Video(new ProviderVideo.Dailymotion(id));
    }
    boolean playlist = address.startsWith("playlist") || address.parameter("playlist") != null;
    return new SiteReading.Rejected(
        playlist ? LinkProblem.PLAYLIST_ONLY : LinkProblem.NO_SINGLE_VIDEO);
  }

  private static @Nullable String id(SiteAddress address) {
    String last = address.last();
    if (SHORT_HOSTS.contains(address.host())) {
      return address.depth() == 1 ? last : null;
    }
    boolean player =
        address.depth() == 1
            ? last.equals("player.html")
            : address.depth() == 2 && address.startsWith("player") && last.endsWith(".html");
    if (player) {
      return address.parameter("video");
    }
    boolean named =
        address.depth() == 2
            ? address.startsWith("video")
            : address.depth() == 3
                && (address.startsWith("embed", "video")
                    || address.startsWith("swf", "video")
                    || address.startsWith("crawler", "video"));
    // The title may follow the id: "x84sh87_a-title".
    return named ? last.split("_", 2)[0] : null;
  }
}
