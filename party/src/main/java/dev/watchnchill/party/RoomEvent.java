package dev.watchnchill.party;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;

/** An event of a room. Times are ms of server time, positions are seconds of the film. */
public sealed interface RoomEvent {

  /** An event that is sent to members. */
  sealed interface BroadcastEvent extends RoomEvent {}

  /** An event that changed the room and has a {@code seq} (rule SQ1). */
  sealed interface Change extends BroadcastEvent {
    /** Returns the number of the change that the event belongs to. */
    long seq();
  }

  /** An event that is not stored and may be lost. */
  sealed interface TransientEvent extends BroadcastEvent {}

  /**
   * A report of a viewer's player about itself. It is neither stored nor sent to members: it
   * updates the {@link dev.watchnchill.party.playback.Audience}.
   */
  sealed interface ViewerSignal extends RoomEvent {
    /** Returns the member whose player reports. */
    UserId userId();
  }

  /** A member joined (EV3). */
  record UserJoined(long seq, Member member) implements Change {}

  /** A member left, or lost the seat (EV4). */
  record UserLeft(long seq, UserId userId) implements Change {}

  /** A member became a host (EV5). */
  record UserPromoted(long seq, UserId userId, DisplayName userName) implements Change {}

  /** A member's connection was lost; the seat is kept (RS2). */
  record UserAway(long seq, UserId userId) implements Change {}

  /** An away member is present again (RS3). */
  record UserReturned(long seq, UserId userId) implements Change {}

  /** A host set another film (EV7). */
  record VideoSet(long seq, Media media, UserId by) implements Change {}

  /** A host played, paused or moved the film (EV8). */
  record Controlled(long seq, Action action, double position, long atMs, UserId by)
      implements Change {}

  /** The timeline changed (TL2). */
  record TimelineChanged(long seq, Timeline timeline, Reason reason) implements Change {}

  /** A host changed the room's wait policy (WT1). */
  record WaitingSet(long seq, WaitPolicy waiting, UserId by) implements Change {}

  /** A member sent a chat message (EV10). */
  record MessageSent(long seq, ChatMessage message) implements Change {}

  /** The room ended (RS8). */
  record RoomClosed(long seq, ClosureReason why) implements Change {}

  /** A host's player reported its position (EV9). */
  record SyncReported(double position, boolean playing, double timestampMs, UserId by)
      implements TransientEvent {}

  /** A member began or stopped typing (EV11, EV12). */
  record Typing(UserId userId, DisplayName userName, boolean started) implements TransientEvent {}

  /** A player can start at a timeline change (TL9). */
  record PlayerReady(UserId userId, long seq) implements ViewerSignal {}

  /** A player has stalled for want of data (WT2). */
  record PlayerStalled(UserId userId) implements ViewerSignal {}

  /** A player plays again (WT2). */
  record PlayerRecovered(UserId userId) implements ViewerSignal {}

  /** A player reported its state and figures (TL7). */
  record PlayerReported(UserId userId, ViewerReport report) implements ViewerSignal {}

  /** A host's action on the film. */
  enum Action {
    /** The film plays. */
    PLAYED,
    /** The film is paused. */
    PAUSED,
    /** The film is at another position. */
    SEEKED
  }

  /** Why the timeline changed. */
  enum Reason {
    /** A host played the film. */
    PLAY,
    /** A host paused the film. */
    PAUSE,
    /** A host moved the film to another position. */
    SEEK,
    /** A host set another film. */
    VIDEO,
    /** A host's player was at another position. */
    SYNC,
    /** The length of the film became known. */
    DURATION,
    /** All awaited viewers are ready: the film starts. */
    READY,
    /** The wait is over: the film starts without the viewers that are not ready. */
    DEADLINE,
    /** The film waits for a viewer whose player has stalled. */
    STALL,
    /** A host changed the playback rate. */
    RATE
  }

  /** Why a room ended. */
  enum ClosureReason {
    /** The room was empty for too long (LV4). */
    EMPTY,
    /** The room was not written to for too long (LF1). */
    EXPIRED
  }
}
