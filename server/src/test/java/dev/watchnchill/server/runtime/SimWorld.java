package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A simulated world: instances, their store, users, and the time that they share. */
final class SimWorld {
  static final Limits LIMITS =
      Limits.DEFAULT.withSizes(8, 20).withGraces(3_000, 10_000).withRoomLife(600_000);
  private static final long POLL_MS = 300;

  final VirtualTime time = new VirtualTime();
  final RandomGenerator random;
  final SimIds ids;
  final SimStore store = new SimStore(time, LIMITS.roomLifeMs(), this::detail);
  final SimLeases leases = new SimLeases(time);
  final List<SimServer> servers = new ArrayList<>();
  final List<SimPerson> people = new ArrayList<>();
  final List<String> diary = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  final Set<RoomId> rooms = new LinkedHashSet<>();

  /** The names of all events that clients got. */
  final Set<String> received = new LinkedHashSet<>();

  /** The room that all users want to join, or null until one has created it. */
  @Nullable RoomId room;

  final Limits limits;
  private final long startMs = time.nowMs();
  private boolean open = true;
  private boolean roomLost;
  private @Nullable RoomId missingRoom;
  private long missingSinceMs;
  private int nextServer;
  private int nextClient;

  SimWorld(long seed) {
    this(seed, LIMITS);
  }

  SimWorld(long seed, Limits limits) {
    this.limits = limits;
    random = new Random(seed);
    ids = new SimIds(random);
    int many = 2 + random.nextInt(3);
    for (int i = 0; i < many; i++) {
      newServer();
    }
    for (String name : List.of("Ann", "Bob", "Cleo", "Dan").subList(0, 2 + random.nextInt(3))) {
      people.add(new SimPerson(name, random.nextInt(3) > 0, this));
    }
    time.after(1, this::poll);
  }

  SimServer newServer() {
    var server = new SimServer("server " + nextServer++, store, leases, time, ids, limits);
    servers.add(server);
    note(server.name + " starts");
    return server;
  }

  private void poll() {
    if (open) {
      time.after(POLL_MS, this::poll);
      List.copyOf(people).forEach(SimPerson::live);
    }
  }

  /** Stops the users from acting by themselves. */
  void close() {
    open = false;
  }

  void note(String what) {
    diary.add((time.nowMs() - startMs) + " " + what);
  }

  /** Logs a detail when a single seed runs. */
  void detail(Supplier<String> what) {
    if (Long.getLong("sim.seed") != null) {
      note(what.get());
    }
  }

  List<SimServer> living() {
    return servers.stream().filter(server -> !server.dead()).toList();
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @Nullable SimServer anyServer() {
    List<SimServer> living = living();
    return living.isEmpty() ? null : any(living);
  }

  SimClient connect(SimServer server, SimPerson person) {
    note(person.name + " connects to " + server.name);
    return new SimClient("client " + nextClient++, server, person.ours, this);
  }

  /** Whatever fails in there is a failure of the schedule; the runtime shall not swallow it. */
  void guard(SimClient client, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      note("FAILURE at " + client.id() + ": " + e.getMessage());
      failures.add(e);
    }
  }

  /** The first of them makes the room, so that there is one of them at a time. */
  boolean mayCreate(SimPerson person) {
    return people.stream().filter(somebody -> somebody.wants).findFirst().orElse(null) == person;
  }

  void entered(RoomId id) {
    rooms.add(id);
    missingRoom = null;
    if (room == null) {
      room = id;
    }
  }

  void notFound(RoomId id) {
    note(id + " is not found");
    if (id.equals(missingRoom)
        && time.nowMs() - missingSinceMs > 2_500
        && people.stream().noneMatch(SimPerson::seated)) {
      // Users retry for a moment.
      room = null;
      roomLost = true;
    } else if (!id.equals(missingRoom)) {
      missingRoom = id;
      missingSinceMs = time.nowMs();
    }
  }

  /** Whether there was one room only since the last call. */
  boolean sameRoomAsLastTime() {
    boolean same = room != null && !roomLost;
    roomLost = false;
    return same;
  }

  void closed(SimServer server, ServerMessage.RoomClosed closed) {
    note(closed.toString());
    // Who is taken for dead for long enough has no room to come back to.
    assertThat(server.troubled).as("a room ends under its members: %s", closed).isTrue();
  }

  static ClientRequest.SendMessage message(RoomId room, String text, UUID id) {
    return new ClientRequest.SendMessage(room, text, id);
  }
}
