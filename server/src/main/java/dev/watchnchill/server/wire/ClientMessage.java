package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client said, once it is known to keep the field rules (section 3 of the contract). */
public sealed interface ClientMessage {

  /** Something about one room. */
  sealed interface InRoom extends ClientMessage {
    /** Which. */
    RoomId roomId();
  }

  /** CR1. */
  record CreateRoom(DisplayName hostName) implements ClientMessage {}

  /** JN0, RS3. */
  record JoinRoom(
      RoomId roomId,
      DisplayName userName,
      @Nullable String hostToken,
      @Nullable String sessionToken)
      implements ClientMessage {}

  /** LV1. */
  record LeaveRoom(RoomId roomId) implements ClientMessage {}

  /** PR1. */
  record PromoteHost(RoomId roomId, UserId userId) implements InRoom {}

  /** SV1. */
  record SetVideo(RoomId roomId, Media media) implements InRoom {}

  /** PB1; seconds. */
  record PlayVideo(RoomId roomId, double currentTime) implements InRoom {}

  /** PB2, TL4; seconds, and ms of server time. */
  record PauseVideo(RoomId roomId, double currentTime, @Nullable Double pressedAt)
      implements InRoom {}

  /** PB3; seconds. */
  record SeekVideo(RoomId roomId, double currentTime) implements InRoom {}

  /** SC1; seconds and ms. */
  record SyncCheck(RoomId roomId, double currentTime, boolean isPlaying, double timestamp)
      implements InRoom {}

  /** CH1; trimmed. */
  record SendMessage(RoomId roomId, String message, @Nullable UUID messageId) implements InRoom {}

  /** TY1. */
  record Typing(RoomId roomId, boolean started) implements InRoom {}

  /** TL6; seconds. */
  record ReportDuration(RoomId roomId, double duration) implements InRoom {}

  /** TL10; seconds of film per second. */
  record SetRate(RoomId roomId, double rate) implements InRoom {}

  /** WT1; what is null stays as it was. */
  record SetWaiting(
      RoomId roomId,
      WaitPolicy.Mode mode,
      @Nullable Integer seconds,
      @Nullable Integer graceMs,
      @Nullable Integer peopleMax,
      @Nullable Integer strikesMax)
      implements InRoom {}

  /** TL9. */
  record Ready(RoomId roomId, long seq) implements InRoom {}

  /** WT2. */
  record Buffering(RoomId roomId, long seq) implements InRoom {}

  /** WT2. */
  record Buffered(RoomId roomId, long seq) implements InRoom {}

  /** TL7; whatever clock the client has, and how its player does when it says so. */
  record Clock(double t1, @Nullable ViewerReport report) implements ClientMessage {}

  /** TL2. */
  record GetTimeline(RoomId roomId) implements InRoom {}

  /** SQ2. */
  record Resume(RoomId roomId, long epoch, long seq) implements InRoom {}

  /** PS6; after whom, and whose name has what in it. */
  record GetPeople(RoomId roomId, @Nullable UserId after, @Nullable String query)
      implements InRoom {}
}
