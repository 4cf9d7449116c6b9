package dev.watchnchill.party.provider;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads links to Vimeo. */
final class VimeoLinks {
  private static final String PLAYER = "player.vimeo.com";

  static final Set<String> HOSTS = Set.of("vimeo.com", "www.vimeo.com", "m.vimeo.com", PLAYER);

  private static final Pattern ID = Pattern.compile("[0-9]{1,12}+");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{6,32}+");

  private VimeoLinks() {}

  static SiteReading read(SiteAddress address) {
    if (address.host().equals(PLAYER)) {
      // The host also serves files.
      return address.startsWith("video") ? video(address, 1) : new SiteReading.Other();
    }
    if (address.startsWith("ondemand")) {
      return new SiteReading.Rejected(LinkProblem.NEEDS_PURCHASE);
    }
    return video(address, segmentsBeforeId(address));
  }

  private static int segmentsBeforeId(SiteAddress address) {
    if (address.startsWith("groups", "*", "videos")
        || address.startsWith("showcase", "*", "video")
        || address.startsWith("album", "*", "video")) {
      return 3;
    }
    if (address.startsWith("channels", "*") || address.startsWith("manage", "videos")) {
      return 2;
    }
    return address.startsWith("video") || address.startsWith("videos") ? 1 : 0;
  }

  private static SiteReading video(SiteAddress address, int before) {
    String id = address.segment(before);
    int more = address.depth() - before - 1;
    String hash = hash(address, before + 1);
    if (ID.matcher(id).matches() && (more == 0 || (more == 1 && hash != null))) {
      return new SiteReading.Video(new ProviderVideo.Vimeo(id, hash));
    }
    boolean collection = address.startsWith("showcase", "*") || address.startsWith("album", "*");
    return new SiteReading.Rejected(
        collection ? LinkProblem.PLAYLIST_ONLY : LinkProblem.NO_SINGLE_VIDEO);
  }

  /** Returns the key of an unlisted video: the segment after the id, else the parameter "h". */
  private static @Nullable String hash(SiteAddress address, int index) {
    if (address.depth() <= index) {
      return address.parameter("h", HASH);
    }
    String segment = address.segment(index);
    return HASH.matcher(segment).matches() ? segment : null;
  }
}
