package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.server.wire.Problem;
import dev.watchnchill.server.wire.Views;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a socket gets into a room and what it hears first (rules CR1, JN1 to JN9, RS1, RS3). */
final class Entrance {
  private final RoomContext context;
  private final Ids ids;

  Entrance(RoomContext context, Ids ids) {
    this.context = context;
    this.ids = ids;
  }

  /** Creates a room under the id of that live room; null when the id is taken (rule ID1). */
  @Nullable Result create(
      LiveRoom live, Session session, DisplayName hostName, AddressLeases.Lease lease) {
    String hostToken = ids.uuid().toString();
    String sessionToken = session.resumable() ? ids.sessionToken() : null;
    UserId creator = RoomService.newUser(ids);
    long nowMs = context.clock().nowMs();
    Room room =
        context
            .rules()
            .create(
                live.id(),
                nowMs,
                hostName,
                creator,
                SecretHash.of(hostToken),
                hashed(sessionToken),
                context.instances().self(),
                nowMs);
    if (!live.create(room)) {
      return null;
    }
    live.leases().created(lease);
    session
        .connection()
        .send(
            "room-created",
            new Payloads.RoomCreated(
                room.id().value(),
                Views.RoomState.of(room, nowMs),
                hostToken,
                room.epoch(),
                room.seq()));
    live.seat(session, creator, sessionToken);
    live.welcome().send(session, room, creator, sessionToken, false);
    return new Result.Done(Map.of("roomId", room.id().value(), "userId", creator.toString()));
  }

  Result join(LiveRoom live, Session session, ClientMessage.JoinRoom join) {
    Session.Seat held = session.seat();
    UserId current = held != null && held.room() == live ? held.userId() : null;
    String broughtToken = join.sessionToken() == null ? session.authToken() : join.sessionToken();
    String freshToken = session.resumable() ? ids.sessionToken() : null;
    UserId newUser = RoomService.newUser(ids);
    Decision decision;
    try {
      decision =
          live.applyUnheardBy(
              session,
              current,
              new RoomCommand.Join(
                  join.userName(),
                  hashed(join.hostToken()),
                  hashed(broughtToken),
                  current,
                  newUser,
                  hashed(freshToken),
                  context.instances().self()));
    } catch (RuntimeException e) {
      // It may be written all the same, and then nobody sits in that seat.
      if (live.position() != null) {
        live.owe(newUser, new RoomCommand.Leave(newUser));
      }
      throw e;
    }
    if (decision == null) {
      return Result.failed(Problem.roomNotFound());
    }
    Decision.Seat seat = decision.seat();
    if (seat == null) {
      var refusal = decision.refusal();
      if (refusal == null) {
        throw new IllegalStateException("a join is either seated or refused");
      }
      return Result.failed(Refusals.problem(ClientEvent.JOIN_ROOM, refusal, join.userName()));
    }
    String token =
        switch (seat.kind()) {
          case NEW, TAKEN_OVER -> freshToken;
          case RESUMED -> broughtToken;
          case SAME -> held == null ? null : held.token();
        };
    boolean resumed = seat.kind() == SeatKind.RESUMED;
    if (current != null && !current.equals(seat.userId())) {
      live.unseat(session, current);
    }
    live.seat(session, seat.userId(), token);
    live.welcome().send(session, decision.next(), seat.userId(), token, resumed);
    return new Result.Done(
        Map.of(
            "roomId", live.id().value(), "userId", seat.userId().toString(), "resumed", resumed));
  }

  private static @Nullable SecretHash hashed(@Nullable String token) {
    return token == null ? null : SecretHash.of(token);
  }
}
