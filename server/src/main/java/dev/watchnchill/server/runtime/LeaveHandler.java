package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ServerReply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes sockets out of their rooms (rules JN10, LV2, RS2, RS7, IN9). */
final class LeaveHandler {
  private final RoomRegistry rooms;
  private final AddressLimits limits;
  private volatile boolean keepsSeats;

  LeaveHandler(RoomRegistry rooms, AddressLimits limits) {
    this.rooms = rooms;
    this.limits = limits;
  }

  /** From now on a lost connection gives up no seat: the instance shuts down (rule IN9). */
  void keepSeats() {
    keepsSeats = true;
  }

  /** Handles a client that leaves its room. */
  CompletableFuture<ServerReply> leave(Session session, ClientEvent event, RoomId roomId) {
    Session.Seat seat = session.seat();
    if (seat == null || !seat.room().id().equals(roomId)) {
      return done(ServerReply.done());
    }
    return giveUp(session, event, seat, new RoomCommand.Leave(seat.userId()));
  }

  /** Handles a lost connection. */
  CompletableFuture<ServerReply> disconnected(Session session) {
    session.end();
    Session.Seat seat = session.seat();
    if (seat == null || keepsSeats) {
      return done(ServerReply.done());
    }
    if (!session.resumable()) {
      return giveUp(session, ClientEvent.LEAVE_ROOM, seat, new RoomCommand.Leave(seat.userId()));
    }
    return limits
        .awaySeats()
        .request(session.client())
        .toCompletableFuture()
        .thenCompose(lease -> keepSeat(session, seat, lease.orElse(null)));
  }

  /**
   * Completes an entry. A socket is in one room: having entered another, it leaves the first (rule
   * JN10). A client whose connection was lost while a slow store let it in has no use for its seat
   * any more, and nobody else would take it out.
   *
   * @param former the seat before the entry, or null
   */
  CompletableFuture<ServerReply> afterEntry(
      Session session, Session.@Nullable Seat former, ServerReply result) {
    Session.Seat now = session.seat();
    CompletableFuture<ServerReply> left =
        former == null || now == null || now.isIn(former.room())
            ? done(result)
            : giveUp(
                session, ClientEvent.LEAVE_ROOM, former, new RoomCommand.Leave(former.userId()));
    return left.thenCompose(_ -> session.ended() ? disconnected(session) : done(result))
        .thenApply(_ -> result);
  }

  /** Keeps the seat of a lost client for its grace, when its address may hold one more. */
  private CompletableFuture<ServerReply> keepSeat(
      Session session, Session.Seat seat, AddressLeases.@Nullable Lease lease) {
    if (lease == null) {
      return giveUp(session, ClientEvent.LEAVE_ROOM, seat, new RoomCommand.Leave(seat.userId()));
    }
    return rooms.execute(
        seat.room().id(),
        ClientEvent.LEAVE_ROOM,
        actor -> {
          if (!actor.holds(session, seat.userId())) {
            lease.close();
            return Futures.of(ServerReply.done());
          }
          actor.leases().away(seat.userId(), lease);
          actor.unseat(session, seat.userId());
          return actor
              .departures()
              .apply(seat.userId(), new RoomCommand.Disconnect(seat.userId()))
              .thenApply(_ -> ServerReply.done());
        });
  }

  /** Gives a seat up, when that socket still has it. */
  private CompletableFuture<ServerReply> giveUp(
      Session session, ClientEvent event, Session.Seat seat, RoomCommand command) {
    return rooms.execute(
        seat.room().id(),
        event,
        actor -> {
          if (!actor.holds(session, seat.userId())) {
            return Futures.of(ServerReply.done());
          }
          actor.unseat(session, seat.userId());
          return actor
              .departures()
              .apply(seat.userId(), command)
              .thenApply(_ -> ServerReply.done());
        });
  }

  private static CompletableFuture<ServerReply> done(ServerReply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
