package dev.watchnchill.party;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody, or the server itself, wants of a room. Times are ms of server time, positions
 * seconds of film.
 *
 * <p>Each command names the {@link Right} it requires; the rules check it before anything else.
 */
public sealed interface RoomCommand {
  /** The right that the actor must have. */
  Right right();

  /** Who wants it, or null for somebody who is not in yet, and for the server. */
  @Nullable UserId actor();

  /**
   * Take a seat (section 5 of the contract).
   *
   * @param name wanted name
   * @param hostToken hash of the creator's token, or null when none was given
   * @param session hash of the secret of a seat to take back, or null
   * @param current the seat that this socket has in this room already, or null
   * @param newUser the id for a new user
   * @param newSession hash of the secret for the seat, or null for a client that cannot come back
   * @param instance which server holds the connection, or null when that does not matter
   */
  record Join(
      DisplayName name,
      @Nullable SecretHash hostToken,
      @Nullable SecretHash session,
      @Nullable UserId current,
      UserId newUser,
      @Nullable SecretHash newSession,
      @Nullable InstanceId instance)
      implements ServerCommand {}

  /** Give up the seat (rule LV2). */
  record Leave(UserId actor) implements MembersCommand {}

  /**
   * The connection was lost: the seat is kept when it has a session, else given up (rules RS2,
   * RS7).
   */
  record Disconnect(UserId actor) implements MembersCommand {}

  /** Give another user a host's right (rule PR1). */
  record Promote(UserId actor, UserId target) implements HostCommand {}

  /** Choose the film (rule SV1). */
  record SetVideo(UserId actor, Media media) implements HostCommand {}

  /**
   * Play from there; {@code ahead} schedules the start so that all begin together (rules PB1, TL3).
   */
  record Play(UserId actor, double position, boolean ahead) implements HostCommand {}

  /** Stand still there, or where the film was when it was pressed (rules PB2, TL4). */
  record Pause(UserId actor, double position, @Nullable Double pressedAtMs)
      implements HostCommand {}

  /**
   * Go there, moving or standing as before; {@code ahead} waits for the players to get there (rules
   * PB3, TL9).
   */
  record Seek(UserId actor, double position, boolean ahead) implements HostCommand {}

  /** A host's own player reports where it is (rules SC1, TL5). */
  record SyncCheck(UserId actor, double position, boolean playing, double timestampMs)
      implements HostCommand {}

  /** A host's player knows how long the film is, in seconds (rule TL6). */
  record ReportDuration(UserId actor, double duration) implements HostCommand {}

  /** The film goes at that rate, in seconds of film per second (rule TL10). */
  record SetRate(UserId actor, double rate) implements HostCommand {}

  /**
   * The room waits for viewers who have run dry, or does not; what is null stays as it was (rule
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

  /** A player stands where that change of the timeline says and can start (rule TL9). */
  record Ready(UserId actor, long seq) implements MembersCommand {}

  /** A player has run dry under that change of the timeline (rule WT2). */
  record Buffering(UserId actor, long seq) implements MembersCommand {}

  /** A player plays again under that change of the timeline (rule WT2). */
  record Buffered(UserId actor, long seq) implements MembersCommand {}

  /** A player tells how it does (rule TL7). */
  record Report(UserId actor, ViewerReport report) implements MembersCommand {}

  /**
   * Say something (rule CH1); the text is trimmed and not blank. The same user saying the same
   * message again says nothing (rule CH2).
   */
  record SendMessage(UserId actor, UUID message, String text) implements MembersCommand {}

  /** Begin or stop typing (rule TY1). */
  record SetTyping(UserId actor, boolean started) implements MembersCommand {}

  /** Time has passed: do what is due (rules RS4, LV4, LV5, LF1, TL9, WT2). */
  record Tick() implements ServerCommand {}

  /**
   * Those servers are dead: whoever was connected to them is away from now on, clients that cannot
   * come back by a secret included, because it was not they who went (rule IN3).
   *
   * @param seenMs when they were last known to be alive
   */
  record MarkInstancesDead(Set<InstanceId> dead, long seenMs) implements ServerCommand {}

  /**
   * That server still holds the connections of those users, whatever was thought of it meanwhile
   * (rule IN4).
   *
   * @param seated as it knew them
   */
  record ReclaimSeats(InstanceId instance, List<Member> seated) implements ServerCommand {}

  /** A command of the server itself, or of somebody who is not in yet. */
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
