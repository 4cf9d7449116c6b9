package dev.watchnchill.socketio;

import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Upgrades whose TCP connection is dropped at random times. */
class DroppedUpgradeTest {
  private static final int CLIENTS = 2;
  private static final int ROUNDS = 4;
  private static final int AT_ONCE = 40;

  @Test
  void EIO10_dropped_upgrade_leaves_no_count()
      throws IOException, InterruptedException, ExecutionException {
    try (SocketIoTestServer server = SocketIoTestServer.start()) {
      try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
        var clients = new ArrayList<Future<?>>();
        for (int i = 0; i < CLIENTS; i++) {
          var random = new SplittableRandom(i);
          clients.add(
              threads.submit(() -> {
                dropUpgrades(server.port(), random);
                return null;
              }));
        }
        for (Future<?> client : clients) {
          client.get();
        }
      }
    }
  }

  private static void dropUpgrades(int port, SplittableRandom random) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      var all = new ArrayList<RawHttp>();
      var sids = new ArrayList<String>();
      for (int j = 0; j < AT_ONCE; j++) {
        all.add(new RawHttp(port));
        sids.add(EngineIoRequests.open(port));
      }
      for (int j = 0; j < AT_ONCE; j++) {
        RawHttp http = all.get(j);
        http.send(
            "GET "
                + EngineIoRequests.upgrade(sids.get(j))
                + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        if (random.nextBoolean()) {
          RawHttp dropped = all.get(random.nextInt(Math.max(0, j - 4), j + 1));
          if (random.nextBoolean() && !dropped.socket().isClosed()) {
            dropped.socket().setSoLinger(true, 0);
          }
          dropped.close();
        }
      }
      for (RawHttp http : all) {
        if (random.nextBoolean() && !http.socket().isClosed()) {
          http.socket().setSoLinger(true, 0);
        }
        http.close();
      }
    }
  }
}
