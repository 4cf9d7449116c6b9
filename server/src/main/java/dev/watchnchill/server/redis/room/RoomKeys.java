package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;

/**
 * The keys of one room. Its id is their hash tag: in a cluster all of them are on one node, where
 * one script can use them all.
 *
 * @param room a hash: {@code epoch}, {@code seq}, {@code state}, each member in {@code m:<id>},
 *     {@code places}, the last place that was assigned, {@code entry}, the entry state when it has
 *     more than the secret, and of the queue each item in {@code q:<id>}, the votes of each member
 *     in {@code v:<id>}, {@code queue} with the current item and the mode, {@code played}, and
 *     {@code undo}, as far as there are any
 * @param chat a list of messages, oldest first
 * @param log a stream of the last changes; {@code <seq>-0} with epoch {@code e}, seq before {@code
 *     b}, nonce {@code n}, whether it closed the room {@code x}, and the published message {@code
 *     p}
 * @param lost a hash about the newest copy that an instance has of a lost room: {@code epoch},
 *     {@code seq}, and {@code since}, the begin of the search in ms of Redis' clock
 * @param texts a hash: the text of subtitles under the id of each track that has one, beside the
 *     room, because it is read once and may have a megabyte
 * @param channel the channel of the room's messages
 */
record RoomKeys(String room, String chat, String log, String lost, String texts, String channel) {
  /** The set of the ids of all rooms, in a slot of its own. */
  static final String ACTIVE = "active-rooms";

  static RoomKeys of(RoomId id) {
    String tag = "{" + id.value() + "}";
    return new RoomKeys(
        "room:" + tag, "chat:" + tag, "log:" + tag, "lost:" + tag, "texts:" + tag, "events:" + tag);
  }
}
