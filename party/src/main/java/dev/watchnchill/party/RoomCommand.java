package dev.watchnchill.party;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.subtitle.RequestedTrack;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command to a room, of a client or of the server itself. Times are ms of server time, positions
 * are seconds of the film.
 *
 * <p>Each command names the {@link Right} that it requires. The rules check it before anything
 * else.
 */
public sealed interface RoomCommand
    permits RoomCommand.ServerCommand,
        RoomCommand.MembersCommand,
        RoomCommand.ControlCommand,
        RoomCommand.HostCommand,
        RoomCommand.OwnerCommand,
        QueueCommand,
        VoiceCommand {
  /** Returns the right that the actor must have. */
  Right right();

  /** Returns the member who gives the command, or null for a join and for the server. */
  @Nullable UserId actor();

  /**
   * Takes a seat (rules JN1 to JN11, RS3).
   *
   * @param name requested name
   * @param hostToken hash of the creator's token, or null when none was given
   * @param session hash of the session token of a seat to resume, or null
   * @param current the member whose seat this socket has in this room already, or null
   * @param newUser the id for a new user
   * @param newSession hash of the session token for the seat, or null for a client that cannot
   *     resume
   * @param instance the instance that the client is connected to, or null when that does not matter
   * @param identity what the client can be recognised by
   * @param proof what the client brings to be let in
   */
  record Join(
      DisplayName name,
      @Nullable SecretHash hostToken,
      @Nullable SecretHash session,
      @Nullable UserId current,
      UserId newUser,
      @Nullable SecretHash newSession,
      @Nullable InstanceId instance,
      MemberIdentity identity,
      EntryProof proof)
      implements ServerCommand {
    /** Creates a join of a client that cannot be recognised and brings nothing. */
    public Join(
        DisplayName name,
        @Nullable SecretHash hostToken,
        @Nullable SecretHash session,
        @Nullable UserId current,
        UserId newUser,
        @Nullable SecretHash newSession,
        @Nullable InstanceId instance) {
      this(
          name,
          hostToken,
          session,
          current,
          newUser,
          newSession,
          instance,
          MemberIdentity.NONE,
          EntryProof.NONE);
    }
  }

  /**
   * Asks the hosts to let somebody in, unless this client waits already (rule EN4).
   *
   * @param name requested name
   * @param session hash of the token by which the client finds its knock again, or null
   * @param knock the id for a new knock
   * @param identity what the client can be recognised by
   */
  record RequestEntry(
      DisplayName name, @Nullable SecretHash session, UUID knock, MemberIdentity identity)
      implements ServerCommand {}

  /** Takes a knock back (rule EN4). */
  record WithdrawKnock(UUID knock) implements ServerCommand {}

  /** Lets a waiting person in, or not (rule EN4). */
  record AnswerKnock(UserId actor, UUID knock, boolean accept) implements HostCommand {}

  /**
   * Makes an invitation (rule EN6).
   *
   * @param invitation its id
   * @param token hash of its token
   * @param ttlMs how long it is valid, ms, or null for as long as the room lives
   * @param uses how many people it lets in, or null for any number
   */
  record CreateInvitation(
      UserId actor, UUID invitation, SecretHash token, @Nullable Long ttlMs, @Nullable Integer uses)
      implements HostCommand {}

  /** Ends an invitation (rule EN6). */
  record RevokeInvitation(UserId actor, UUID invitation) implements HostCommand {}

  /**
   * Removes a member, and bans the person with a ban id (rules EN8, EN9).
   *
   * @param ban the id of the ban, or null without one
   * @param minutes how long the ban holds, or null for as long as the room lives
   */
  record RemoveMember(UserId actor, UserId target, @Nullable UUID ban, @Nullable Long minutes)
      implements HostCommand {}

  /** Ends a ban (rule EN10). */
  record LiftBan(UserId actor, UUID ban) implements HostCommand {}

  /** Keeps a member from writing, or lets them write again (rule EN11). */
  record MuteMember(UserId actor, UserId target, boolean muted) implements HostCommand {}

  /** Changes settings of the room (rule RT3). */
  record SetSettings(UserId actor, RoomSettings.Change change) implements HostCommand {}

  /**
   * Sets the room's password, or removes it (rule EN2).
   *
   * @param password its stored form, or null to remove it
   */
  record SetPassword(UserId actor, @Nullable String password) implements HostCommand {
    @Override
    public String toString() {
      return "SetPassword[" + actor + "]";
    }
  }

  /** Makes a host a guest (rule RT6). */
  record Demote(UserId actor, UserId target) implements MembersCommand {}

  /** Hands the room over to another member (rule RT2). */
  record TransferRoom(UserId actor, UserId target) implements OwnerCommand {}

  /**
   * Gives the owner of a transferred room its host token (rule RT2).
   *
   * @param owner the member who gets it
   * @param token hash of the token
   */
  record IssueHostToken(UserId owner, SecretHash token) implements ServerCommand {}

  /**
   * Moves the film to where it would be without the last jump. With {@code ahead} a playing film
   * waits until the players are ready (rules RT8, TL9).
   */
  record UndoSeek(UserId actor, boolean ahead) implements ControlCommand {}

  /** Gives up the seat (rule LV2). */
  record Leave(UserId actor) implements MembersCommand {}

  /**
   * Reports a lost connection. A seat with a session is kept, any other is given up (rules RS2,
   * RS7).
   */
  record Disconnect(UserId actor) implements MembersCommand {}

  /** Makes another member a host (rule PR1). */
  record Promote(UserId actor, UserId target) implements HostCommand {}

  /**
   * Sets the film (rule SV1).
   *
   * @param item the id of the item that it becomes (QU)
   * @param title its title, or null while unknown
   */
  record SetVideo(UserId actor, Media media, UUID item, @Nullable String title)
      implements HostCommand {
    /** Sets a film whose title is unknown. */
    public SetVideo(UserId actor, Media media, UUID item) {
      this(actor, media, item, null);
    }
  }

  /**
   * Plays from a position. With {@code ahead} the start is scheduled so that all viewers start
   * together (rules PB1, TL3).
   */
  record Play(UserId actor, double position, boolean ahead) implements ControlCommand {}

  /**
   * Pauses at a position, or at the film's position when the button was pressed (rules PB2, TL4).
   */
  record Pause(UserId actor, double position, @Nullable Double pressedAtMs)
      implements ControlCommand {}

  /**
   * Seeks to a position, without a change of playing or paused. With {@code ahead} a playing film
   * waits until the players are ready (rules PB3, TL9).
   */
  record Seek(UserId actor, double position, boolean ahead) implements ControlCommand {}

  /** Reports the position of a host's own player (rules SC1, TL5). */
  record SyncCheck(UserId actor, double position, boolean playing, double timestampMs)
      implements HostCommand {}

  /** Reports the length of the film, in seconds, from a host's player (rule TL6). */
  record ReportDuration(UserId actor, double duration) implements HostCommand {}

  /**
   * Reports the delay at which the live stream can be shown to all (rule LS1).
   *
   * @param item the film, counted as in {@link dev.watchnchill.party.playback.Timeline#item}
   * @param delayMs server time less programme time, ms
   * @param replacesMs the delay that it replaces; null for the first one
   */
  record ReportLive(UserId actor, int item, double delayMs, @Nullable Double replacesMs)
      implements HostCommand {}

  /** Sets the playback rate, in seconds of film per second (rule TL10). */
  record SetRate(UserId actor, double rate) implements ControlCommand {}

  /**
   * Sets whether the room waits for viewers whose players stall. A null bound stays as it was (rule
   * WT1).
   */
  record SetWaiting(
      UserId actor,
      WaitPolicy.Mode mode,
      @Nullable Integer seconds,
      @Nullable Integer graceMs,
      @Nullable Integer peopleMax,
      @Nullable Integer strikesMax)
      implements HostCommand {}

  /**
   * Shares subtitles with all members, in place of those that are shared (rule SB1).
   *
   * @param tracks the whole list
   * @param film the link of the film that they belong to, or null for the one that is shown
   */
  record SetSubtitles(UserId actor, List<RequestedTrack> tracks, @Nullable String film)
      implements HostCommand {}

  /** Reports that a player is at the position of a timeline change and can start (rule TL9). */
  record Ready(UserId actor, long seq) implements MembersCommand {}

  /** Reports that a player has stalled since a timeline change (rule WT2). */
  record Buffering(UserId actor, long seq) implements MembersCommand {}

  /** Reports that a player plays again since a timeline change (rule WT2). */
  record Buffered(UserId actor, long seq) implements MembersCommand {}

  /** Reports the state and the figures of a player (rule TL7). */
  record Report(UserId actor, ViewerReport report) implements MembersCommand {}

  /**
   * Sends a chat message (rule CH1). The text is trimmed and not blank. A retry of a message
   * changes nothing (rule CH2).
   *
   * @param replyTo the message that it answers, or null (rule CH6)
   */
  record SendMessage(UserId actor, UUID message, String text, @Nullable UUID replyTo)
      implements MembersCommand {
    /** Creates a message that answers no other. */
    public SendMessage(UserId actor, UUID message, String text) {
      this(actor, message, text, null);
    }
  }

  /** Changes the text of one's own message (rule CH7). The text is trimmed and not blank. */
  record EditMessage(UserId actor, UUID message, String text) implements MembersCommand {}

  /** Deletes a message: one's own, or any as a host (rule CH8). */
  record DeleteMessage(UserId actor, UUID message) implements MembersCommand {}

  /**
   * Reacts to a message, or takes a reaction back (rule CH9).
   *
   * @param emoji in the form of {@link dev.watchnchill.party.chat.Emoji#read}
   */
  record React(UserId actor, UUID message, String emoji, boolean on) implements MembersCommand {}

  /** Reports that a member began or stopped typing (rule TY1). */
  record SetTyping(UserId actor, boolean started) implements MembersCommand {}

  /**
   * Reacts to the film (rule FX1).
   *
   * @param emoji in the form of {@link dev.watchnchill.party.chat.Emoji#read}
   */
  record ReactToFilm(UserId actor, String emoji) implements MembersCommand {}

  /** Carries out what is due by now (rules RS4, LV4, LV5, LF1, TL9, WT2). */
  record Tick() implements ServerCommand {}

  /**
   * Marks the members on dead instances as away (rule IN3). Clients without a session token keep
   * their seats too, because the instance failed and not they.
   *
   * @param seenMs when these instances were last known to be alive
   */
  record MarkInstancesDead(Set<InstanceId> dead, long seenMs) implements ServerCommand {}

  /**
   * Marks the members of a living instance as present again after it was taken for dead (rule IN4).
   *
   * @param seated the members with a socket on the instance, as it knew them
   */
  record ReclaimSeats(InstanceId instance, List<Member> seated) implements ServerCommand {}

  /** A command of the server itself, or of a client that is not a member yet. */
  sealed interface ServerCommand extends RoomCommand {
    @Override
    default Right right() {
      return Right.NONE;
    }

    @Override
    default @Nullable UserId actor() {
      return null;
    }
  }

  /** A command that any member may give. */
  sealed interface MembersCommand extends RoomCommand {
    @Override
    UserId actor();

    @Override
    default Right right() {
      return Right.MEMBER;
    }
  }

  /** A command of those who may control the film (rule RT4). */
  sealed interface ControlCommand extends RoomCommand {
    @Override
    UserId actor();

    @Override
    default Right right() {
      return Right.CONTROL;
    }
  }

  /** A command that only the owner may give (rule RT1). */
  sealed interface OwnerCommand extends RoomCommand {
    @Override
    UserId actor();

    @Override
    default Right right() {
      return Right.OWNER;
    }
  }

  /** A command that only a host may give (rule HR1). */
  sealed interface HostCommand extends RoomCommand {
    @Override
    UserId actor();

    @Override
    default Right right() {
      return Right.HOST;
    }
  }
}
