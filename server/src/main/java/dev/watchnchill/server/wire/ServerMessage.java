package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.playback.Timeline;
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
    return switch (this) {
      case RoomCreated _ -> "room-created";
      case RoomJoined _ -> "room-joined";
      case UserJoined _ -> "user-joined";
      case UserLeft _ -> "user-left";
      case UserAway _ -> "user-away";
      case UserReturned _ -> "user-returned";
      case UserPromoted _ -> "user-promoted";
      case ActionError _, ConnectionClosing _ -> "error";
      case RoomError _ -> "room-error";
      case VideoSet _ -> "video-set";
      case VideoPlayed _ -> "video-played";
      case VideoPaused _ -> "video-paused";
      case VideoSeeked _ -> "video-seeked";
      case SyncUpdate _ -> "sync-update";
      case NewMessage _ -> "new-message";
      case UserTyping _ -> "user-typing";
      case UserStoppedTyping _ -> "user-stopped-typing";
      case TimelineState _ -> "timeline";
      case WaitingSet _ -> "waiting-set";
      case StatusUpdate _ -> "status";
      case Presence _, PresenceSnapshot _ -> "presence";
      case RoomAvailability _ -> "room-availability";
      case StreamPosition _ -> "stream-position";
      case SessionReplaced _ -> "session-replaced";
      case RoomClosed _ -> "room-closed";
    };
  }

  /** A rejection that the sender of an event receives (EV6). */
  sealed interface ErrorMessage extends ServerMessage {
    /** Returns the text for a person. */
    String error();
  }

  /** A change of the connection behind a member's seat, or the end of the seat. */
  sealed interface SeatChange extends ServerMessage {
    /** Returns the member's id. */
    String userId();

    /** Returns the epoch of the room. */
    long epoch();

    /** Returns the change that it belongs to. */
    long seq();
  }

  /** A host's control of the playback (EV8): seconds, and server ms. */
  sealed interface PlaybackControl extends ServerMessage {
    /** Returns the position, seconds. */
    double currentTime();

    /** Returns the epoch of the room. */
    long epoch();

    /** Returns the change that it belongs to. */
    long seq();

    /** Returns the change that was broadcast before, or null. */
    @Nullable Long since();
  }

  /** The creator's own room, with its host token (EV1). */
  record RoomCreated(String roomId, RoomState room, String hostToken, long epoch, long seq)
      implements ServerMessage {}

  /** The whole state of a room for a joiner (EV2, RS1, RS3). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RoomJoined(
      RoomState room,
      User user,
      List<ChatEntry> messages,
      long epoch,
      long seq,
      TimelineState timeline,
      boolean resumed,
      @Nullable String sessionToken)
      implements ServerMessage {}

  /** A new member (EV3). */
  record UserJoined(User user, long epoch, long seq) implements ServerMessage {}

  /** The end of a member's seat (EV4). */
  record UserLeft(String userId, long epoch, long seq) implements SeatChange {}

  /** The loss of a member's connection; the seat is kept (RS2). */
  record UserAway(String userId, long epoch, long seq) implements SeatChange {}

  /** The return of a member to its kept seat (RS3). */
  record UserReturned(String userId, long epoch, long seq) implements SeatChange {}

  /** A member's new right as a host (EV5). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserPromoted(String userId, String userName, long epoch, long seq, @Nullable Long since)
      implements ServerMessage {}

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
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VideoSet(
      String videoUrl,
      String videoType,
      @Nullable Double currentTime,
      long epoch,
      long seq,
      @Nullable Long since)
      implements ServerMessage {}

  /** A start of the playback (EV8). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VideoPlayed(double currentTime, long timestamp, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A pause of the playback (EV8). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VideoPaused(double currentTime, long timestamp, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A seek (EV8). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VideoSeeked(double currentTime, long timestamp, long epoch, long seq, @Nullable Long since)
      implements PlaybackControl {}

  /** A position, from a host's player or for a late joiner (EV9); seconds, and ms. */
  record SyncUpdate(double currentTime, boolean isPlaying, Number timestamp)
      implements ServerMessage {}

  /** A chat message (EV10). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NewMessage(ChatEntry message, long epoch, long seq, @Nullable Long since)
      implements ServerMessage {}

  /** The start of a member's typing (EV11). */
  record UserTyping(String userId, String userName) implements ServerMessage {}

  /** The end of a member's typing (EV12). */
  record UserStoppedTyping(String userId) implements ServerMessage {}

  /**
   * The playback timeline (TL1, TL2); positions in seconds.
   *
   * @param at the time that {@code position} belongs to, server ms
   * @param by the id of the user whose action made it, or null
   * @param serverTime the time of sending, server ms
   */
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
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long since)
      implements ServerMessage {
    /** Returns the timeline for one client that joins, or that asks for it. */
    public static TimelineState of(
        long epoch, Timeline timeline, double serverTimeMs, String reason) {
      return of(epoch, timeline, serverTimeMs, reason, null);
    }

    static TimelineState of(
        long epoch, Timeline timeline, double serverTimeMs, String reason, @Nullable Long since) {
      var by = timeline.by();
      return new TimelineState(
          epoch,
          timeline.seq(),
          timeline.item(),
          WireText.name(timeline.phase()),
          timeline.position(),
          timeline.rate(),
          timeline.atMs(),
          timeline.resume(),
          by == null ? null : by.toString(),
          timeline.duration(),
          BarrierState.of(timeline.barrier()),
          serverTimeMs,
          reason,
          since);
    }
  }

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
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long since)
      implements ServerMessage {}

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

  /** The end of a room with members in it (RS8). */
  record RoomClosed(String roomId, String reason) implements ServerMessage {
    /** Returns the message to the members of a room that has expired. */
    public static RoomClosed expired(RoomId room) {
      return of(room, RoomEvent.ClosureReason.EXPIRED);
    }

    static RoomClosed of(RoomId room, RoomEvent.ClosureReason reason) {
      return new RoomClosed(room.value(), WireText.name(reason));
    }
  }
}
