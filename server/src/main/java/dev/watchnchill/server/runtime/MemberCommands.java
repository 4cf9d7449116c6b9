package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the events of members in their room. */
final class MemberCommands {
  /** The work for one event of a member. */
  private sealed interface Plan {
    /** No work: the answer is known. */
    record Answered(CompletableFuture<CommandResult> result) implements Plan {
      Answered(CommandResult result) {
        this(Futures.of(result));
      }
    }

    /**
     * Applies a command.
     *
     * @param answer makes the answer from the decision, which is null when there is no such room
     */
    record Apply(RoomCommand command, Function<@Nullable Decision, CommandResult> answer)
        implements Plan {}
  }

  private final IdSource ids;
  private final ServerClock clock;

  MemberCommands(IdSource ids, ServerClock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Runs the event of a member. */
  CompletableFuture<CommandResult> run(
      RoomActor actor, Session session, ClientEvent event, ClientMessage.InRoom message) {
    Room room = actor.cachedState();
    return room == null
        ? actor.state().thenCompose(loaded -> run(actor, loaded, session, event, message))
        : run(actor, room, session, event, message);
  }

  private CompletableFuture<CommandResult> run(
      RoomActor actor,
      @Nullable Room room,
      Session session,
      ClientEvent event,
      ClientMessage.InRoom message) {
    if (room == null) {
      return Futures.of(
          CommandResult.failed(
              event.namesMissingRoom()
                  ? ErrorReply.roomNotFound()
                  : ErrorReply.notAuthenticated()));
    }
    Session.Seat seat = session.seat();
    if (seat == null || seat.room() != actor) {
      return Futures.of(CommandResult.failed(event.hostsOnly()));
    }
    return switch (plan(actor, room, session, seat, event, message)) {
      case Plan.Answered(CompletableFuture<CommandResult> result) -> result;
      case Plan.Apply(RoomCommand command, var answer) ->
          Futures.compose(actor.apply(command), decision -> Futures.of(answer.apply(decision)));
    };
  }

  private Plan plan(
      RoomActor actor,
      Room room,
      Session session,
      Session.Seat seat,
      ClientEvent event,
      ClientMessage.InRoom message) {
    UserId me = seat.userId();
    boolean ahead = session.resumable();
    return switch (message) {
      case ClientMessage.PromoteHost m -> apply(event, new RoomCommand.Promote(me, m.userId()));
      case ClientMessage.SetVideo m -> apply(event, new RoomCommand.SetVideo(me, m.media()));
      case ClientMessage.PlayVideo m ->
          apply(event, new RoomCommand.Play(me, m.currentTime(), ahead));
      case ClientMessage.PauseVideo m ->
          apply(event, new RoomCommand.Pause(me, m.currentTime(), m.pressedAt()));
      case ClientMessage.SeekVideo m ->
          apply(event, new RoomCommand.Seek(me, m.currentTime(), ahead));
      case ClientMessage.SyncCheck m ->
          apply(
              event, new RoomCommand.SyncCheck(me, m.currentTime(), m.isPlaying(), m.timestamp()));
      case ClientMessage.SetRate m -> apply(event, new RoomCommand.SetRate(me, m.rate()));
      case ClientMessage.SetWaiting m ->
          apply(
              event,
              new RoomCommand.SetWaiting(
                  me, m.mode(), m.seconds(), m.graceMs(), m.peopleMax(), m.strikesMax()));
      case ClientMessage.Ready m -> sign(event, new RoomCommand.Ready(me, m.seq()));
      case ClientMessage.Buffering m -> sign(event, new RoomCommand.Buffering(me, m.seq()));
      case ClientMessage.Buffered m -> sign(event, new RoomCommand.Buffered(me, m.seq()));
      case ClientMessage.ReportDuration m ->
          apply(event, new RoomCommand.ReportDuration(me, m.duration()));
      case ClientMessage.SendMessage m -> say(actor, room, event, me, m);
      case ClientMessage.Typing m -> apply(event, new RoomCommand.SetTyping(me, m.started()));
      case ClientMessage.GetTimeline _ -> new Plan.Answered(timeline(session, room));
      case ClientMessage.Resume m -> new Plan.Answered(resume(actor, event, session, seat, m));
      case ClientMessage.GetPeople m ->
          new Plan.Answered(MemberSearch.find(room, m.after(), m.query()));
    };
  }

  private static Plan apply(ClientEvent event, RoomCommand command) {
    return new Plan.Apply(command, decision -> answer(event, decision));
  }

  /** Returns the answer to a viewer signal, which has no revision (rule AK2). */
  private static Plan sign(ClientEvent event, RoomCommand command) {
    return new Plan.Apply(
        command,
        decision -> {
          CommandResult result = answer(event, decision);
          return result instanceof CommandResult.Done ? CommandResult.done() : result;
        });
  }

  private static CommandResult answer(ClientEvent event, @Nullable Decision decision) {
    if (decision == null) {
      return CommandResult.failed(
          event.namesMissingRoom() ? ErrorReply.roomNotFound() : ErrorReply.notAuthenticated());
    }
    if (decision.rejection() != null) {
      return CommandResult.failed(RejectionReplies.problem(event, decision.rejection(), null));
    }
    return CommandResult.at(decision.next().epoch(), decision.next().seq());
  }

  private Plan say(
      RoomActor actor, Room now, ClientEvent event, UserId me, ClientMessage.SendMessage said) {
    UUID id = said.messageId() == null ? ids.uuid() : said.messageId();
    Long before = actor.broadcaster().messageIds().seqOf(id, me, now);
    return before == null
        ? new Plan.Apply(
            new RoomCommand.SendMessage(me, id, said.message()),
            decision -> said(event, id, decision))
        : new Plan.Answered(said(id, now.epoch(), before));
  }

  private static CommandResult said(ClientEvent event, UUID id, @Nullable Decision decision) {
    CommandResult result = answer(event, decision);
    if (decision == null || !(result instanceof CommandResult.Done)) {
      return result;
    }
    Room room = decision.next();
    // A retry is answered with the seq of the first attempt (rule CH2).
    ChatMessage kept = room.chat().find(id);
    long seq = kept == null ? room.seq() : kept.seq();
    return said(id, room.epoch(), seq);
  }

  private static CommandResult said(UUID id, long epoch, long seq) {
    return new CommandResult.Done(Map.of("messageId", id.toString(), "epoch", epoch, "seq", seq));
  }

  private CommandResult timeline(Session session, Room room) {
    session
        .connection()
        .send(
            "timeline",
            Views.TimelineState.of(room.epoch(), room.timeline(), clock.nowExactMs(), "request"));
    return CommandResult.at(room.epoch(), room.seq());
  }

  private CompletableFuture<CommandResult> resume(
      RoomActor actor,
      ClientEvent event,
      Session session,
      Session.Seat seat,
      ClientMessage.Resume from) {
    return actor
        .reconciler()
        .ensurePresent(seat.userId())
        .thenApply(present -> {
          Room room = actor.cachedState();
          if (room == null || !seat.equals(session.seat())) {
            return CommandResult.failed(ErrorReply.notAuthenticated());
          }
          return present
              ? resumed(actor, room, session, seat, from)
              : CommandResult.failed(event.failed(ErrorCode.UNAVAILABLE));
        });
  }

  private CommandResult resumed(
      RoomActor actor, Room room, Session session, Session.Seat seat, ClientMessage.Resume from) {
    List<List<Object>> missed =
        actor.broadcaster().missedAfter(from.epoch(), from.seq(), seat.userId());
    if (missed != null && from.seq() <= room.seq()) {
      List<List<Object>> events = withPeople(actor, room, seat.userId(), missed);
      return new CommandResult.Done(
          Map.of("epoch", room.epoch(), "seq", room.seq(), "events", events));
    }
    var snapshot =
        new Views.Snapshot(
            actor.presence().state(session, room, seat.userId()),
            Views.Message.history(room),
            Views.TimelineState.of(room.epoch(), room.timeline(), clock.nowExactMs(), "request"));
    return new CommandResult.Done(
        Map.of("epoch", room.epoch(), "seq", room.seq(), "snapshot", snapshot));
  }

  /** Adds the member list of a large room, whose history has no joins and departures (rule PS4). */
  private static List<List<Object>> withPeople(
      RoomActor actor, Room room, UserId reader, List<List<Object>> missed) {
    if (!actor.presence().large()) {
      return missed;
    }
    Outbound members = actor.presence().snapshot(room, reader);
    var events = new ArrayList<>(missed);
    events.add(List.of(members.name(), members.payload()));
    return events;
  }
}
