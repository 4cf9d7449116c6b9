package dev.watchnchill.server.socket;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.ClientConnection;
import dev.watchnchill.socketio.Socket;
import java.util.concurrent.Executor;

/** A Socket.IO socket, as the rooms see it. */
record SocketConnection(Socket socket) implements ClientConnection {
  @Override
  public String id() {
    return socket.id();
  }

  @Override
  public void send(String event, Object payload) {
    socket.emit(event, payload);
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
    return socket.eventLoop();
  }
}
