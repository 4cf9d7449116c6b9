package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One server: the real runtime, in a process that may stand still or die. */
final class SimServer {
  private enum State {
    RUNNING,
    PAUSED,
    DEAD
  }

  final String name;
  final SimLink link;
  final SimLeases.Mine instances;
  final RoomService service;
  final List<SimClient> clients = new ArrayList<>();

  /** Whether it dies on the first notice of another instance's death. */
  boolean diesOnCommand;

  private final VirtualTime time;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Set<Object> timers = new HashSet<>();
  private State state = State.RUNNING;

  /** Whether it stood still lately, or could not reach the store. */
  boolean troubled;

  SimServer(
      String name, SimStore store, SimLeases leases, VirtualTime time, SimIds ids, Limits limits) {
    this.name = name;
    this.time = time;
    RandomGenerator random = ids.random();
    link = new SimLink(name, store, time, random, this::run);
    instances = leases.new Mine(new InstanceId(name), link, this::survives);
    service =
        new RoomService(
            new RoomRules(limits),
            link,
            instances,
            time,
            ids,
            this::after,
            (room, pieces) ->
                pieces.forEach(piece -> fanOut(room, piece.message(), piece.exceptConnectionId())),
            16,
            PlaybackMetrics.NONE);
    renew();
  }

  private void renew() {
    if (state != State.DEAD) {
      time.after(SimLeases.RENEW_MS, () -> run(this::renew));
      instances.renew();
    }
  }

  /** Does that now, or when the process goes on; never when it is dead. */
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

  void goOn() {
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
    if (diesOnCommand) {
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

  private void fanOut(RoomId room, ServerMessage message, @Nullable String except) {
    for (SimClient client : List.copyOf(clients)) {
      if (client.isSubscribed(room) && !client.id().equals(except)) {
        client.hear(message, true);
      }
    }
  }
}
