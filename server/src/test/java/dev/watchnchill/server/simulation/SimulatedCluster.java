package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Instances, their store, their clients and the time that they share. One instance may have the
 * memory store for itself; all others share a simulated store that their links lose and delay.
 */
final class SimulatedCluster {
  final VirtualTime time = new VirtualTime();
  final Choices random;
  final SimulatedIds ids;
  final Limits limits;
  final RoomHistory history;
  final SimulatedStore sharedStore;
  final SimulatedLeases leases = new SimulatedLeases(time);
  final List<SimulatedInstance> instances = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  final Set<RoomId> rooms = new LinkedHashSet<>();

  /** The names of all events that clients received, and the reasons of timelines. */
  final Set<String> received = new LinkedHashSet<>();

  private final @Nullable MemoryRoomStore ownStore;
  private final long startMs = time.nowMs();
  private int nextInstance;
  private int nextClient;

  private SimulatedCluster(Choices random, Limits limits, boolean shared) {
    this.random = random;
    this.limits = limits;
    ids = new SimulatedIds(random, !shared);
    history = new RoomHistory(time, this::fail);
    sharedStore = new SimulatedStore(time, limits.roomLifeMs(), this::note, history);
    ownStore = shared ? null : new MemoryRoomStore(time::nowMs, limits.roomLifeMs());
  }

  /** Returns a cluster without instances, whose instances share a store. */
  static SimulatedCluster shared(Choices random, Limits limits) {
    return new SimulatedCluster(random, limits, true);
  }

  /** Returns one instance with a store in its own memory, and without faults. */
  static SimulatedCluster ofOneInstance(Choices random, Limits limits) {
    var cluster = new SimulatedCluster(random, limits, false);
    cluster.addInstance();
    return cluster;
  }

  /** Returns whether instances share a store, so that calls and publications may be lost. */
  boolean shared() {
    return ownStore == null;
  }

  RoomStore store() {
    return ownStore == null ? sharedStore : ownStore;
  }

  @Nullable Room stored(RoomId id) {
    return store().load(id).join();
  }

  SimulatedInstance addInstance() {
    var instance = new SimulatedInstance("instance " + nextInstance++, this);
    instances.add(instance);
    note(() -> instance.name + " starts");
    return instance;
  }

  /** Notes a line of the script. Only a run that is repeated, because it has failed, has one. */
  void note(Supplier<String> what) {
    if (random.replayed()) {
      log.add((time.nowMs() - startMs) + " " + what.get());
    }
  }

  List<SimulatedInstance> living() {
    return instances.stream().filter(instance -> !instance.dead()).toList();
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @Nullable SimulatedInstance anyLiving() {
    List<SimulatedInstance> living = living();
    return living.isEmpty() ? null : any(living);
  }

  /** Returns the number of the next client, from 0. */
  int nextClient() {
    return nextClient++;
  }

  /** Runs a check; its failure fails the simulation, although the runtime survives it. */
  void guard(SimulatedClient client, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      note(() -> "at " + client.id() + ":");
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    note(() -> "FAILURE " + failure.getMessage());
    failures.add(failure);
  }

  /** Records the reply to a change of rights or entry: what it promises must not get lost. */
  void answered(RoomId room, ServerReply reply) {
    switch (reply) {
      case ServerReply.Applied(long epoch, long seq) ->
          history.acknowledged(room, new Revision(epoch, seq));
      case ServerReply.Invited invited ->
          history.acknowledgedInvitation(room, UUID.fromString(invited.inviteId()));
      case ServerReply.Removed removed -> {
        history.acknowledged(room, new Revision(removed.epoch(), removed.seq()));
        if (removed.banId() != null) {
          history.acknowledgedBan(room, UUID.fromString(removed.banId()));
        }
      }
      default -> {}
    }
  }

  /** Whether every change of members is broadcast by itself, however large the room. */
  boolean eachSent() {
    return limits.presenceEachMax() > limits.membersMax();
  }

  /** Follows the end of a room that has members. */
  void closed(SimulatedInstance instance, ServerMessage.RoomClosed closed) {
    note(closed::toString);
    // An instance that was taken for dead for long enough has no room to return to.
    assertThat(instance.troubled || !shared())
        .as("a room ends under its members: %s", closed)
        .isTrue();
  }
}
