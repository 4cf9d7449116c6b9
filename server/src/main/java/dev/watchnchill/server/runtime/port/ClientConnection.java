package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.concurrent.Executor;

/**
 * A client's connection, as the rooms use it. No call waits. Messages go out in the order of the
 * calls.
 */
public interface ClientConnection {
  /** Returns the public id of this connection. */
  String id();

  /** Sends a message to this client. */
  void send(ServerMessage message);

  /** Adds this connection to those that receive the room's broadcasts. */
  void subscribe(RoomId room);

  /** Removes this connection from those that receive the room's broadcasts. */
  void unsubscribe(RoomId room);

  /** Returns the executor that runs this connection's tasks one after the other. */
  Executor executor();
}
