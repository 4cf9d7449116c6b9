package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.runtime.session.ConnectionLimits;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sessions of extended clients that ignore what they are sent. */
public final class SilentSessions {
  private SilentSessions() {}

  /** Returns a session from an address, with a connection of its own. */
  public static Session of(String address, @Nullable String token) {
    String id = UUID.randomUUID().toString();
    var connection =
        new ClientConnection() {
          @Override
          public String id() {
            return id;
          }

          @Override
          public void send(ServerMessage message) {}

          @Override
          public void subscribe(RoomId room) {}

          @Override
          public void unsubscribe(RoomId room) {}

          @Override
          public Executor executor() {
            return Runnable::run;
          }
        };
    return new Session(
        connection,
        true,
        token,
        NamePolicy.BASE,
        new ConnectionLimits(ClientKey.of(address), 1),
        null);
  }
}
