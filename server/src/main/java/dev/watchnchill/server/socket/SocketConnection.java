package dev.watchnchill.server.socket;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.socketio.Socket;
import java.util.concurrent.Executor;

/** A Socket.IO socket as the connection of a client. */
record SocketConnection(Socket socket) implements ClientConnection {
  @Override
  public String id() {
    return socket.id();
  }

  @Override
  public void send(ServerMessage message) {
    socket.emit(message.eventName(), message);
  }

  @Override
  public void subscribe(RoomId room) {
    socket.join(room.value());
    socket.keepUnderMemoryPressure(true);
  }

  @Override
  public void unsubscribe(RoomId room) {
    socket.leave(room.value());
    socket.keepUnderMemoryPressure(!socket.rooms().isEmpty());
  }

  @Override
  public Executor executor() {
    return socket.executor(); // an answer then leaves in one write with the events before it
  }
}
