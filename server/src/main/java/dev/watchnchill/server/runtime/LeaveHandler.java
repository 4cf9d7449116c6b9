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
  CompletableFuture<ServerReply> leave(Session session, RoomId roomId) {
    Session.Wait wait = session.waiting();
    if (wait != null && wait.roomId().equals(roomId)) {
      session.endWait(wait);
      wait.giveUp();
    }
    Session.Seat seat = session.seat();
    if (seat == null || !seat.room().id().equals(roomId)) {
      return done(ServerReply.done());
    }
    return giveUp(session, seat);
  }

  /**
   * Handles a lost connection. The seat is kept for its grace when the client can resume it, and
   * its address may hold one more.
   */
  CompletableFuture<ServerReply> disconnected(Session session) {
    session.end();
    Session.Wait wait = session.waitAt(null);
    if (wait != null) {
      wait.disconnected();
    }
    Session.Seat seat = session.seat();
    if (seat == null || keepsSeats) {
      return done(ServerReply.done());
    }
    if (!session.resumable()) {
      return giveUp(session, seat);
    }
    return limits
        .awaySeats()
        .request(session.client())
        .toCompletableFuture()
        .thenCompose(lease ->
            lease.isEmpty()
                ? giveUp(session, seat)
                : depart(session, seat, new RoomCommand.Disconnect(seat.userId()), lease.get()));
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
    Session.Wait wait = session.waiting();
    if (wait != null && now != null && result.ok()) { // it is in a room, and needs no other
      session.endWait(wait);
      wait.giveUp();
    }
    CompletableFuture<ServerReply> left =
        former == null || now == null || now.isIn(former.room())
            ? done(result)
            : giveUp(session, former);
    return left.thenCompose(_ -> session.ended() ? disconnected(session) : done(result))
        .thenApply(_ -> result);
  }

  /**
   * Applies a departure, when that socket still has the seat.
   *
   * @param away the lease for an away seat of the client's address, or null when the seat is given
   *     up
   */
  private CompletableFuture<ServerReply> depart(
      Session session, Session.Seat seat, RoomCommand command, AddressLeases.@Nullable Lease away) {
    return rooms.execute(
        seat.room().id(),
        ClientEvent.LEAVE_ROOM,
        actor -> {
          if (!actor.holds(session, seat.userId())) {
            if (away != null) {
              away.close();
            }
            return Futures.of(ServerReply.done());
          }
          if (away != null) {
            actor.leases().away(seat.userId(), away);
          }
          actor.unseat(session, seat.userId());
          return actor
              .departures()
              .apply(seat.userId(), command)
              .thenApply(_ -> ServerReply.done());
        });
  }

  /** Gives a seat up, when that socket still has it. */
  private CompletableFuture<ServerReply> giveUp(Session session, Session.Seat seat) {
    return depart(session, seat, new RoomCommand.Leave(seat.userId()), null);
  }

  private static CompletableFuture<ServerReply> done(ServerReply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
