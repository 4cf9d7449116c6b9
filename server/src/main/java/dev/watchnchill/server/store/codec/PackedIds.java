package dev.watchnchill.server.store.codec;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Ids as short text: the bytes of all, in Base64 for URLs. A member may vote for 50 items, and each
 * vote writes all of them.
 */
final class PackedIds {
  private static final int ID_BYTES = 2 * Long.BYTES;

  private PackedIds() {}

  /** Returns ids as text, the same whatever their order. */
  static String pack(Collection<UUID> ids) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.size() * ID_BYTES);
    for (UUID id : new TreeSet<>(ids)) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Returns the ids of {@link #pack}.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  static Set<UUID> unpack(String packed) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(packed));
    if (bytes.remaining() % ID_BYTES != 0) {
      throw new IllegalArgumentException("no ids");
    }
    var ids = new HashSet<UUID>();
    while (bytes.hasRemaining()) {
      ids.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return ids;
  }
}
