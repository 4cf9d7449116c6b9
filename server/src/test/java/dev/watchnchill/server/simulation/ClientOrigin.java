package dev.watchnchill.server.simulation;

import dev.watchnchill.server.limit.ClientKey;
import org.jspecify.annotations.Nullable;

/**
 * The address and the browser of a client, by which a ban recognises it (rule EN9).
 *
 * @param browserKey the key of its browser, or null
 */
record ClientOrigin(ClientKey address, @Nullable String browserKey) {
  /** Returns the origin of a client at no known address, in one of four browsers. */
  static ClientOrigin numbered(String id, SimulatedClient.Kind kind) {
    return new ClientOrigin(
        ClientKey.NONE,
        kind == SimulatedClient.Kind.BASE ? null : "the key of browser " + id.hashCode() % 4);
  }
}
