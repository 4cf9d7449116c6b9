package dev.watchnchill.party;

import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one room; a value.
 *
 * @param id its name in the link
 * @param epoch which life of the room this is; grows from life to life (rule SQ1)
 * @param seq how many changes this life has seen (rule SQ1)
 * @param creator the name that only the host token can claim (rule JN5)
 * @param hostToken hash of the creator's token
 * @param hostId who is named as the host
 * @param hostName that user's name
 * @param members who holds a seat
 * @param media the film, or null before one is set
 * @param timeline where it is
 * @param waiting whether it waits for viewers who have run dry (rule WT1)
 * @param chat what was said last
 * @param createdAtMs ms since the epoch
 * @param lastWriteMs when it last changed, ms since the epoch (rule LF1)
 * @param emptySinceMs since when nobody holds a seat, or null (rule LV4)
 * @param hostlessSinceMs since when people are here without a host, or null (rule LV5)
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

  /** The same room one change on, at that time. */
  public Room changed(long nowMs) {
    return new Room(
        id,
        epoch,
        seq + 1,
        creator,
        hostToken,
        hostId,
        hostName,
        members,
        media,
        timeline,
        waiting,
        chat,
        createdAtMs,
        nowMs,
        emptySinceMs,
        hostlessSinceMs,
        closed);
  }

  /** With other people in it. The times that depend on who is there follow. */
  public Room with(Members next, long nowMs) {
    Long empty = next.isEmpty() ? (emptySinceMs == null ? (Long) nowMs : emptySinceMs) : null;
    boolean hostless = !next.isEmpty() && !next.hasHost();
    Long since = hostless ? (hostlessSinceMs == null ? (Long) nowMs : hostlessSinceMs) : null;
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        hostId,
        hostName,
        next,
        media,
        timeline,
        waiting,
        chat,
        createdAtMs,
        lastWriteMs,
        empty,
        since,
        closed);
  }

  /** With another user named as the host. */
  public Room hostedBy(UserId newHost, DisplayName name) {
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        newHost,
        name,
        members,
        media,
        timeline,
        waiting,
        chat,
        createdAtMs,
        lastWriteMs,
        emptySinceMs,
        hostlessSinceMs,
        closed);
  }

  /** With another place in the film. */
  public Room at(Timeline next) {
    return showing(media, next);
  }

  /** With another film. */
  public Room showing(@Nullable Media film, Timeline next) {
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        hostId,
        hostName,
        members,
        film,
        next,
        waiting,
        chat,
        createdAtMs,
        lastWriteMs,
        emptySinceMs,
        hostlessSinceMs,
        closed);
  }

  /** With another way to wait for its viewers. */
  public Room waitingBy(WaitPolicy next) {
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        hostId,
        hostName,
        members,
        media,
        timeline,
        next,
        chat,
        createdAtMs,
        lastWriteMs,
        emptySinceMs,
        hostlessSinceMs,
        closed);
  }

  /** With other messages. */
  public Room saying(ChatLog next) {
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        hostId,
        hostName,
        members,
        media,
        timeline,
        waiting,
        next,
        createdAtMs,
        lastWriteMs,
        emptySinceMs,
        hostlessSinceMs,
        closed);
  }

  /** Over. */
  public Room over() {
    return new Room(
        id,
        epoch,
        seq,
        creator,
        hostToken,
        hostId,
        hostName,
        members,
        media,
        timeline,
        waiting,
        chat,
        createdAtMs,
        lastWriteMs,
        emptySinceMs,
        hostlessSinceMs,
        true);
  }
}
