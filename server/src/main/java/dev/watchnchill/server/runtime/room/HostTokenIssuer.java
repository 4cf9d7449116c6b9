package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the new owner of a transferred room its host token (rule RT2). The instance that the owner
 * is connected to makes the token, so that no store and no other instance ever has it.
 */
final class HostTokenIssuer {
  private static final Logger log = LoggerFactory.getLogger(HostTokenIssuer.class);

  private final RoomActor room;
  private final RoomContext context;
  private boolean underWay;

  HostTokenIssuer(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Issues the token when the room has none and its owner is connected here. */
  void follow(Room now) {
    if (now.hostToken() != null || underWay || now.closed()) {
      return;
    }
    Session owner = room.seats().of(now.hostId());
    // A base client could not keep it.
    if (owner != null && owner.resumable()) {
      underWay = true;
      room.enqueueTask(this::issue);
    }
  }

  private CompletableFuture<?> issue() {
    Room now = room.cachedState();
    if (now == null || now.hostToken() != null) {
      underWay = false;
      return Futures.done();
    }
    UserId owner = now.hostId();
    String token = context.ids().uuid().toString();
    SecretHash hash = SecretHash.of(token);
    return room.apply(new RoomCommand.IssueHostToken(owner, hash))
        .handle((decision, failure) -> {
          underWay = false;
          if (failure != null) {
            // The next change of the room, or the owner's next connection, tries again.
            log.debug("No host token for room {} yet", room.id(), failure);
          } else if (decision != null && hash.equals(decision.next().hostToken())) {
            send(decision.next(), owner, token);
          }
          return true;
        });
  }

  private void send(Room now, UserId owner, String token) {
    Session session = room.seats().of(owner);
    if (session != null) {
      session
          .connection()
          .send(
              new ServerMessage.RoomTransferred(
                  owner.toString(),
                  now.hostName().value(),
                  null,
                  token,
                  now.epoch(),
                  now.seq(),
                  null));
    }
  }
}
