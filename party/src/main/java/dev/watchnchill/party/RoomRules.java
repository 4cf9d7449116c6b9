package dev.watchnchill.party;

import dev.watchnchill.party.access.DepartureRules;
import dev.watchnchill.party.access.EntryRules;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatRules;
import dev.watchnchill.party.playback.PlaybackRules;
import dev.watchnchill.party.playback.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a room. The same room, command and time always give the same decision.
 *
 * <p>Times are ms of server time, which never runs backwards within a process.
 */
public final class RoomRules {
  private final Limits limits;
  private final EntryRules entry;
  private final DepartureRules departure;
  private final PlaybackRules playback;

  /** The rules within these bounds. */
  public RoomRules(Limits limits) {
    this.limits = limits;
    this.entry = new EntryRules(limits);
    this.departure = new DepartureRules(limits);
    this.playback = new PlaybackRules(limits);
  }

  /** The bounds that hold. */
  public Limits limits() {
    return limits;
  }

  /**
   * A new room with its creator in it as host (rule CR1).
   *
   * @param epoch which life of that id this is
   * @param session hash of the secret of the creator's seat, or null
   */
  public Room create(
      RoomId id,
      long epoch,
      DisplayName name,
      UserId creator,
      SecretHash hostToken,
      @Nullable SecretHash session,
      long nowMs) {
    var host = new Member(creator, name, true, nowMs, session, null);
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
        ChatLog.EMPTY,
        nowMs,
        nowMs,
        null,
        null,
        false);
  }

  /** What the room answers to that command at that time. */
  public Decision decide(Room room, RoomCommand command, long nowMs) {
    UserId actor = command.actor();
    Member member = actor == null ? null : room.members().find(actor);
    Refusal refusal =
        switch (command.right()) {
          case NONE -> null;
          case MEMBER -> member == null ? Refusal.NOT_A_MEMBER : null;
          case HOST ->
              member == null ? Refusal.NOT_A_MEMBER : member.host() ? null : Refusal.NOT_HOST;
        };
    if (refusal != null) {
      return Decision.refused(room, refusal);
    }
    return switch (command) {
      case RoomCommand.Join join -> entry.join(room, join, nowMs);
      case RoomCommand.Promote promote -> entry.promote(room, promote, nowMs);
      case RoomCommand.Leave leave -> departure.leave(room, leave.actor(), nowMs);
      case RoomCommand.Drop drop -> departure.drop(room, drop.actor(), nowMs);
      case RoomCommand.Tick _ -> departure.tick(room, nowMs);
      case RoomCommand.SetVideo set -> playback.setVideo(room, set, nowMs);
      case RoomCommand.Play play -> playback.play(room, play, nowMs);
      case RoomCommand.Pause pause -> playback.pause(room, pause, nowMs);
      case RoomCommand.Seek seek -> playback.seek(room, seek, nowMs);
      case RoomCommand.SyncCheck check -> playback.syncCheck(room, check, nowMs);
      case RoomCommand.ReportDuration report -> playback.reportDuration(room, report, nowMs);
      case RoomCommand.SendMessage send ->
          ChatRules.send(room, present(member), send, limits, nowMs);
      case RoomCommand.Type type -> ChatRules.type(room, present(member), type);
    };
  }

  /**
   * When the room next has something to do by itself, ms since the epoch: give it a {@link
   * RoomCommand.Tick} then. {@link Long#MAX_VALUE} for a closed room, which is never due again.
   */
  public long nextDeadlineMs(Room room) {
    return departure.nextDeadlineMs(room);
  }

  private static Member present(@Nullable Member member) {
    if (member == null) {
      throw new IllegalStateException("the right was checked before");
    }
    return member;
  }
}
