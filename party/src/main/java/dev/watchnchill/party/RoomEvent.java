package dev.watchnchill.party;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a room. Times are ms of server time, positions are seconds of the film. */
public sealed interface RoomEvent {

  /** An event that is sent to members. */
  sealed interface BroadcastEvent extends RoomEvent {}

  /** An event that changed the room and has a {@code seq} (rule SQ1). */
  sealed interface Change extends BroadcastEvent {
    /** Returns the number of the change that the event belongs to. */
    long seq();
  }

  /** A change that is sent to hosts alone (rule EN4). */
  sealed interface HostsChange extends Change {}

  /** A change of the messages in the chat (CH). */
  sealed interface ChatChange extends Change {}

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

  /**
   * A member left, lost the seat, or was removed (EV4, EN8).
   *
   * @param removal who removed the member, or null when nobody did
   */
  record UserLeft(long seq, UserId userId, @Nullable Removal removal) implements Change {
    /** Creates the event of a member whom nobody removed. */
    public UserLeft(long seq, UserId userId) {
      this(seq, userId, null);
    }
  }

  /**
   * The removal of a member by a host.
   *
   * @param by the host
   * @param banned whether the member may not come back
   */
  record Removal(UserId by, boolean banned) {}

  /**
   * A member became a host (EV5).
   *
   * @param by the host who decided it, or null when the room did (rule LV3)
   */
  record UserPromoted(long seq, UserId userId, DisplayName userName, @Nullable UserId by)
      implements Change {
    /** Creates the event of a member whom the room made a host. */
    public UserPromoted(long seq, UserId userId, DisplayName userName) {
      this(seq, userId, userName, null);
    }
  }

  /** A host became a guest (RT6). */
  record UserDemoted(long seq, UserId userId, DisplayName userName, UserId by) implements Change {}

  /**
   * The room has another owner (RT1, RT2).
   *
   * @param by the former owner who handed it over, or null when the owner changed otherwise
   */
  record RoomTransferred(long seq, UserId hostId, DisplayName hostName, @Nullable UserId by)
      implements Change {}

  /** The new owner's host token is valid; it concerns the owner alone (RT2). */
  record HostTokenIssued(long seq, UserId userId) implements HostsChange {}

  /**
   * A host changed the settings or the password (RT3, EN2).
   *
   * @param hasPassword whether the room has a password
   */
  record SettingsChanged(long seq, RoomSettings settings, boolean hasPassword, UserId by)
      implements Change {}

  /** A host muted a member, or ended that (EN11). */
  record MemberMuted(long seq, UserId userId, DisplayName userName, boolean muted, UserId by)
      implements Change {}

  /** A client asks the hosts to be let in (EN4). */
  record Knocked(long seq, Knock knock) implements HostsChange {}

  /**
   * A client does not wait any more (EN4).
   *
   * @param by the host who answered, or null
   */
  record KnockClosed(long seq, UUID knock, KnockOutcome outcome, @Nullable UserId by)
      implements HostsChange {}

  /**
   * The invitations changed (EN6).
   *
   * @param by the host who did it, or null when one was used
   */
  record InvitationsChanged(long seq, @Nullable UserId by) implements HostsChange {}

  /** The bans changed (EN9, EN10). */
  record BansChanged(long seq, UserId by) implements HostsChange {}

  /** A member's connection was lost; the seat is kept (RS2). */
  record UserAway(long seq, UserId userId) implements Change {}

  /** An away member is present again (RS3). */
  record UserReturned(long seq, UserId userId) implements Change {}

  /** A host set another film (EV7). */
  record VideoSet(long seq, Media media, UserId by) implements Change {}

  /** A host played, paused or moved the film (EV8). */
  record Controlled(long seq, Action action, double position, long atMs, UserId by)
      implements Change {}

  /**
   * The timeline changed (TL2).
   *
   * @param undoUntilMs until when the jump can be undone, ms since the epoch; 0 for other changes
   *     (rule RT8)
   */
  record TimelineChanged(long seq, Timeline timeline, Reason reason, long undoUntilMs)
      implements Change {
    /** Creates the event of a change that cannot be undone. */
    public TimelineChanged(long seq, Timeline timeline, Reason reason) {
      this(seq, timeline, reason, 0);
    }
  }

  /** A host changed the room's wait policy (WT1). */
  record WaitingSet(long seq, WaitPolicy waiting, UserId by) implements Change {}

  /**
   * The queue changed (QU12).
   *
   * @param by the member who did it, or null when the film ended or nobody in particular did it
   */
  record QueueChanged(long seq, QueueChange change, @Nullable UserId by) implements Change {}

  /**
   * The shared subtitles changed (SB3, SB4).
   *
   * @param by the host who did it, or null when another film is shown
   * @param texts the texts of new tracks, for the store; empty everywhere else
   */
  record SubtitlesChanged(
      long seq, List<SubtitleTrack> tracks, @Nullable UserId by, List<TrackText> texts)
      implements Change {}

  /** A member sent a chat message (EV10). */
  record MessageSent(long seq, ChatMessage message) implements ChatChange {}

  /** A member changed the text of its message (CH7). */
  record MessageEdited(long seq, UUID message, String text, long editedAtMs, UserId by)
      implements ChatChange {}

  /** The sender of a message, or a host, deleted it (CH8). */
  record MessageDeleted(long seq, UUID message, UserId by) implements ChatChange {}

  /**
   * A member reacted to a message, or took a reaction back (CH9). The room has all reactions to the
   * message.
   */
  record MessageReacted(long seq, UUID message) implements ChatChange {}

  /** The voice group changed (VO2). The room has the whole group. */
  record VoiceChanged(long seq) implements Change {}

  /** The room ended (RS8). */
  record RoomClosed(long seq, ClosureReason why) implements Change {}

  /** A host's player reported its position (EV9). */
  record SyncReported(double position, boolean playing, double timestampMs, UserId by)
      implements TransientEvent {}

  /** A member began or stopped typing (EV11, EV12). */
  record Typing(UserId userId, DisplayName userName, boolean started) implements TransientEvent {}

  /**
   * A member reacted to the film (FX1).
   *
   * @param emoji in the form of {@link dev.watchnchill.party.chat.Emoji#read}
   */
  record FilmReacted(UserId userId, DisplayName userName, String emoji) implements TransientEvent {}

  /**
   * The page of a speaker sends a signal to that of another one (VO5).
   *
   * @param to the member whose socket alone receives it, while that page speaks for it
   * @param toPeer the page
   */
  record VoiceSignalled(Speaker from, UserId to, UUID toPeer, PeerSignal signal)
      implements TransientEvent {}

  /** A speaker began or stopped speaking (VO7). */
  record SpeakingChanged(UserId userId, boolean on) implements TransientEvent {}

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
    RATE,
    /** A jump was undone. */
    UNDO,
    /** Another film follows one that played (rule QU10). */
    NEXT,
    /** The film has ended and no other follows (rule QU8). */
    ENDED
  }

  /** The outcome of a knock (rule EN4). */
  enum KnockOutcome {
    /** A host let the client in. */
    ACCEPTED,
    /** A host rejected the client. */
    REFUSED,
    /** Nobody answered in time. */
    EXPIRED,
    /** The client gave up, or the room needs no approval any more. */
    WITHDRAWN
  }

  /** Why a room ended. */
  enum ClosureReason {
    /** The room was empty for too long (LV4). */
    EMPTY,
    /** The room was not written to for too long (LF1). */
    EXPIRED
  }
}
