package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.socket.SocketLeases;
import dev.watchnchill.server.socket.SocketLimit;

final class MemorySocketLeasesTest extends SocketLeasesContract {
  @Override
  SocketLeases limit(int max) {
    return new SocketLimit(max);
  }
}
