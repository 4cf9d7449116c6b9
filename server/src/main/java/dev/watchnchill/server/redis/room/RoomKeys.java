package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;

/**
 * The names of what is kept of one room. Its id is their hash tag, so that in a cluster all of them
 * are on one node and one script can touch them all.
 *
 * @param room a hash: {@code epoch}, {@code seq}, {@code state}, each of the people in {@code
 *     m:<id>}, and {@code places}, the last one that was given
 * @param chat a list of messages, oldest first
 * @param log a stream of the last changes; {@code <seq>-0} with epoch {@code e}, seq before {@code
 *     b}, nonce {@code n}, whether it is the end {@code x}, and what was published {@code p}
 * @param lost a hash: the newest copy that a server has of a room that was lost, {@code epoch} and
 *     {@code seq}, and {@code since} when it is looked for, ms of Redis' clock
 * @param channel where changes are published
 */
record RoomKeys(String room, String chat, String log, String lost, String channel) {
  /** A set of the ids of all rooms; it is on a slot of its own. */
  static final String ACTIVE = "active-rooms";

  static RoomKeys of(RoomId id) {
    String tag = "{" + id.value() + "}";
    return new RoomKeys("room:" + tag, "chat:" + tag, "log:" + tag, "lost:" + tag, "events:" + tag);
  }
}
