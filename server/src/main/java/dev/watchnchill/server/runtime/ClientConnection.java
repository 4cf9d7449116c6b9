package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import java.util.concurrent.Executor;

/** The connection of one client. No method waits; events are sent in the order of the calls. */
public interface ClientConnection {
  /** Returns the public id of this connection. */
  String id();

  /** Sends one event to this client. */
  void send(String event, Object payload);

  /** Subscribes this client to the broadcasts of a room. */
  void subscribe(RoomId room);

  /** Ends the subscription to a room. */
  void unsubscribe(RoomId room);

  /** Returns the executor that runs this connection's tasks one after the other. */
  Executor executor();
}
