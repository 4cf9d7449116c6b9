package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.IdSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that never repeat, and the one source of chance of a simulation. */
final class SimIds implements IdSource {
  private final RandomGenerator random;
  private int next;

  SimIds(RandomGenerator random) {
    this.random = random;
  }

  RandomGenerator random() {
    return random;
  }

  @Override
  public RoomId roomId() {
    return new RoomId("ROOM" + (10 + next++ % 90));
  }

  @Override
  public UUID uuid() {
    return new UUID(0x4000, 0x8000_0000_0000_0000L | next++);
  }

  @Override
  public String sessionToken() {
    return "token " + next++;
  }
}
