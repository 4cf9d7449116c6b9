package dev.watchnchill.party.provider;

import java.util.Set;

/** Recognises links to sites that share files or sell films, and do not let other pages play. */
final class ShareLinks {
  private static final Set<String> DROPBOX =
      Set.of("dropbox.com", "www.dropbox.com", "m.dropbox.com");

  /** Hosts that serve files to their own pages only. */
  private static final Set<String> OWN_PAGES =
      Set.of(
          "drive.google.com",
          "drive.usercontent.google.com",
          "docs.google.com",
          "photos.google.com",
          "photos.app.goo.gl",
          "1drv.ms",
          "mega.nz",
          "we.tl",
          "wetransfer.com",
          "www.icloud.com",
          "share.icloud.com");

  /** Hosts of films that are sold, rented or part of a subscription. */
  private static final Set<String> SHOPS =
      Set.of(
          "netflix.com",
          "www.netflix.com",
          "www.primevideo.com",
          "app.primevideo.com",
          "www.disneyplus.com",
          "www.hulu.com",
          "www.max.com",
          "play.max.com",
          "play.hbomax.com",
          "tv.apple.com",
          "www.crunchyroll.com");

  /** Hosts that have pages around their videos, and no player that other sites can control. */
  private static final Set<String> PAGES =
      Set.of(
          "facebook.com",
          "www.facebook.com",
          "m.facebook.com",
          "fb.watch",
          "www.instagram.com",
          "www.tiktok.com",
          "vm.tiktok.com",
          "twitter.com",
          "x.com",
          "www.bilibili.com");

  private ShareLinks() {}

  static SiteReading read(SiteAddress address) {
    String host = address.host();
    if (DROPBOX.contains(host)) {
      return dropbox(address);
    }
    if (OWN_PAGES.contains(host)) {
      boolean folder =
          address.startsWith("drive", "folders")
              || address.startsWith("drive", "u", "*", "folders");
      return new SiteReading.Rejected(
          folder ? LinkProblem.FOLDER_ONLY : LinkProblem.NEEDS_DIRECT_LINK);
    }
    if (SHOPS.contains(host)) {
      return new SiteReading.Rejected(LinkProblem.NEEDS_PURCHASE);
    }
    return PAGES.contains(host)
        ? new SiteReading.Rejected(LinkProblem.PAGE_NOT_FILM)
        : new SiteReading.Other();
  }

  /** Leaves shared files, whose name has an ending, to the rules for files. */
  private static SiteReading dropbox(SiteAddress address) {
    if (address.startsWith("s", "*", "*") || address.startsWith("scl", "fi", "*", "*")) {
      return new SiteReading.Other();
    }
    boolean folder = address.startsWith("sh", "*") || address.startsWith("scl", "fo", "*");
    return new SiteReading.Rejected(
        folder ? LinkProblem.FOLDER_ONLY : LinkProblem.NEEDS_DIRECT_LINK);
  }
}
