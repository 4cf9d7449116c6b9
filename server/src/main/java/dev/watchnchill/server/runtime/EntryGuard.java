package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.limit.EntryLimit.Verdict;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.ServerReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies the limits of a client address to everything that names a room which the client is not in
 * (rules RL8 to RL11).
 *
 * <p>Over a limit an entry needs a proof that the client belongs in the room. Without one the
 * answer is the same, and comes at the same moment, whether the room exists or not.
 */
final class EntryGuard {
  /**
   * A rejection for want of a proof is sent at a multiple of this, however long the look-up took.
   */
  static final long REFUSAL_STEP_MS = 250;

  private final AddressLimits limits;
  private final RoomRegistry rooms;
  private final KnockHandler joins;
  private final PasswordHandler passwords;
  private final RoomContext context;

  EntryGuard(
      AddressLimits limits,
      RoomRegistry rooms,
      KnockHandler joins,
      PasswordHandler passwords,
      RoomContext context) {
    this.limits = limits;
    this.rooms = rooms;
    this.joins = joins;
    this.passwords = passwords;
    this.context = context;
  }

  /** Creates a room, when the address may create one more. */
  CompletableFuture<ServerReply> create(
      Session session,
      ClientEvent event,
      Function<AddressLeases.Lease, CompletableFuture<ServerReply>> make) {
    if (context.memory().full()) {
      return done(ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
    }
    return limits
        .entries()
        .enter(session.client(), false)
        .toCompletableFuture()
        .thenCompose(verdict ->
            verdict == Verdict.ALLOWED
                ? limits.rooms().request(session.client()).toCompletableFuture()
                : done(null))
        .thenCompose(granted -> {
          if (granted == null || granted.isEmpty()) {
            return done(
                ServerReply.failed(
                    granted == null ? event.rateLimited() : ErrorReply.tooManyRooms()));
          }
          return make.apply(granted.get())
              .whenComplete((result, _) -> {
                if (result == null || !result.ok()) {
                  granted.get().close();
                }
              });
        });
  }

  /** Lets a client into the room that it names, as {@link KnockHandler#join}. */
  CompletableFuture<ServerReply> join(
      Session session, ClientEvent event, ClientRequest.JoinRoom join) {
    return entered(session)
        .thenCompose(verdict -> {
          if (verdict != Verdict.ALLOWED) {
            boolean friends = verdict == Verdict.TOO_MANY_MISSES;
            return proven(session, event, join, friends, ServerReply.failed(event.rateLimited()));
          }
          if (context.memory().exhausted()) {
            return proven(
                session,
                event,
                join,
                false,
                ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
          }
          return passwords
              .proof(session, event, join)
              .thenCompose(proof -> joinWith(proof, session, event, join));
        });
  }

  private CompletableFuture<ServerReply> joinWith(
      PasswordHandler.Proof proof,
      Session session,
      ClientEvent event,
      ClientRequest.JoinRoom join) {
    return switch (proof) {
      case PasswordHandler.NotChecked(ServerReply reply) -> done(reply);
      case PasswordHandler.Checked(EntryProof checked) ->
          rooms
              .execute(join.roomId(), event, actor -> joins.join(actor, session, join, checked))
              .thenCompose(
                  result -> counted(session, join.roomId(), hasToken(session, join), result));
    };
  }

  /** Puts a client back into its seat by the token that it brought at connect (rule RS3). */
  CompletableFuture<ServerReply> resume(Session session, RoomId roomId, String token) {
    return entered(session)
        .thenCompose(verdict -> {
          long begunMs = context.clock().nowMs();
          return rooms
              .execute(
                  roomId,
                  ClientEvent.JOIN_ROOM,
                  actor -> actor.state().thenCompose(room -> seated(actor, room, session, token)))
              .thenCompose(result -> {
                return result.ok() || verdict == Verdict.ALLOWED
                    ? counted(session, roomId, true, result)
                    : late(result, begunMs);
              });
        });
  }

  private CompletableFuture<ServerReply> seated(
      RoomActor actor, @Nullable Room room, Session session, String token) {
    var member = room == null ? null : room.members().findBySession(SecretHash.of(token));
    if (member == null) {
      return done(
          ServerReply.failed(
              room == null ? ErrorReply.roomNotFound() : ErrorReply.notAuthenticated()));
    }
    return joins.join(
        actor,
        session,
        new ClientRequest.JoinRoom(actor.id(), member.name(), null, token),
        EntryProof.NONE);
  }

  /** Answers a client that is not in the room that its event names (rule MB1). */
  CompletableFuture<ServerReply> stranger(Session session, ClientEvent event, RoomId roomId) {
    if (!event.namesMissingRoom()) {
      return done(
          ServerReply.failed(event.hostsOnly())); // the same for every room: no need to look
    }
    if (!session.mayDo(EventClass.ENTRY, context.clock().nowMs())) {
      return done(ServerReply.failed(event.rateLimited()));
    }
    return entered(session)
        .thenCompose(verdict ->
            verdict == Verdict.ALLOWED
                ? rooms
                    .answer(
                        roomId,
                        event,
                        (_, room) ->
                            ServerReply.failed(
                                room == null ? ErrorReply.roomNotFound() : event.hostsOnly()))
                    .thenCompose(result -> counted(session, roomId, false, result))
                : done(ServerReply.failed(event.rateLimited())));
  }

  private CompletableFuture<Verdict> entered(Session session) {
    return limits.entries().enter(session.client(), true).toCompletableFuture();
  }

  /** Joins a client that proves that it belongs in the room; rejects any other. */
  private CompletableFuture<ServerReply> proven(
      Session session,
      ClientEvent event,
      ClientRequest.JoinRoom join,
      boolean friends,
      ServerReply refusal) {
    long begunMs = context.clock().nowMs();
    var proof = new AtomicBoolean();
    return rooms
        .execute(
            join.roomId(),
            event,
            actor ->
                actor
                    .state()
                    .thenCompose(room -> {
                      if (!belongs(actor, room, session, join, friends)) {
                        return done(refusal);
                      }
                      proof.set(true);
                      return joins.join(actor, session, join, EntryProof.NONE);
                    }))
        .thenCompose(result -> proof.get() ? done(result) : late(refusal, begunMs));
  }

  /**
   * Returns whether the client has the token of a seat or of the creator, or, if {@code friends}
   * count, another socket of its address has a seat in the room.
   */
  static boolean belongs(
      RoomActor actor,
      @Nullable Room room,
      Session session,
      ClientRequest.JoinRoom join,
      boolean friends) {
    if (room == null) {
      return false;
    }
    String seat = join.sessionToken() == null ? session.authToken() : join.sessionToken();
    if (seat != null && room.members().findBySession(SecretHash.of(seat)) != null) {
      return true;
    }
    if (join.hostToken() != null && room.opensAsHost(SecretHash.of(join.hostToken()))) {
      return true;
    }
    return friends && actor.seats().anyOf(session.client());
  }

  private static boolean hasToken(Session session, ClientRequest.JoinRoom join) {
    return join.sessionToken() != null || session.authToken() != null;
  }

  /**
   * Counts a miss before the client is answered. A client that asks again for the room that its
   * seat was in guesses nothing new, so that counts once for each socket.
   */
  private CompletableFuture<ServerReply> counted(
      Session session, RoomId roomId, boolean hasToken, ServerReply result) {
    if (!isMiss(result) || (hasToken && !session.recordMissingRoom(roomId))) {
      return done(result);
    }
    return limits.entries().missed(session.client()).toCompletableFuture().thenApply(_ -> result);
  }

  private static boolean isMiss(ServerReply result) {
    return result instanceof ServerReply.Failed failed
        && failed.problem().code() == ErrorCode.ROOM_NOT_FOUND;
  }

  private CompletableFuture<ServerReply> late(ServerReply result, long begunMs) {
    var answer = new CompletableFuture<ServerReply>();
    long passedMs = Math.max(0, context.clock().nowMs() - begunMs);
    var _ =
        context
            .scheduler()
            .after(REFUSAL_STEP_MS - passedMs % REFUSAL_STEP_MS, () -> answer.complete(result));
    return answer;
  }

  private static <T extends @Nullable Object> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
