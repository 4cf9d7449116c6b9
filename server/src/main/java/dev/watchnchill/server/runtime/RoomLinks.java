package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;

/**
 * Makes links of rooms.
 *
 * @param pagesUrl what stands before {@code /room/}: the public address of the server when it is
 *     known, else its base path
 */
record RoomLinks(String pagesUrl) {
  /**
   * Returns the link of an invitation. The token is in the fragment, which no browser sends to a
   * server (rule EN6).
   */
  String invitation(Room room, String token) {
    return pagesUrl + "/room/" + room.id().value() + "#invite=" + token;
  }
}
