package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that the server sends to clients: each record is the payload of one event, field by
 * field and in the order of the JSON (sections 6 and 7 of the contract).
 *
 * <p>Ids are texts. {@code epoch} and {@code seq} are the position in the room's stream (SQ1), and
 * {@code since} is the last change that was broadcast before, when some in between were not (PS4).
 */
public sealed interface ServerMessage {
  /** Returns the name of the event on the wire. */
  default String eventName() {
    return EventNames.of(this);
  }

  /** A rejection that the sender of an event receives (EV6). */
  sealed interface ErrorMessage extends ServerMessage {
    /** Returns the text for a person. */
    String error();
  }

  /** A change of a room, with its place in the stream. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  sealed interface RoomChange extends ServerMessage {
    /** Returns the epoch of the room. */
    long epoch();

    /** Returns the change that it belongs to. */
    long seq();

    /** Returns the change that was broadcast before, when some in between were not, or null. */
    @Nullable Long since();
  }

  /** A change of the connection behind a member's seat, or the end of the seat. */
  sealed interface SeatChange extends RoomChange {
    /** Returns the member's id. */
    String userId();
  }

  /** A control of the playback (EV8): seconds, and server ms. */
  sealed interface PlaybackControl extends RoomChange {
    /** Returns the position, seconds. */
    double currentTime();

    /** Returns who did it (RT7). */
    String userId();
  }

  /** The creator's own room, with its host token (EV1). */
  record RoomCreated(String roomId, RoomState room, String hostToken, long epoch, long seq)
      implements ServerMessage {}

  /**
   * The whole state of a room for a joiner (EV2, RS1, RS3).
   *
   * @param chatMore whether the chat has older messages; null for a base client (CH5)
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RoomJoined(
      RoomState room,
      User user,
      List<ChatEntry> messages,
      @Nullable Boolean chatMore,
      long epoch,
      long seq,
      TimelineState timeline,
      boolean resumed,
      @Nullable String sessionToken)
      implements ServerMessage {}

  /** A new member (EV3). */
  record UserJoined(User user, long epoch, long seq, @Nullable Long since) implements RoomChange {}

  /**
   * The end of a member's seat (EV4).
   *
   * @param by the host who removed the member, or null (EN8)
   * @param reason {@code removed} or {@code banned}, or null
   */
  record UserLeft(
      String userId,
      @Nullable String by,
      @Nullable String reason,
      long epoch,
      long seq,
      @Nullable Long since)
      implements SeatChange {}

  /** The loss of a member's connection; the seat is kept (RS2). */
  record UserAway(String userId, long epoch, long seq, @Nullable Long since)
      implements SeatChange {}

  /** The return of a member to its kept seat (RS3). */
  record UserReturned(String userId, long epoch, long seq, @Nullable Long since)
      implements SeatChange {}

  /**
   * A member's new right as a host (EV5).
   *
   * @param by the host who decided it, or null when the room did (RT7)
   */
  record UserPromoted(
      String userId,
      String userName,
      @Nullable String by,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** A host who is a guest now (RT6). */
  record UserDemoted(
      String userId, String userName, String by, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /**
   * The room's new owner (RT1, RT2).
   *
   * @param by the former owner who handed the room over, or null
   * @param hostToken the new host token, for the new owner alone, or null
   */
  record RoomTransferred(
      String hostId,
      String hostName,
      @Nullable String by,
      @Nullable String hostToken,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** The new owner has a host token (RT2); to hosts. */
  record HostTokenIssued(String userId, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** New settings, or another password (RT3, EN2). */
  record SettingsChanged(
      SettingsState settings, String userId, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** A change of the queue, and who did it, or null (QU12). */
  record QueueChanged(
      @JsonUnwrapped QueueUpdate update,
      @Nullable String userId,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** Other shared subtitles, and the host who did it, or null for another film (SB3, SB4). */
  record SubtitlesChanged(
      List<SubtitleEntry> tracks,
      @Nullable String userId,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** A member who may not write any more, or may again (EN11). */
  record MemberMuted(
      String userId,
      String userName,
      boolean muted,
      String by,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** A person who asks to be let in (EN4); to hosts. */
  record KnockReceived(
      String knockId, String userName, long at, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /**
   * A person who does not wait any more (EN4); to hosts.
   *
   * @param outcome {@code accepted}, {@code refused}, {@code expired} or {@code withdrawn}
   * @param by the host who answered, or null
   */
  record KnockClosed(
      String knockId,
      String outcome,
      @Nullable String by,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** The people who wait, for a new host (EN4). */
  record Knocks(String roomId, List<KnockEntry> knocks) implements ServerMessage {}

  /** Other invitations (EN6); to hosts. */
  record InvitesChanged(@Nullable String userId, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** Other bans (EN10); to hosts. */
  record BansChanged(String userId, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** The end of a wait at the door (EN4): {@code refused}, {@code expired} and others. */
  record EntryRefused(String roomId, String reason) implements ServerMessage {}

  /** The rejection of an action in a room (EV6). */
  record ActionError(String error) implements ErrorMessage {}

  /** The rejection of an entry, of bad data, or for a missing room (EV6). */
  record RoomError(String error) implements ErrorMessage {}

  /** The end of a connection that is over a limit (RL8). */
  record ConnectionClosing(String error, String reason) implements ServerMessage {}

  /**
   * A new video (EV7).
   *
   * @param currentTime the start that the link names, seconds, or null (MD3)
   * @param userId who set it (RT7)
   */
  record VideoSet(
      String videoUrl,
      String videoType,
      @Nullable Double currentTime,
      String userId,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** A start of the playback (EV8). */
  record VideoPlayed(
      double currentTime, long timestamp, String userId, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A pause of the playback (EV8). */
  record VideoPaused(
      double currentTime, long timestamp, String userId, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A seek (EV8). */
  record VideoSeeked(
      double currentTime, long timestamp, String userId, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A position, from a host's player or for a late joiner (EV9); seconds, and ms. */
  record SyncUpdate(double currentTime, boolean isPlaying, Number timestamp)
      implements ServerMessage {}

  /** A chat message (EV10). */
  record NewMessage(ChatEntry message, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** Another text of a message, and when its sender wrote it (CH7). */
  record MessageEdited(
      String messageId,
      String message,
      String editedAt,
      String userId,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** The end of a message, and who deleted it (CH8). */
  record MessageDeleted(String messageId, String userId, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** All reactions to a message (CH9). */
  record MessageReactions(
      String messageId, List<ReactionEntry> reactions, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** The start of a member's typing (EV11). */
  record UserTyping(String userId, String userName) implements ServerMessage {}

  /** The end of a member's typing (EV12). */
  record UserStoppedTyping(String userId) implements ServerMessage {}

  /**
   * Reactions to the film (FX1, FX2).
   *
   * @param userId who reacted, or null for several members; so is the name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FilmReactions(
      List<EmojiCount> reactions, @Nullable String userId, @Nullable String userName)
      implements ServerMessage {}

  /**
   * The playback timeline (TL1, TL2); positions in seconds.
   *
   * @param at the time that {@code position} belongs to, server ms
   * @param by the id of the user whose action made it, or null
   * @param undoUntil until when the jump can be undone, server ms, or null (RT8)
   * @param liveDelay server time less the programme time of a live stream, ms, or null (LS1)
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record TimelineState(
      long epoch,
      long seq,
      int item,
      String phase,
      double position,
      double rate,
      double at,
      boolean resume,
      @Nullable String by,
      double duration,
      @Nullable BarrierState waiting,
      double serverTime,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long undoUntil,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double liveDelay,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long since)
      implements RoomChange {}

  /** New bounds for waiting, set by a host (WT1). */
  record WaitingSet(
      String mode,
      int seconds,
      int graceMs,
      int peopleMax,
      int strikesMax,
      String userId,
      long epoch,
      long seq,
      @Nullable Long since)
      implements RoomChange {}

  /** The voice group after a change (VO2). */
  record VoiceState(List<SpeakerEntry> speakers, long epoch, long seq, @Nullable Long since)
      implements RoomChange {}

  /** A signal of the browser of another speaker (VO5). */
  record VoiceSignal(String from, String userId, SignalData data) implements ServerMessage {}

  /** The beginning or the end of a speaker's words (VO7). */
  record VoiceSpeaking(String userId, boolean on) implements ServerMessage {}

  /** Changed states of members' players (ST1). */
  record StatusUpdate(List<MemberStatus> members) implements ServerMessage {}

  /** Changes of a large room's members since the last such message (PS2). */
  record Presence(
      String roomId,
      long epoch,
      long seq,
      long since,
      boolean big,
      int count,
      List<User> joined,
      List<String> left,
      List<String> away,
      List<String> returned,
      boolean more)
      implements ServerMessage {}

  /** The members of a room, in place of all that the client knew (PS3, PS4). */
  record PresenceSnapshot(
      String roomId,
      long epoch,
      long seq,
      long since,
      boolean big,
      int count,
      boolean snapshot,
      List<User> users)
      implements ServerMessage {}

  /** The start or the end of an outage of the room's store (IN6). */
  record RoomAvailability(String roomId, boolean available) implements ServerMessage {}

  /** The position of the room's stream after changes that cannot be replayed (IN7). */
  record StreamPosition(String roomId, long epoch, long seq) implements ServerMessage {}

  /** The loss of the seat to another socket (RS6); it has no fields. */
  record SessionReplaced() implements ServerMessage {}

  /** The end of a room with members in it, or of a seat (RS8, EN8). */
  record RoomClosed(String roomId, String reason) implements ServerMessage {
    /** Returns the message to a member whom a host has removed (EN8). */
    public static RoomClosed removed(RoomId room, boolean banned) {
      return new RoomClosed(room.value(), WireText.removal(banned));
    }

    /** Returns the message to the members of a room that has ended (RS8). */
    public static RoomClosed of(RoomId room, RoomEvent.ClosureReason reason) {
      return new RoomClosed(room.value(), WireText.name(reason));
    }
  }
}
