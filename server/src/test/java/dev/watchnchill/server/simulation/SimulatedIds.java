package dev.watchnchill.server.simulation;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.IdSource;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids by number. They are new, but for those of rooms where that is asked for. */
final class SimulatedIds implements IdSource {
  private static final int ROOM_IDS = 90;

  private final RandomGenerator random;
  private final boolean repeatRooms;
  private int next;
  private int nextRoom;

  /**
   * @param repeatRooms whether the id of a room may be one that is taken
   */
  SimulatedIds(RandomGenerator random, boolean repeatRooms) {
    this.random = random;
    this.repeatRooms = repeatRooms;
  }

  @Override
  public RoomId roomId() {
    boolean repeated = repeatRooms && nextRoom > 0 && random.nextInt(8) == 7;
    int number = repeated ? nextRoom - 1 : nextRoom++;
    return new RoomId("ROOM" + (10 + number % ROOM_IDS));
  }

  @Override
  public UUID uuid() {
    return new UUID(0x4000, 0x8000_0000_0000_0000L | next++);
  }

  @Override
  public String sessionToken() {
    return "token " + next++;
  }

  @Override
  public String inviteToken() {
    return "invitation " + next++;
  }

  @Override
  public byte[] secretBytes() {
    return ByteBuffer.allocate(16).putLong(8, next++).array();
  }
}
