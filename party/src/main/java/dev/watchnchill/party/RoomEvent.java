package dev.watchnchill.party;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;

/** What has happened in a room. Times are ms of server time, positions seconds of film. */
public sealed interface RoomEvent {

  /** An event that members hear of. */
  sealed interface BroadcastEvent extends RoomEvent {}

  /** An event that changed the room and has a place in its stream (rule SQ1). */
  sealed interface Change extends BroadcastEvent {
    /** The change it belongs to. */
    long seq();
  }

  /** An event that passes and is not kept. */
  sealed interface TransientEvent extends BroadcastEvent {}

  /**
   * What a viewer's player says of itself. It passes and is not kept, and no member hears of it as
   * such: it makes the {@link dev.watchnchill.party.playback.Audience}.
   */
  sealed interface ViewerSignal extends RoomEvent {
    /** Whose player. */
    UserId userId();
  }

  /** Somebody took a seat (EV3). */
  record UserJoined(long seq, Member member) implements Change {}

  /** Somebody gave a seat up, or lost it (EV4). */
  record UserLeft(long seq, UserId userId) implements Change {}

  /** Somebody has a host's right now (EV5). */
  record UserPromoted(long seq, UserId userId, DisplayName userName) implements Change {}

  /** Somebody's connection was lost; the seat is kept (RS2). */
  record UserAway(long seq, UserId userId) implements Change {}

  /** Somebody is back in a kept seat (RS3). */
  record UserReturned(long seq, UserId userId) implements Change {}

  /** Another film (EV7). */
  record VideoSet(long seq, Media media, UserId by) implements Change {}

  /** The film was played, paused or moved by somebody (EV8). */
  record Controlled(long seq, Action action, double position, long atMs, UserId by)
      implements Change {}

  /** The timeline is another one (TL2). */
  record TimelineChanged(long seq, Timeline timeline, Reason reason) implements Change {}

  /** The room waits for its viewers by other rules (WT1). */
  record WaitingSet(long seq, WaitPolicy waiting, UserId by) implements Change {}

  /** Somebody said something (EV10). */
  record MessageSent(long seq, ChatMessage message) implements Change {}

  /** The room is over (RS8). */
  record RoomClosed(long seq, End why) implements Change {}

  /** A host's player reported where it is (EV9). */
  record SyncReported(double position, boolean playing, double timestampMs, UserId by)
      implements TransientEvent {}

  /** Somebody began or stopped typing (EV11, EV12). */
  record Typing(UserId userId, DisplayName userName, boolean started) implements TransientEvent {}

  /** A player can start at that change of the timeline (TL9). */
  record Readied(UserId userId, long seq) implements ViewerSignal {}

  /** A player has run dry (WT2). */
  record Stalled(UserId userId) implements ViewerSignal {}

  /** A player plays again (WT2). */
  record Recovered(UserId userId) implements ViewerSignal {}

  /** A player has told how it does (TL7). */
  record Reported(UserId userId, ViewerReport report) implements ViewerSignal {}

  /** What a host did to the film. */
  enum Action {
    /** It moves. */
    PLAYED,
    /** It stands. */
    PAUSED,
    /** It is elsewhere. */
    SEEKED
  }

  /** Why the timeline is another one. */
  enum Reason {
    /** It was played. */
    PLAY,
    /** It was paused. */
    PAUSE,
    /** It was moved. */
    SEEK,
    /** There is another film. */
    VIDEO,
    /** A host's player was elsewhere. */
    SYNC,
    /** Its length became known. */
    DURATION,
    /** Everybody is ready: it starts. */
    READY,
    /** It starts without those who are not ready. */
    DEADLINE,
    /** It waits for a viewer who has run dry. */
    STALL,
    /** It goes at another rate. */
    RATE
  }

  /** Why a room ended. */
  enum End {
    /** Nobody came back in time (LV4). */
    EMPTY,
    /** Nothing was written for too long (LF1). */
    EXPIRED
  }
}
