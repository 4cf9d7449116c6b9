package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The instances that share a store, and the rooms that each of them serves: the port of the lease
 * protocol (rules IN1 to IN4).
 *
 * <p>Methods may be called from any thread; those that say so may wait for a network.
 */
public interface Instances extends AutoCloseable {

  /** Receives the deaths of instances. */
  @FunctionalInterface
  interface DeathListener {
    /**
     * An instance's lease has run out, and it falls to this one to mark its members away. When the
     * future fails, the task goes to another instance, or comes again.
     *
     * @param lastSeenMs when it was last known to be alive, server ms
     * @param rooms the rooms that it served
     */
    CompletableFuture<?> died(InstanceId who, long lastSeenMs, Set<RoomId> rooms);
  }

  /** Returns the id of this instance. */
  InstanceId self();

  /** Returns whether there can be other instances. */
  boolean shared();

  /**
   * Registers a room as one that this instance keeps going: completes when others would find it,
   * fails with {@link StoreUnavailableException} when it cannot be registered now.
   */
  CompletableFuture<?> keep(RoomId id);

  /** Ends the registration of a room. Never waits, never fails. */
  void release(RoomId id);

  /**
   * Returns the given instances that are known to be dead; none while that cannot be known. Never
   * waits.
   */
  Set<InstanceId> dead(Set<InstanceId> asked);

  /**
   * Returns those of the given instances that are alive and do not serve a room; null while that
   * cannot be known.
   */
  CompletableFuture<@Nullable Set<InstanceId>> absent(RoomId id, Set<InstanceId> asked);

  /**
   * Publishes the ids of the films of the media library that this instance has, in place of those
   * before (rule LB15). Never waits, never fails.
   */
  void publishFilms(Set<String> mediaIds);

  /**
   * Returns which of the given films each of the given other instances lacks. Left out are
   * instances that have all of them, that are dead, or of which that is not known in time. Never
   * fails.
   */
  CompletableFuture<Map<InstanceId, Set<String>>> lackingFilms(
      Set<InstanceId> asked, Collection<String> mediaIds);

  /** Calls a listener for each instance that dies from now on. */
  void onDeath(DeathListener listener);

  /** Gives up this instance's lease: other instances take over its rooms at once. */
  @Override
  void close();
}
