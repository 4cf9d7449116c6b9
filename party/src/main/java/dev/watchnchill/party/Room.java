package dev.watchnchill.party;

import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitPolicy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one room, immutable.
 *
 * @param id its name in the link
 * @param epoch distinguishes this room from earlier ones of the same id, and is greater than theirs
 *     (rule SQ1)
 * @param seq the number of changes since the room was created (rule SQ1)
 * @param creator the name that only the host token can claim (rule JN5)
 * @param hostToken hash of the creator's token
 * @param hostId who is named as the host
 * @param hostName that user's name
 * @param members who holds a seat
 * @param media the film, or null before one is set
 * @param timeline where the film is, and whether it moves
 * @param waiting whether it waits for viewers who have run dry (rule WT1)
 * @param chat the newest messages
 * @param createdAtMs ms since the epoch
 * @param lastWriteMs when it last changed, ms since the epoch (rule LF1)
 * @param emptySinceMs since when nobody holds a seat, or null (rule LV4)
 * @param hostlessSinceMs since when members are present without a host, or null (rule LV5)
 * @param closed whether it is over: the store deletes it
 */
public record Room(
    RoomId id,
    long epoch,
    long seq,
    DisplayName creator,
    SecretHash hostToken,
    UserId hostId,
    DisplayName hostName,
    Members members,
    @Nullable Media media,
    Timeline timeline,
    WaitPolicy waiting,
    ChatLog chat,
    long createdAtMs,
    long lastWriteMs,
    @Nullable Long emptySinceMs,
    @Nullable Long hostlessSinceMs,
    boolean closed) {

  /** Returns this room one change later. */
  public Room changed(long nowMs) {
    return copy(c -> {
      c.seq++;
      c.lastWriteMs = nowMs;
    });
  }

  /** Returns this room with other members; the times that depend on who is present follow. */
  public Room with(Members next, long nowMs) {
    Long empty = next.isEmpty() ? (emptySinceMs == null ? (Long) nowMs : emptySinceMs) : null;
    boolean hostless = !next.isEmpty() && !next.hasHost();
    Long since = hostless ? (hostlessSinceMs == null ? (Long) nowMs : hostlessSinceMs) : null;
    return copy(c -> {
      c.members = next;
      c.emptySinceMs = empty;
      c.hostlessSinceMs = since;
    });
  }

  /** Returns this room with another user named as the host. */
  public Room withHost(UserId newHost, DisplayName name) {
    return copy(c -> {
      c.hostId = newHost;
      c.hostName = name;
    });
  }

  /** Returns this room with another timeline. */
  public Room at(Timeline next) {
    return copy(c -> c.timeline = next);
  }

  /** Returns this room with another film. */
  public Room withMedia(@Nullable Media film, Timeline next) {
    return copy(c -> {
      c.media = film;
      c.timeline = next;
    });
  }

  /** Returns this room with other rules for waiting on its viewers. */
  public Room withWaiting(WaitPolicy next) {
    return copy(c -> c.waiting = next);
  }

  /** Returns this room with other messages. */
  public Room withChat(ChatLog next) {
    return copy(c -> c.chat = next);
  }

  /** Returns this room as closed. */
  public Room asClosed() {
    return copy(c -> c.closed = true);
  }

  private Room copy(Consumer<Copy> edit) {
    var copy = new Copy(this);
    edit.accept(copy);
    return copy.build();
  }

  /** A changed copy in the making: the fields that a change may touch. */
  private static final class Copy {
    private final Room from;
    private long seq;
    private UserId hostId;
    private DisplayName hostName;
    private Members members;
    private @Nullable Media media;
    private Timeline timeline;
    private WaitPolicy waiting;
    private ChatLog chat;
    private long lastWriteMs;
    private @Nullable Long emptySinceMs;
    private @Nullable Long hostlessSinceMs;
    private boolean closed;

    Copy(Room room) {
      from = room;
      seq = room.seq;
      hostId = room.hostId;
      hostName = room.hostName;
      members = room.members;
      media = room.media;
      timeline = room.timeline;
      waiting = room.waiting;
      chat = room.chat;
      lastWriteMs = room.lastWriteMs;
      emptySinceMs = room.emptySinceMs;
      hostlessSinceMs = room.hostlessSinceMs;
      closed = room.closed;
    }

    Room build() {
      return new Room(
          from.id,
          from.epoch,
          seq,
          from.creator,
          from.hostToken,
          hostId,
          hostName,
          members,
          media,
          timeline,
          waiting,
          chat,
          from.createdAtMs,
          lastWriteMs,
          emptySinceMs,
          hostlessSinceMs,
          closed);
    }
  }
}
