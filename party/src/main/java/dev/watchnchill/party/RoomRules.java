package dev.watchnchill.party;

import dev.watchnchill.party.access.ConnectionRules;
import dev.watchnchill.party.access.DepartureRules;
import dev.watchnchill.party.access.EntryRules;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatRules;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.PlaybackRules;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerSignalRules;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.playback.WaitingRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the commands to a room. Equal rooms, commands and times give equal decisions.
 *
 * <p>Times are ms of server time, which never runs backwards within a process.
 */
public final class RoomRules {
  private final Limits limits;
  private final EntryRules entry;
  private final DepartureRules departure;
  private final ConnectionRules connections;
  private final PlaybackRules playback;
  private final WaitingRules waiting;

  /** Creates the rules with the given bounds. */
  public RoomRules(Limits limits) {
    this.limits = limits;
    this.entry = new EntryRules(limits);
    this.departure = new DepartureRules(limits);
    this.connections = new ConnectionRules(limits);
    this.waiting = new WaitingRules(limits);
    this.playback = new PlaybackRules(limits, waiting);
  }

  /** Returns the bounds of a room. */
  public Limits limits() {
    return limits;
  }

  /** Returns a new room whose creator is on no particular instance. */
  public Room create(
      RoomId id,
      long epoch,
      DisplayName name,
      UserId creator,
      SecretHash hostToken,
      @Nullable SecretHash session,
      long nowMs) {
    return create(id, epoch, name, creator, hostToken, session, null, nowMs);
  }

  /**
   * Returns a new room with its creator as host (rule CR1).
   *
   * @param epoch the epoch of the room, greater than that of any earlier room with this id
   * @param session hash of the session token of the creator's seat, or null
   * @param instance the instance that the creator is connected to, or null
   */
  public Room create(
      RoomId id,
      long epoch,
      DisplayName name,
      UserId creator,
      SecretHash hostToken,
      @Nullable SecretHash session,
      @Nullable InstanceId instance,
      long nowMs) {
    var host = new Member(creator, name, true, nowMs, session, null, instance);
    return new Room(
        id,
        epoch,
        1,
        name,
        hostToken,
        creator,
        name,
        Members.of(List.of(host)),
        null,
        Timeline.idle(nowMs),
        WaitPolicy.DEFAULT,
        ChatLog.EMPTY,
        nowMs,
        nowMs,
        null,
        null,
        false);
  }

  /** Decides on a command when nothing is known of the viewers' players. */
  public Decision decide(Room room, RoomCommand command, long nowMs) {
    return decide(room, Audience.NONE, command, nowMs);
  }

  /** Decides on a command. */
  public Decision decide(Room room, Audience audience, RoomCommand command, long nowMs) {
    UserId actor = command.actor();
    Member member = actor == null ? null : room.members().find(actor);
    Rejection rejection =
        switch (command.right()) {
          case NONE -> null;
          case MEMBER -> member == null ? Rejection.NOT_A_MEMBER : null;
          case HOST ->
              member == null ? Rejection.NOT_A_MEMBER : member.host() ? null : Rejection.NOT_HOST;
        };
    if (rejection != null) {
      return Decision.rejected(room, rejection);
    }
    return switch (command) {
      case RoomCommand.Join join -> entry.join(room, join, nowMs);
      case RoomCommand.Promote promote -> entry.promote(room, promote, nowMs);
      case RoomCommand.Leave leave -> departure.leave(room, leave.actor(), nowMs);
      case RoomCommand.Disconnect lost -> departure.disconnect(room, lost.actor(), nowMs);
      case RoomCommand.Tick _ -> tick(room, audience, nowMs);
      case RoomCommand.MarkInstancesDead dead -> connections.markInstancesDead(room, dead, nowMs);
      case RoomCommand.ReclaimSeats seats -> connections.reclaimSeats(room, seats, nowMs);
      case RoomCommand.SetVideo set -> playback.setVideo(room, set, nowMs);
      case RoomCommand.Play play -> playback.play(room, audience, play, nowMs);
      case RoomCommand.Pause pause -> playback.pause(room, pause, nowMs);
      case RoomCommand.Seek seek -> playback.seek(room, audience, seek, nowMs);
      case RoomCommand.SyncCheck check -> playback.syncCheck(room, check, nowMs);
      case RoomCommand.ReportDuration report -> playback.reportDuration(room, report, nowMs);
      case RoomCommand.SetRate set -> playback.setRate(room, set, nowMs);
      case RoomCommand.SetWaiting set -> waiting.setWaiting(room, set, nowMs);
      case RoomCommand.Ready ready -> ViewerSignalRules.ready(room, ready);
      case RoomCommand.Buffering buffering -> ViewerSignalRules.buffering(room, buffering);
      case RoomCommand.Buffered buffered -> ViewerSignalRules.buffered(room, buffered);
      case RoomCommand.Report report -> ViewerSignalRules.report(room, report);
      case RoomCommand.SendMessage send ->
          ChatRules.send(room, present(member), send, limits, nowMs);
      case RoomCommand.SetTyping type -> ChatRules.type(room, present(member), type);
    };
  }

  /**
   * Carries out what is due: members first, so that the film does not wait for one who just left.
   */
  private Decision tick(Room room, Audience audience, long nowMs) {
    Decision members = departure.tick(room, nowMs);
    if (members.next().closed()) {
      return members;
    }
    Decision film = waiting.tick(members.next(), audience, nowMs);
    var events = new ArrayList<>(members.events());
    events.addAll(film.events());
    return Decision.done(film.next(), events);
  }

  /** Returns the next deadline of a room when nothing is known of the viewers' players. */
  public long nextDeadlineMs(Room room) {
    return nextDeadlineMs(room, Audience.NONE);
  }

  /**
   * Returns when the room next needs a {@link RoomCommand.Tick}, ms since the epoch; a time that
   * has passed means at once. A closed room needs none: {@link Long#MAX_VALUE}.
   */
  public long nextDeadlineMs(Room room, Audience audience) {
    return room.closed()
        ? Long.MAX_VALUE
        : Math.min(departure.nextDeadlineMs(room), waiting.nextDeadlineMs(room, audience));
  }

  private static Member present(@Nullable Member member) {
    if (member == null) {
      throw new IllegalStateException("the right was checked before");
    }
    return member;
  }
}
