package dev.watchnchill.party.entry;

import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.KeyedHash;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The key of a room for the hashes of addresses and browser keys (rule EN9): with another key in
 * each room nobody can follow a person from one room's data into another's.
 *
 * @param key 128 random bits
 */
public record RoomSecret(KeyedHash key) {
  /** Bytes of a secret. */
  public static final int BYTES = 16;

  /** Returns a secret of the given random bytes. */
  public static RoomSecret of(byte[] random) {
    ByteBuffer bytes = ByteBuffer.wrap(random, 0, BYTES);
    return new RoomSecret(new KeyedHash(bytes.getLong(), bytes.getLong()));
  }

  /**
   * Returns the secret of a room that was stored without one. All instances find the same, from
   * what only the server has.
   */
  public static RoomSecret derivedFrom(SecretHash hostToken) {
    String hash = SecretHash.of("room secret " + hostToken.hex()).hex();
    return of(HexFormat.of().parseHex(hash));
  }

  /** Returns the secret as bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(key.high()).putLong(key.low()).array();
  }

  @Override
  public String toString() {
    return "RoomSecret[…]";
  }
}
