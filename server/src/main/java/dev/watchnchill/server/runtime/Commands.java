package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Problem;
import dev.watchnchill.server.wire.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a member wants of the room it is in (sections 4 and 7 of the contract). */
final class Commands {
  /** What is to be done for a member. */
  private sealed interface Plan {
    /** Nothing: the answer is known. */
    record Answered(Result result) implements Plan {}

    /**
     * That command.
     *
     * @param answer what to say of the decision; it is null when there is no such room
     */
    record Apply(RoomCommand command, Function<@Nullable Decision, Result> answer)
        implements Plan {}
  }

  private final Ids ids;
  private final ServerClock clock;

  Commands(Ids ids, ServerClock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Does it. May wait for the store. */
  Result run(LiveRoom live, Session session, ClientEvent event, ClientMessage.InRoom message) {
    Room room = live.state();
    if (room == null) {
      return Result.failed(
          event.namesMissingRoom() ? Problem.roomNotFound() : Problem.notAuthenticated());
    }
    return switch (plan(live, room, session, event, message)) {
      case Plan.Answered(Result result) -> result;
      case Plan.Apply(RoomCommand command, var answer) -> answer.apply(live.apply(command));
    };
  }

  /**
   * The same without waiting. Null in the future when it cannot be done so: then {@link #run} does
   * it.
   */
  CompletableFuture<@Nullable Result> runQuickly(
      LiveRoom live, Session session, ClientEvent event, ClientMessage.InRoom message) {
    Room room = live.known();
    if (room == null || message instanceof ClientMessage.Resume) {
      return CompletableFuture.completedFuture(null);
    }
    return switch (plan(live, room, session, event, message)) {
      case Plan.Answered(Result result) -> CompletableFuture.completedFuture(result);
      case Plan.Apply(RoomCommand command, var answer) ->
          live.applyQuickly(command)
              .thenApply(decision -> decision == null ? null : answer.apply(decision));
    };
  }

  private Plan plan(
      LiveRoom live, Room room, Session session, ClientEvent event, ClientMessage.InRoom message) {
    Session.Seat seat = session.seat();
    if (seat == null || seat.room() != live) {
      return new Plan.Answered(Result.failed(event.hostsOnly()));
    }
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
      case ClientMessage.SendMessage m -> say(live, room, event, me, m);
      case ClientMessage.Typing m -> apply(event, new RoomCommand.Type(me, m.started()));
      case ClientMessage.GetTimeline _ -> new Plan.Answered(timeline(session, room));
      case ClientMessage.Resume m -> new Plan.Answered(resume(live, event, session, m));
      case ClientMessage.GetPeople m -> new Plan.Answered(People.find(room, m.after(), m.query()));
    };
  }

  private static Plan apply(ClientEvent event, RoomCommand command) {
    return new Plan.Apply(command, decision -> answer(event, decision));
  }

  /** What a player says of itself has no place in the stream (rule AK2). */
  private static Plan sign(ClientEvent event, RoomCommand command) {
    return new Plan.Apply(
        command,
        decision -> {
          Result result = answer(event, decision);
          return result instanceof Result.Done ? Result.done() : result;
        });
  }

  private static Result answer(ClientEvent event, @Nullable Decision decision) {
    if (decision == null) {
      return Result.failed(
          event.namesMissingRoom() ? Problem.roomNotFound() : Problem.notAuthenticated());
    }
    if (decision.refusal() != null) {
      return Result.failed(Refusals.problem(event, decision.refusal(), null));
    }
    return Result.at(decision.next().epoch(), decision.next().seq());
  }

  private Plan say(
      LiveRoom live, Room now, ClientEvent event, UserId me, ClientMessage.SendMessage said) {
    UUID id = said.messageId() == null ? ids.uuid() : said.messageId();
    Long before = live.news().said().seqOf(id, me, now);
    return before == null
        ? new Plan.Apply(
            new RoomCommand.SendMessage(me, id, said.message()),
            decision -> said(event, id, decision))
        : new Plan.Answered(said(id, now.epoch(), before));
  }

  private static Result said(ClientEvent event, UUID id, @Nullable Decision decision) {
    Result result = answer(event, decision);
    if (decision == null || !(result instanceof Result.Done)) {
      return result;
    }
    Room room = decision.next();
    // Said again, it stands where it was said (rule CH2).
    ChatMessage kept = room.chat().find(id);
    long seq = kept == null ? room.seq() : kept.seq();
    return said(id, room.epoch(), seq);
  }

  private static Result said(UUID id, long epoch, long seq) {
    return new Result.Done(Map.of("messageId", id.toString(), "epoch", epoch, "seq", seq));
  }

  private Result timeline(Session session, Room room) {
    session
        .connection()
        .send(
            "timeline",
            Views.TimelineState.of(room.epoch(), room.timeline(), clock.nowExactMs(), "request"));
    return Result.at(room.epoch(), room.seq());
  }

  private Result resume(
      LiveRoom live, ClientEvent event, Session session, ClientMessage.Resume from) {
    Session.Seat seat = session.seat();
    boolean certain = seat != null && live.presence().certain(seat.userId());
    Room room = live.known();
    if (seat == null || room == null || !seat.equals(session.seat())) {
      return Result.failed(Problem.notAuthenticated());
    }
    if (!certain) {
      return Result.failed(event.failed(ErrorCode.UNAVAILABLE));
    }
    List<List<Object>> missed = live.news().missedAfter(from.epoch(), from.seq(), seat.userId());
    if (missed != null && from.seq() <= room.seq()) {
      List<List<Object>> events = withPeople(live, room, seat.userId(), missed);
      return new Result.Done(Map.of("epoch", room.epoch(), "seq", room.seq(), "events", events));
    }
    var snapshot =
        new Views.Snapshot(
            live.crowd().state(session, room, seat.userId()),
            Views.Message.history(room),
            Views.TimelineState.of(room.epoch(), room.timeline(), clock.nowExactMs(), "request"));
    return new Result.Done(Map.of("epoch", room.epoch(), "seq", room.seq(), "snapshot", snapshot));
  }

  /** What became of people meanwhile is not among the events of a big room (rule PS4). */
  private static List<List<Object>> withPeople(
      LiveRoom live, Room room, UserId reader, List<List<Object>> missed) {
    if (!live.crowd().big()) {
      return missed;
    }
    Outbound people = live.crowd().snapshot(room, reader);
    var events = new ArrayList<>(missed);
    events.add(List.of(people.name(), people.payload()));
    return events;
  }
}
