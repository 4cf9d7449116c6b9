package dev.watchnchill.party.provider;

/** The reasons why a link is rejected (rule MD6). The web client has a text for each. */
public enum LinkProblem {
  /** The text is no address that a browser would accept. */
  NOT_A_LINK,
  /** The address has another scheme than {@code http} and {@code https}. */
  OTHER_SCHEME,
  /** The link is longer than the bound of rule MD2. */
  TOO_LONG,
  /** A user name or a password stands before the host. */
  CREDENTIALS,
  /** The link leads to a page, a picture, a text, an archive or a program. */
  PAGE_NOT_FILM,
  /** The link names a playlist and none of its videos. */
  PLAYLIST_ONLY,
  /** The link leads to a video site and names no video there. */
  NO_SINGLE_VIDEO,
  /** The link leads to a shared folder. */
  FOLDER_ONLY,
  /** The host looks like YouTube's and is another. */
  NOT_YOUTUBE,
  /** The site shows its files on its own pages only. */
  NEEDS_DIRECT_LINK,
  /** The film is sold, rented or part of a subscription, and plays on its own site only. */
  NEEDS_PURCHASE
}
