package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Which servers share a store, and who looks after a room: the port behind membership by lease
 * (rules IN1 to IN4).
 *
 * <p>Methods may be called from any thread; those that say so may wait for a network.
 */
public interface Instances extends AutoCloseable {

  /** Hears of servers that have died. */
  @FunctionalInterface
  interface DeathListener {
    /**
     * An instance's lease has run out, and it falls to this one to mark its members away. When the
     * future fails, the task goes to another instance, or comes again.
     *
     * @param lastSeenMs when it was last known to be alive, server ms
     * @param rooms that it looked after
     */
    CompletableFuture<?> died(InstanceId who, long lastSeenMs, Set<RoomId> rooms);
  }

  /** This server. */
  InstanceId self();

  /** Whether there can be others. */
  boolean shared();

  /**
   * Registers a room as one that this instance keeps going: completes when others would find it,
   * fails with {@link StoreUnavailableException} when it cannot be registered now.
   */
  CompletableFuture<?> keep(RoomId id);

  /** It does not any more. Never waits, never fails. */
  void release(RoomId id);

  /** Those among them that are known to be dead; none while that cannot be known. Never waits. */
  Set<InstanceId> dead(Set<InstanceId> asked);

  /** Calls that with each server that dies from now on. */
  void onDeath(DeathListener listener);

  /** Gives this server's lease back: others look after its people at once. */
  @Override
  void close();
}
