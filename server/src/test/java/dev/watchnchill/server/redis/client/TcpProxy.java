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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and gets in the way when told to. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean mute;
  private volatile @Nullable String fatalWord;

  /** Both ends of what passes through. */
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

  /** Hangs up on everybody, and lets nobody through. */
  void cut() {
    cut = true;
    pairs.forEach(Pair::close);
  }

  /** Swallows everything and says nothing, as a network that drops packets. */
  public void mute() {
    mute = true;
  }

  /** Lets everybody through again; what was swallowed is lost with its connection. */
  public void heal() {
    boolean swallowed = mute;
    cut = false;
    mute = false;
    if (swallowed) {
      pairs.forEach(Pair::close);
    }
  }

  /**
   * The next request with that word in it reaches the server; its connection is cut once the answer
   * is here, before any of it is passed on.
   */
  public void loseTheAnswerTo(String word) {
    fatalWord = word;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (cut) {
          client.close();
          continue;
        }
        var pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
        pairs.add(pair);
        var doomed = new boolean[1];
        Thread.ofVirtual().start(() -> pass(pair, client, pair.server(), true, doomed));
        Thread.ofVirtual().start(() -> pass(pair, pair.server(), client, false, doomed));
      } catch (IOException _) {
        LockSupport.parkNanos(1_000_000); // the server is not there, or this is closed
      }
    }
  }

  private void pass(Pair pair, Socket from, Socket to, boolean request, boolean[] doomed) {
    var buffer = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String word = fatalWord;
        if (request
            && word != null
            && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(word)) {
          fatalWord = null;
          doomed[0] = true;
        } else if (!request && doomed[0]) {
          break;
        }
        if (!mute) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // One end has hung up: so does the other.
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
