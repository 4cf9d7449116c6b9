package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.entry.EntryProof.Password;
import dev.watchnchill.server.runtime.port.Passwords;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sets passwords and checks those of joiners, before and not within the room's tasks: a check takes
 * longer than thousands of commands (rules EN2, EN3).
 */
final class PasswordHandler {
  private final RoomRegistry rooms;
  private final Passwords passwords;

  PasswordHandler(RoomRegistry rooms, Passwords passwords) {
    this.rooms = rooms;
    this.passwords = passwords;
  }

  /** The result of checking what a joiner brings. */
  sealed interface Proof {}

  /** A proof for the room to decide on. */
  record Checked(EntryProof proof) implements Proof {}

  /** A reply to a joiner whose password was not checked. */
  record NotChecked(ServerReply reply) implements Proof {}

  /** Checks what a joiner brings, when the room asks for a password. */
  CompletableFuture<Proof> proof(Session session, ClientEvent event, ClientRequest.JoinRoom join) {
    SecretHash invitation = join.invite() == null ? null : SecretHash.ofExact(join.invite());
    String given = join.password();
    if (given == null) {
      return done(new Checked(new EntryProof(Password.NONE, null, invitation, null)));
    }
    return stored(session, event, join)
        .thenCompose(stored ->
            stored == null
                ? done(new Checked(new EntryProof(Password.NONE, null, invitation, null)))
                : passwords
                    .check(session.client(), join.roomId(), given, stored)
                    .thenApply(check -> proof(check, stored, invitation)));
  }

  private static Proof proof(
      Passwords.Check check, String stored, @Nullable SecretHash invitation) {
    return switch (check) {
      case Passwords.Right _ ->
          new Checked(new EntryProof(Password.RIGHT, stored, invitation, null));
      case Passwords.Wrong _ ->
          new Checked(new EntryProof(Password.WRONG, stored, invitation, null));
      case Passwords.Rejected(long retryInMs) ->
          new NotChecked(ServerReply.failed(ErrorReply.tooManyPasswords(), retryInMs));
    };
  }

  /** Returns the stored password of a room that asks this client for it, or null. */
  private CompletableFuture<@Nullable String> stored(
      Session session, ClientEvent event, ClientRequest.JoinRoom join) {
    var stored = new AtomicReference<@Nullable String>();
    return rooms
        .answer(
            join.roomId(),
            event,
            (actor, room) -> {
              // Who belongs in the room loses no attempt by an old password (rule EN1).
              if (room != null
                  && room.settings().entry() == EntryMode.PASSWORD
                  && !isSeated(session, actor)
                  && !EntryGuard.belongs(actor, room, session, join, false)) {
                stored.set(room.entry().password());
              }
              return ServerReply.done();
            })
        .<@Nullable String>thenApply(_ -> stored.get());
  }

  private static boolean isSeated(Session session, RoomActor actor) {
    Session.Seat seat = session.seat();
    return seat != null && seat.isIn(actor);
  }

  /** Returns the stored form of the password of a new room; null for none, or for too many. */
  CompletableFuture<@Nullable String> forNewRoom(Session session, @Nullable String password) {
    return password == null ? done(null) : passwords.hash(session.client(), password);
  }

  /** Sets the password of the room that the sender is a host of. */
  CompletableFuture<ServerReply> set(
      Session session, ClientEvent event, ClientRequest.SetPassword request) {
    String password = request.password();
    if (password == null) {
      return apply(session, event, request, null);
    }
    // Before the costly part: a guest must not be able to ask for it.
    return rooms
        .answer(
            request.roomId(),
            event,
            (_, room) ->
                isHost(room, session) ? ServerReply.done() : ServerReply.failed(event.hostsOnly()))
        .thenCompose(reply ->
            reply.ok()
                ? passwords
                    .hash(session.client(), password)
                    .thenCompose(stored ->
                        stored == null
                            ? done(ServerReply.failed(event.rateLimited()))
                            : apply(session, event, request, stored))
                : done(reply));
  }

  private static boolean isHost(@Nullable Room room, Session session) {
    Session.Seat seat = session.seat();
    return room != null && seat != null && MemberCommands.isHost(room, seat.userId());
  }

  private CompletableFuture<ServerReply> apply(
      Session session,
      ClientEvent event,
      ClientRequest.SetPassword request,
      @Nullable String stored) {
    return rooms.apply(
        request.roomId(),
        event,
        (actor, _) -> {
          Session.Seat seat = session.seat();
          if (seat == null || !seat.isIn(actor)) {
            return new MemberCommands.KnownReply(ServerReply.failed(event.hostsOnly()));
          }
          UserId me = seat.userId();
          return new MemberCommands.CommandToApply(
              new RoomCommand.SetPassword(me, stored), MemberCommands::positionOf);
        });
  }

  private static <T extends @Nullable Object> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
