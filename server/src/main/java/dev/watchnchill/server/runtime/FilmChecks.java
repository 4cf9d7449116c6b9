package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before a command enters its room, that all viewers can get the library film that the
 * command would show (rule LB16). The room's tasks do not wait for the answers of other instances.
 */
final class FilmChecks {
  private final RoomRegistry rooms;
  private final RoomContext context;
  private final MemberCommands commands;
  private final FilmReach reach;

  FilmChecks(RoomRegistry rooms, RoomContext context, MemberCommands commands, FilmReach reach) {
    this.rooms = rooms;
    this.context = context;
    this.commands = commands;
    this.reach = reach;
  }

  /** Returns whether an event may show a film that has to be checked first. */
  boolean applyTo(ClientEvent event, ClientRequest.ForCommand request) {
    return reach.matters()
        && switch (request) {
          case ClientRequest.SetVideo set -> set.media().libraryId().isPresent();
          case ClientRequest.QueueAdd add -> add.films().getFirst().media().libraryId().isPresent();
          case ClientRequest.Command _ ->
              event == ClientEvent.QUEUE_PLAY
                  || event == ClientEvent.QUEUE_NEXT
                  || event == ClientEvent.QUEUE_PREVIOUS;
          case ClientRequest.ViewerSignal _,
              ClientRequest.SendMessage _,
              ClientRequest.CreateInvite _,
              ClientRequest.RemoveMember _,
              ClientRequest.JoinVoice _,
              ClientRequest.SendSignal _ ->
              false;
        };
  }

  /** A film that a command would show, and the viewers who would watch it. */
  private record Shown(String film, Map<InstanceId, Integer> viewers) {}

  /** Runs a command, unless it would show a film that not all viewers can get. */
  CompletableFuture<ServerReply> check(
      Session session,
      ClientEvent event,
      ClientRequest.ForCommand request,
      Supplier<CompletableFuture<ServerReply>> command) {
    var shown = new AtomicReference<@Nullable Shown>();
    return rooms
        .answer(
            request.roomId(),
            event,
            (actor, room) -> {
              shown.set(room == null ? null : shown(actor, room, session, event, request));
              return ServerReply.done();
            })
        .thenCompose(reply -> {
          Shown film = shown.get();
          return !reply.ok()
              ? Futures.of(reply)
              : film == null
                  ? command.get()
                  : reach
                      .missing(film.viewers(), List.of(film.film()))
                      .thenCompose(missing ->
                          missing.isEmpty()
                              ? command.get()
                              : Futures.of(
                                  ServerReply.failed(
                                      ErrorReply.filmNotOnEveryServer(
                                          missing.getOrDefault(film.film(), 0)))));
        });
  }

  /** Returns the film of the library that a command would show, or null. */
  private @Nullable Shown shown(
      RoomActor actor,
      Room room,
      Session session,
      ClientEvent event,
      ClientRequest.ForCommand request) {
    if (!(commands.resolve(actor, room, session, event, request)
        instanceof MemberCommands.CommandToApply(var command, _))) {
      return null; // what is wrong with it is said when it is applied
    }
    Decision decision =
        context.rules().decide(room, actor.viewers().audience(), command, context.clock().nowMs());
    Room next = decision.next();
    if (decision.rejection() != null
        || next.media() == null
        || next.timeline().item() == room.timeline().item()) {
      return null;
    }
    String film = next.media().libraryId().orElse(null);
    return film == null ? null : new Shown(film, reach.viewers(room));
  }
}
