package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.entry.KnockRules;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.room.WaitingClients;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets clients join, and those that need a host's approval wait for it (rule EN4). */
final class KnockHandler {
  /** The time between two tries to enter while the store is in an outage, ms. */
  static final long RETRY_MS = 1_000;

  private final RoomRegistry rooms;
  private final JoinHandler joins;
  private final LeaveHandler leaves;
  private final IdSource ids;
  private final Scheduler scheduler;

  KnockHandler(
      RoomRegistry rooms,
      JoinHandler joins,
      LeaveHandler leaves,
      IdSource ids,
      Scheduler scheduler) {
    this.rooms = rooms;
    this.joins = joins;
    this.leaves = leaves;
    this.ids = ids;
    this.scheduler = scheduler;
  }

  /** Gives a socket a seat in the room, or a place at its door. */
  CompletableFuture<ServerReply> join(
      RoomActor actor, Session session, ClientRequest.JoinRoom join, EntryProof proof) {
    return join(actor, session, join, proof, null);
  }

  private CompletableFuture<ServerReply> join(
      RoomActor actor,
      Session session,
      ClientRequest.JoinRoom join,
      EntryProof proof,
      @Nullable String token) {
    return joins
        .join(actor, session, join, proof, token)
        .thenCompose(
            reply -> needsApproval(reply) ? knock(actor, session, join) : Futures.of(reply));
  }

  private static boolean needsApproval(ServerReply reply) {
    return reply instanceof ServerReply.Failed failed
        && failed.problem().code() == ErrorCode.APPROVAL_PENDING;
  }

  private CompletableFuture<ServerReply> knock(
      RoomActor actor, Session session, ClientRequest.JoinRoom join) {
    Room room = actor.cachedState();
    if (room == null) {
      return Futures.of(ServerReply.failed(ErrorReply.roomNotFound()));
    }
    String token = session.resumable() ? knockToken(room, session, join) : null;
    var request =
        new RoomCommand.RequestEntry(
            join.userName(),
            JoinHandler.hashed(token),
            ids.uuid(),
            session.identity(room.entry().secret()));
    return actor
        .apply(request)
        .thenCompose(decision -> {
          if (decision == null) {
            return Futures.of(ServerReply.failed(ErrorReply.roomNotFound()));
          }
          if (decision.rejection() != null) {
            return Futures.of(
                ServerReply.failed(
                    RejectionReplies.problem(
                        ClientEvent.JOIN_ROOM, decision.rejection(), join.userName())));
          }
          Knock knock = KnockRules.find(decision.next(), request);
          if (knock == null || knock.accepted()) { // decided by another instance meanwhile
            return join(
                actor, session, join, knock == null ? EntryProof.NONE : of(knock.id()), token);
          }
          return Futures.of(startWaiting(actor, session, join, knock.id(), token));
        });
  }

  /** Returns the token of the client's knock: the one that it brings, or a new one. */
  private String knockToken(Room room, Session session, ClientRequest.JoinRoom join) {
    String known =
        JoinHandler.knockToken(
            room, join.sessionToken() == null ? session.authToken() : join.sessionToken());
    return known == null ? ids.sessionToken() : known;
  }

  private static EntryProof of(UUID knock) {
    return new EntryProof(EntryProof.Password.NONE, null, null, knock);
  }

  private ServerReply startWaiting(
      RoomActor actor,
      Session session,
      ClientRequest.JoinRoom join,
      UUID knock,
      @Nullable String token) {
    var wait = new DoorWait(actor.id(), session, join, knock, token);
    actor.waiting().add(knock, wait);
    if (session.waitAt(wait) instanceof DoorWait former) {
      if (former.knock.equals(knock)) {
        actor.waiting().remove(knock, former);
      } else {
        former.giveUp();
      }
    }
    if (session.ended()) { // while a slow store took the knock
      wait.disconnected();
    }
    return ServerReply.waiting(knock, token);
  }

  /** The wait of one socket at the door of a room. */
  private final class DoorWait implements WaitingClients.Client, Session.Wait {
    private final RoomId roomId;
    private final Session session;
    private final ClientRequest.JoinRoom join;
    private final UUID knock;
    private final @Nullable String token;

    DoorWait(
        RoomId roomId,
        Session session,
        ClientRequest.JoinRoom join,
        UUID knock,
        @Nullable String token) {
      this.roomId = roomId;
      this.session = session;
      this.join = join;
      this.knock = knock;
      this.token = token;
    }

    @Override
    public RoomId roomId() {
      return roomId;
    }

    @Override
    public void tryAgain() {
      session.endWait(this);
      Session.Seat former = session.seat();
      var _ =
          rooms
              .execute(
                  roomId,
                  ClientEvent.JOIN_ROOM,
                  actor -> KnockHandler.this.join(actor, session, join, of(knock), token))
              .thenCompose(reply -> leaves.afterEntry(session, former, reply))
              .thenAccept(this::tryEnded);
    }

    /** A socket that still waits, or is in, knows it; any other gets the reason. */
    private void tryEnded(ServerReply reply) {
      if (reply instanceof ServerReply.Failed failed && !needsApproval(reply)) {
        if (failed.problem().code() == ErrorCode.UNAVAILABLE) {
          tryLater();
          return;
        }
        session.connection().send(failed.problem().message());
        refused(failed.problem().code() == ErrorCode.BANNED ? "banned" : "closed");
      }
    }

    /** An outage of the store is no answer of a host: the client goes on waiting. */
    private void tryLater() {
      if (session.ended() || session.waiting() != null) {
        return;
      }
      session.waitAt(this);
      var _ =
          scheduler.after(
              RETRY_MS,
              () -> {
                // A client that has left, or entered by itself, has ended this wait.
                if (session.waiting() == this && !session.ended()) {
                  tryAgain();
                }
              });
    }

    @Override
    public void refused(String reason) {
      session.endWait(this);
      session.connection().send(new ServerMessage.EntryRefused(roomId.value(), reason));
    }

    @Override
    public void giveUp() {
      var _ =
          rooms.execute(
              roomId,
              ClientEvent.LEAVE_ROOM,
              actor -> {
                actor.waiting().remove(knock, this);
                return actor
                    .apply(new RoomCommand.WithdrawKnock(knock))
                    .thenApply(_ -> ServerReply.done());
              });
    }

    @Override
    public void disconnected() {
      var _ =
          rooms.execute(
              roomId,
              ClientEvent.LEAVE_ROOM,
              actor -> {
                actor.waiting().remove(knock, this);
                return Futures.of(ServerReply.done());
              });
    }
  }
}
