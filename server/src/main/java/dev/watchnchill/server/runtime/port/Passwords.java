package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks the stored forms of passwords, on threads of its own (rules EN2, EN3). No call
 * waits; results may complete on any thread.
 */
public interface Passwords {

  /** The outcome of a check. */
  sealed interface Check {}

  /** The password is right. */
  record Right() implements Check {}

  /** The password is wrong. */
  record Wrong() implements Check {}

  /**
   * Too many wrong passwords came from the address, or too many checks are waiting.
   *
   * @param retryInMs after how long another one is checked, ms
   */
  record Rejected(long retryInMs) implements Check {}

  /** Makes and checks none. */
  Passwords NONE =
      new Passwords() {
        @Override
        public CompletableFuture<@Nullable String> hash(ClientKey client, String password) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Check> check(
            ClientKey client, RoomId room, String password, String stored) {
          return CompletableFuture.completedFuture(new Rejected(0));
        }
      };

  /** Returns the stored form of a password that a client sets, or null when too many are. */
  CompletableFuture<@Nullable String> hash(ClientKey client, String password);

  /** Checks a password that a client gives for a room. */
  CompletableFuture<Check> check(ClientKey client, RoomId room, String password, String stored);
}
