package dev.watchnchill.server.simulation;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.port.Passwords;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The passwords of rooms, without the cost of a hash and without a limit of wrong ones. */
final class SimulatedPasswords implements Passwords {
  private final Consumer<Runnable> later;
  private int next;

  /**
   * @param later runs a task when a check would have ended
   */
  SimulatedPasswords(Consumer<Runnable> later) {
    this.later = later;
  }

  @Override
  public CompletableFuture<@Nullable String> hash(ClientKey client, String password) {
    // As by salted hashes, the same password never has the same stored form again.
    return this.<@Nullable String>afterwards(() -> next++ + " " + password);
  }

  @Override
  public CompletableFuture<Check> check(
      ClientKey client, RoomId room, String password, String stored) {
    return afterwards(() -> stored.endsWith(" " + password) ? new Right() : new Wrong());
  }

  private <T extends @Nullable Object> CompletableFuture<T> afterwards(Supplier<T> result) {
    var answer = new CompletableFuture<T>();
    later.accept(() -> answer.complete(result.get()));
    return answer;
  }
}
