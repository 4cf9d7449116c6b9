package dev.watchnchill.party;

import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.access.ConnectionRules;
import dev.watchnchill.party.access.DepartureRules;
import dev.watchnchill.party.access.EntryRules;
import dev.watchnchill.party.access.HostRules;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatRules;
import dev.watchnchill.party.entry.BanRules;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.InvitationRules;
import dev.watchnchill.party.entry.KnockRules;
import dev.watchnchill.party.entry.MuteRules;
import dev.watchnchill.party.entry.RemovalRules;
import dev.watchnchill.party.entry.SettingsRules;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.PlaybackRules;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerSignalRules;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.playback.WaitingRules;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueRules;
import dev.watchnchill.party.subtitle.SubtitleRules;
import dev.watchnchill.party.voice.VoiceGroup;
import dev.watchnchill.party.voice.VoiceRules;
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
  private final QueueRules queue;
  private final VoiceRules voice;

  /** Creates the rules with the given bounds. */
  public RoomRules(Limits limits) {
    this.limits = limits;
    this.entry = new EntryRules(limits);
    this.departure = new DepartureRules(limits);
    this.connections = new ConnectionRules(limits);
    this.waiting = new WaitingRules(limits);
    this.playback = new PlaybackRules(limits, waiting);
    this.queue = new QueueRules(waiting);
    this.voice = new VoiceRules(limits.voiceMax());
  }

  /** Returns the bounds of a room. */
  public Limits limits() {
    return limits;
  }

  /** Returns an open room whose creator is on no particular instance. */
  public Room create(
      RoomId id,
      long epoch,
      DisplayName name,
      UserId creator,
      SecretHash hostToken,
      @Nullable SecretHash session,
      long nowMs) {
    return create(new NewRoom(id, epoch, name, creator, hostToken, session, null), nowMs);
  }

  /** Returns a new room with its creator as host and owner (rules CR1, RT1, RT3). */
  public Room create(NewRoom made, long nowMs) {
    var host =
        new Member(
            made.creator(),
            made.name(),
            true,
            nowMs,
            made.session(),
            null,
            made.instance(),
            made.identity(),
            false,
            0);
    return new Room(
        made.id(),
        made.epoch(),
        1,
        made.name(),
        made.hostToken(),
        made.creator(),
        made.name(),
        Members.of(List.of(host)),
        null,
        Timeline.idle(nowMs),
        WaitPolicy.DEFAULT,
        ChatLog.EMPTY,
        nowMs,
        nowMs,
        null,
        null,
        false,
        SettingsRules.withPassword(made.settings(), made.password() != null),
        EntryState.of(made.secret(), made.password()),
        null,
        Queue.EMPTY,
        List.of(),
        VoiceGroup.NONE);
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
          case MEMBER, CONTROL, QUEUE, HOST, OWNER ->
              member == null ? Rejection.NOT_A_MEMBER : missingRight(room, command.right(), member);
        };
    if (rejection != null) {
      return Decision.rejected(room, rejection);
    }
    Decision decision = decide(room, audience, member, command, nowMs);
    Decision film = SubtitleRules.follow(room, queue.follow(room, decision, audience, nowMs));
    return VoiceRules.follow(room, film, nowMs);
  }

  private Decision decide(
      Room room, Audience audience, @Nullable Member member, RoomCommand command, long nowMs) {
    return switch (command) {
      case RoomCommand.Join join -> entry.join(room, join, nowMs);
      case RoomCommand.RequestEntry request -> KnockRules.request(room, request, nowMs);
      case RoomCommand.WithdrawKnock withdraw -> KnockRules.withdraw(room, withdraw, nowMs);
      case RoomCommand.AnswerKnock answer -> KnockRules.answer(room, answer, nowMs);
      case RoomCommand.CreateInvitation create ->
          InvitationRules.create(room, present(member), create, nowMs);
      case RoomCommand.RevokeInvitation revoke -> InvitationRules.revoke(room, revoke, nowMs);
      case RoomCommand.RemoveMember remove -> RemovalRules.remove(room, remove, nowMs);
      case RoomCommand.LiftBan lift -> BanRules.lift(room, lift, nowMs);
      case RoomCommand.MuteMember mute -> MuteRules.mute(room, mute, nowMs);
      case RoomCommand.SetSettings set -> SettingsRules.set(room, set, nowMs);
      case RoomCommand.SetPassword set -> SettingsRules.password(room, set, nowMs);
      case RoomCommand.Promote promote -> HostRules.promote(room, promote, nowMs);
      case RoomCommand.Demote demote -> HostRules.demote(room, demote, nowMs);
      case RoomCommand.TransferRoom transfer -> HostRules.transfer(room, transfer, nowMs);
      case RoomCommand.IssueHostToken issue -> HostRules.issue(room, issue, nowMs);
      case RoomCommand.Leave leave -> departure.leave(room, leave.actor(), nowMs);
      case RoomCommand.Disconnect lost -> departure.disconnect(room, lost.actor(), nowMs);
      case RoomCommand.Tick _ -> tick(room, audience, nowMs);
      case RoomCommand.MarkInstancesDead dead -> connections.markInstancesDead(room, dead, nowMs);
      case RoomCommand.ReclaimSeats seats -> connections.reclaimSeats(room, seats, nowMs);
      case RoomCommand.SetVideo set -> QueueRules.setVideo(room, present(member), set, nowMs);
      case RoomCommand.Play play -> playback.play(room, audience, play, nowMs);
      case RoomCommand.Pause pause -> playback.pause(room, audience, pause, nowMs);
      case RoomCommand.Seek seek -> playback.seek(room, audience, seek, nowMs);
      case RoomCommand.UndoSeek undo -> playback.undoSeek(room, audience, undo, nowMs);
      case RoomCommand.SyncCheck check -> playback.syncCheck(room, check, nowMs);
      case RoomCommand.ReportDuration report -> playback.reportDuration(room, report, nowMs);
      case RoomCommand.ReportLive report -> playback.reportLive(room, report, nowMs);
      case RoomCommand.SetRate set -> playback.setRate(room, set, nowMs);
      case RoomCommand.SetWaiting set -> waiting.setWaiting(room, set, nowMs);
      case RoomCommand.SetSubtitles set -> SubtitleRules.set(room, set, nowMs);
      case RoomCommand.Ready ready -> ViewerSignalRules.ready(room, ready);
      case RoomCommand.Buffering buffering -> ViewerSignalRules.buffering(room, buffering);
      case RoomCommand.Buffered buffered -> ViewerSignalRules.buffered(room, buffered);
      case RoomCommand.Report report -> ViewerSignalRules.report(room, report);
      case QueueCommand.MemberQueueCommand change ->
          queue.decide(room, audience, present(member), change, nowMs);
      case QueueCommand.RecordLookup found -> QueueRules.lookedUp(room, found, nowMs);
      case VoiceCommand speak -> voice.decide(room, speak);
      case RoomCommand.SendMessage send ->
          ChatRules.send(room, present(member), send, limits, nowMs);
      case RoomCommand.EditMessage edit -> ChatRules.edit(room, present(member), edit, nowMs);
      case RoomCommand.DeleteMessage delete ->
          ChatRules.delete(room, present(member), delete, nowMs);
      case RoomCommand.React react -> ChatRules.react(room, present(member), react, nowMs);
      case RoomCommand.SetTyping type -> ChatRules.type(room, present(member), type);
      case RoomCommand.ReactToFilm react -> ChatRules.reactToFilm(room, present(member), react);
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
    Decision knocks = KnockRules.tick(members.next(), nowMs);
    Decision film = waiting.tick(knocks.next(), audience, nowMs);
    Decision end = queue.tick(film.next(), audience, nowMs);
    var events = new ArrayList<>(members.events());
    events.addAll(knocks.events());
    events.addAll(film.events());
    events.addAll(end.events());
    return Decision.done(end.next(), events);
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
        : Math.min(
            Math.min(departure.nextDeadlineMs(room), KnockRules.nextDeadlineMs(room)),
            Math.min(
                waiting.nextDeadlineMs(room, audience), QueueRules.nextDeadlineMs(room, audience)));
  }

  private static @Nullable Rejection missingRight(Room room, Right right, Member member) {
    return switch (right) {
      case NONE, MEMBER -> null;
      case CONTROL ->
          member.host() || room.settings().control() == Who.EVERYONE ? null : Rejection.NOT_HOST;
      case QUEUE ->
          member.host() || room.settings().queue() == Who.EVERYONE ? null : Rejection.NOT_HOST;
      case HOST -> member.host() ? null : Rejection.NOT_HOST;
      case OWNER -> room.isOwner(member.id()) ? null : Rejection.NOT_OWNER;
    };
  }

  private static Member present(@Nullable Member member) {
    if (member == null) {
      throw new IllegalStateException("the right was checked before");
    }
    return member;
  }
}
