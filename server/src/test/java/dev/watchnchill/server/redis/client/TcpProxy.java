package dev.watchnchill.server.redis.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A TCP proxy between a client and a server that can cut connections and drop data. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean mute;
  private volatile @Nullable String dropAnswerTo;

  /** Both sockets of a proxied connection. */
  private record Pair(Socket client, Socket server) {
    void close() {
      try (client;
          server) {
        // Closed by leaving.
      } catch (IOException _) {
        // It was closed already.
      }
    }
  }

  public TcpProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Closes all connections, and accepts no more. */
  void cut() {
    cut = true;
    pairs.forEach(Pair::close);
  }

  /** Drops all data, like a network that loses every packet. */
  public void mute() {
    mute = true;
  }

  /** Forwards again; connections that have lost data are closed. */
  public void heal() {
    boolean swallowed = mute;
    cut = false;
    mute = false;
    if (swallowed) {
      pairs.forEach(Pair::close);
    }
  }

  /**
   * Forwards the next request that contains a text, and closes its connection when the answer
   * arrives, before any of it is forwarded.
   */
  public void loseTheAnswerTo(String text) {
    dropAnswerTo = text;
  }

  private void accept() {
    try {
      while (true) {
        serve(listener.accept());
      }
    } catch (IOException _) {
      // The proxy is closed.
    }
  }

  private void serve(Socket client) throws IOException {
    Socket server = cut ? null : connect();
    if (server == null) {
      client.close();
      return;
    }
    var pair = new Pair(client, server);
    pairs.add(pair);
    var dropAnswer = new boolean[1];
    Thread.ofVirtual().start(() -> forward(pair, client, server, true, dropAnswer));
    Thread.ofVirtual().start(() -> forward(pair, server, client, false, dropAnswer));
  }

  private @Nullable Socket connect() {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException _) {
      return null; // the server is down: the client's connection is closed
    }
  }

  private void forward(Pair pair, Socket from, Socket to, boolean request, boolean[] dropAnswer) {
    var buffer = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String text = dropAnswerTo;
        if (request
            && text != null
            && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
          dropAnswerTo = null;
          dropAnswer[0] = true;
        } else if (!request && dropAnswer[0]) {
          break;
        }
        if (!mute) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // One end has closed the connection: so does the other.
    }
    pair.close();
    pairs.remove(pair);
  }

  @Override
  public void close() {
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
