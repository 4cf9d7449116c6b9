package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.NewRoom;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Creates rooms and lets sockets join them (rules CR1, JN1 to JN9, RS1, RS3). */
final class JoinHandler {
  private final RoomContext context;
  private final IdSource ids;

  JoinHandler(RoomContext context, IdSource ids) {
    this.context = context;
    this.ids = ids;
  }

  /**
   * The choices of a room's creator.
   *
   * @param password the stored form of the password, or null
   */
  record Creation(DisplayName hostName, RoomSettings settings, @Nullable String password) {}

  /** Creates a room under the id of that actor; null when the id is taken (rule ID1). */
  CompletableFuture<@Nullable ServerReply> create(
      RoomActor actor, Session session, Creation creation, AddressLeases.Lease lease) {
    String hostToken = ids.uuid().toString();
    String sessionToken = session.resumable() ? ids.sessionToken() : null;
    UserId creator = newUser();
    long nowMs = context.clock().nowMs();
    var secret = RoomSecret.of(ids.secretBytes());
    Room room =
        context
            .rules()
            .create(
                new NewRoom(
                    actor.id(),
                    nowMs,
                    creation.hostName(),
                    creator,
                    SecretHash.of(hostToken),
                    hashed(sessionToken),
                    context.instances().self(),
                    session.identity(secret),
                    secret,
                    creation.settings(),
                    creation.password()),
                nowMs);
    return actor
        .create(room)
        .<@Nullable ServerReply>thenApply(stored -> {
          if (!stored) {
            return null;
          }
          actor.leases().created(lease);
          session
              .connection()
              .send(
                  new ServerMessage.RoomCreated(
                      room.id().value(),
                      RoomState.of(
                          room,
                          creator,
                          session.resumable(),
                          context.rules().limits().voiceMax(),
                          nowMs),
                      hostToken,
                      room.epoch(),
                      room.seq()));
          actor.seat(session, creator, sessionToken);
          actor.snapshot().send(session, room, creator, sessionToken, false);
          return new ServerReply.Created(room.id().value(), creator.toString());
        });
  }

  private UserId newUser() {
    return new UserId(ids.uuid());
  }

  /**
   * Gives a socket a seat in the room, if the rules allow it.
   *
   * @param knockToken the token by which the client finds its knock, or null
   */
  CompletableFuture<ServerReply> join(
      RoomActor actor,
      Session session,
      ClientRequest.JoinRoom join,
      EntryProof proof,
      @Nullable String knockToken) {
    return Futures.compose(
        actor.state(),
        room ->
            room == null
                ? Futures.of(ServerReply.failed(ErrorReply.roomNotFound()))
                : join(actor, room, session, join, proof, knockToken));
  }

  private CompletableFuture<ServerReply> join(
      RoomActor actor,
      Room room,
      Session session,
      ClientRequest.JoinRoom join,
      EntryProof proof,
      @Nullable String knockToken) {
    Session.Seat held = session.seat();
    UserId current = held != null && held.isIn(actor) ? held.userId() : null;
    String broughtToken = join.sessionToken() == null ? session.authToken() : join.sessionToken();
    String waited = knockToken == null ? knockToken(room, broughtToken) : knockToken;
    // A client that waited keeps its token: when the connection is lost before it receives the
    // seat, it finds the seat by the token of the knock (rule EN4).
    String freshToken = !session.resumable() ? null : waited == null ? ids.sessionToken() : waited;
    UserId newUser = newUser();
    var command =
        new RoomCommand.Join(
            join.userName(),
            hashed(join.hostToken()),
            hashed(broughtToken),
            current,
            newUser,
            hashed(freshToken),
            context.instances().self(),
            session.identity(room.entry().secret()),
            proof);
    return applyUnseenBy(session, actor, current, command)
        .whenComplete((_, failure) -> {
          // It may be stored nevertheless, and then no socket has that seat.
          if (failure != null && actor.position() != null) {
            actor.departures().defer(newUser, new RoomCommand.Leave(newUser));
          }
        })
        .thenCompose(decision -> withoutPendingDepartures(actor, command, decision))
        .thenApply(decision -> {
          if (decision == null) {
            return ServerReply.failed(ErrorReply.roomNotFound());
          }
          Decision.JoinResult seat = decision.joined();
          if (seat == null) {
            return rejected(decision, join.userName());
          }
          String token =
              switch (seat.kind()) {
                case NEW, TAKEN_OVER -> freshToken;
                case RESUMED -> broughtToken;
                case SAME -> held == null ? null : held.token();
              };
          if (current != null && !current.equals(seat.userId())) {
            actor.unseat(session, current);
          }
          return seated(actor, session, decision.next(), seat, token);
        });
  }

  /** Returns the token that a client brings, when it is that of a knock, or null. */
  static @Nullable String knockToken(Room room, @Nullable String broughtToken) {
    SecretHash hash = hashed(broughtToken);
    for (Knock knock : hash == null ? List.<Knock>of() : room.entry().knocks()) {
      if (hash != null && knock.session() != null && knock.session().matches(hash)) {
        return broughtToken;
      }
    }
    return null;
  }

  private static ServerReply rejected(Decision decision, DisplayName name) {
    var rejection = decision.rejection();
    if (rejection == null) {
      throw new IllegalStateException("a join is either seated or rejected");
    }
    return ServerReply.failed(RejectionReplies.problem(ClientEvent.JOIN_ROOM, rejection, name));
  }

  private static ServerReply seated(
      RoomActor actor,
      Session session,
      Room room,
      Decision.JoinResult seat,
      @Nullable String token) {
    boolean resumed = seat.kind() == SeatKind.RESUMED;
    actor.seat(session, seat.userId(), token);
    actor.snapshot().send(session, room, seat.userId(), token, resumed);
    return new ServerReply.Joined(actor.id().value(), seat.userId().toString(), resumed);
  }

  static @Nullable SecretHash hashed(@Nullable String token) {
    return token == null ? null : SecretHash.of(token);
  }

  /**
   * Stores the pending departures and decides again, when a join was rejected for its name or for
   * want of a seat. One of them may be the joiner's own: after an outage, a client tries again at
   * once a join whose answer was lost.
   */
  private static CompletableFuture<@Nullable Decision> withoutPendingDepartures(
      RoomActor actor, RoomCommand.Join command, @Nullable Decision decision) {
    Rejection rejection = decision == null ? null : decision.rejection();
    boolean needsSeat = rejection == Rejection.NAME_TAKEN || rejection == Rejection.ROOM_FULL;
    if (!needsSeat || actor.departures().isEmpty()) {
      return Futures.<@Nullable Decision>of(decision);
    }
    return actor.departures().settleNow().thenCompose(_ -> actor.apply(command));
  }

  /**
   * Applies a join of a socket that may change its seat: the other sockets receive its events, this
   * one does not (rule JN8).
   */
  private static CompletableFuture<@Nullable Decision> applyUnseenBy(
      Session session, RoomActor actor, @Nullable UserId current, RoomCommand.Join command) {
    if (current == null) {
      return actor.apply(command);
    }
    session.connection().unsubscribe(actor.id());
    return actor
        .apply(command)
        .whenComplete((_, _) -> {
          if (actor.holds(session, current)) {
            session.connection().subscribe(actor.id());
          }
        });
  }
}
