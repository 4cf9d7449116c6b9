package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.Set;

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
     * That server's lease has run out, and it falls to this one to look after its people. Called on
     * a thread that may wait; when it throws, the task goes to another server, or comes again.
     *
     * @param lastSeenMs when it was last known to be alive, server ms
     * @param rooms that it looked after
     */
    void died(InstanceId who, long lastSeenMs, Set<RoomId> rooms);
  }

  /** This server. */
  InstanceId self();

  /** Whether there can be others. */
  boolean shared();

  /**
   * From now on this server looks after that room. Waits until others would find it.
   *
   * @throws StoreUnavailableException when that cannot be said now
   */
  void keep(RoomId id);

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
