package dev.watchnchill.party.provider;

import java.util.regex.Pattern;

/** Reads links to PeerTube, which runs on any host: the form of the path decides. */
final class PeertubeLinks {
  // A UUID, or its short form in base 58, which has no 0, I, O and l.
  private static final Pattern ID =
      Pattern.compile(
          "[1-9A-HJ-NP-Za-km-z]{22}"
              + "|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

  private PeertubeLinks() {}

  static SiteReading read(SiteAddress address) {
    // A comment may follow the id: "/w/ID;threadId=7".
    String id = address.last().split(";", 2)[0];
    if (!ID.matcher(id).matches()) {
      return new SiteReading.Other();
    }
    if (isBefore(address, "w")
        || isBefore(address, "videos", "watch")
        || isBefore(address, "videos", "embed")) {
      return new SiteReading.Video(new ProviderVideo.Peertube(address.origin(), id));
    }
    boolean playlist =
        isBefore(address, "w", "p")
            || isBefore(address, "videos", "watch", "playlist")
            || isBefore(address, "video-playlists", "embed");
    return playlist ? new SiteReading.Rejected(LinkProblem.PLAYLIST_ONLY) : new SiteReading.Other();
  }

  /** Returns whether these segments, and no others, stand before the last one. */
  private static boolean isBefore(SiteAddress address, String... segments) {
    return address.depth() == segments.length + 1 && address.startsWith(segments);
  }
}
