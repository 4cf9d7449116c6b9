package dev.watchnchill.socketio.memory;

import dev.watchnchill.socketio.support.RawWebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens idle websockets that have entered the default namespace, prints "open", and waits for the
 * end of its input.
 */
public final class IdleSocketsClient {
  private IdleSocketsClient() {}

  /** Arguments: port and number of sockets. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    List<RawWebSocket> sockets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sockets.add(RawWebSocket.connect(port));
    }
    System.out.println("open");
    var _ = System.in.read();
    System.out.println("closing " + sockets.size());
  }
}
