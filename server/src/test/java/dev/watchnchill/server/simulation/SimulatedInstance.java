package dev.watchnchill.server.simulation;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.ServiceParts;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.LocalInstances;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One instance: the real runtime, in a process that may pause or die. */
final class SimulatedInstance {
  private static final int ROOMS_MAX = 4;

  /** Rooms whose creation went unanswered stay for a while. */
  private static final int ROOMS_MAX_WITH_FAULTS = 16;

  private enum State {
    RUNNING,
    PAUSED,
    DEAD
  }

  final String name;
  final StoreLink link;
  final Instances instances;
  final RoomService service;
  final List<SimulatedClient> clients = new ArrayList<>();

  /** Whether it dies on the first notice of another instance's death. */
  boolean diesDuringTakeover;

  /** Whether it was paused lately, or could not reach the store. */
  boolean troubled;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final SimulatedLeases.@Nullable Holder lease;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Set<Object> timers = new HashSet<>();
  private State state = State.RUNNING;

  SimulatedInstance(String name, SimulatedCluster cluster) {
    this.name = name;
    this.time = cluster.time;
    this.random = cluster.random;
    boolean shared = cluster.shared();
    link = new StoreLink(cluster.store(), !shared, time, cluster.random, this::run);
    var id = new InstanceId(name);
    lease = shared ? cluster.leases.new Holder(id, link, this::survives) : null;
    instances = lease == null ? new LocalInstances(id) : lease;
    service =
        new RoomService(
            new RoomRules(cluster.limits),
            link,
            instances,
            time,
            cluster.ids,
            this::after,
            (room, sends) -> sends.forEach(send -> fanOut(room, send.message(), send.except())),
            shared ? ROOMS_MAX_WITH_FAULTS : ROOMS_MAX,
            PlaybackMetrics.NONE,
            new ServiceParts(
                AddressLimits.UNLIMITED,
                RoomMemory.unlimited(),
                new SimulatedPasswords(shared ? this::soon : Runnable::run),
                this::describe,
                FilmLibrary.NONE,
                IceServers.NONE,
                ""));
    renew();
  }

  /** Describes a film after a while, or never. */
  private CompletableFuture<FilmDescription> describe(Media film) {
    if (film.providerVideo().isEmpty()) {
      return CompletableFuture.completedFuture(FilmDescription.EMPTY);
    }
    var description = new CompletableFuture<FilmDescription>();
    String title = film.url().substring(film.url().lastIndexOf('/') + 1);
    if (random.nextInt(4) > 0) {
      time.after(
          1 + random.nextInt(500),
          () -> run(() -> description.complete(new FilmDescription(title, null, 0))));
    }
    return description;
  }

  private void soon(Runnable task) {
    time.after(1 + random.nextInt(40), () -> run(task));
  }

  private void renew() {
    if (lease != null && state != State.DEAD) {
      time.after(SimulatedLeases.RENEW_MS, () -> run(this::renew));
      lease.renew();
    }
  }

  /** Returns the number of rooms that its lease names: all live rooms, when the store is shared. */
  int leasedRooms() {
    return lease == null ? service.liveRooms() : lease.kept().size();
  }

  /** Runs a task now, or when the process goes on; never when it is dead. */
  void run(Runnable task) {
    switch (state) {
      case RUNNING -> task.run();
      case PAUSED -> waiting.add(task);
      case DEAD -> {}
    }
  }

  boolean running() {
    return state == State.RUNNING;
  }

  boolean dead() {
    return state == State.DEAD;
  }

  void pause() {
    troubled = true;
    state = State.PAUSED;
  }

  void unpause() {
    if (state == State.PAUSED) {
      state = State.RUNNING;
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    }
  }

  void die() {
    state = State.DEAD;
    waiting.clear();
    link.cut();
    timers.clear();
  }

  private boolean survives() {
    if (diesDuringTakeover) {
      die();
    }
    return running();
  }

  int timers() {
    return timers.size();
  }

  private Scheduler.Timer after(long delayMs, Runnable task) {
    var key = new Object();
    timers.add(key);
    Scheduler.Timer timer =
        time.after(
            delayMs,
            () ->
                run(() -> {
                  if (timers.remove(key)) {
                    task.run();
                  }
                }));
    return () -> {
      timers.remove(key);
      timer.cancel();
    };
  }

  private void fanOut(RoomId room, ServerMessage message, Set<String> except) {
    for (SimulatedClient client : List.copyOf(clients)) {
      if (client.subscribed(room) && !except.contains(client.id())) {
        client.receive(room, message);
      }
    }
  }
}
