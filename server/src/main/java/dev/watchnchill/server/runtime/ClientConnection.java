package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import java.util.concurrent.Executor;

/**
 * One client's connection, as the rooms see it. Nothing here waits; what is sent goes out in the
 * order of the calls.
 */
public interface ClientConnection {
  /** Public id of this connection. */
  String id();

  /** Sends one event to this client. */
  void send(String event, Object payload);

  /** From now on this client hears what goes to that room. */
  void subscribe(RoomId room);

  /** From now on it does not. */
  void unsubscribe(RoomId room);

  /** Runs what belongs to this connection, one after the other. */
  Executor executor();
}
