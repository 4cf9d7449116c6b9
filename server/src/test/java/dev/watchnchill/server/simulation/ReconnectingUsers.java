package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Users of all instances who meet in one room, act at random, and return after every loss. */
final class ReconnectingUsers {
  private static final long POLL_MS = 300;

  /** For so long a room that is not found is looked for, before another one is created. */
  private static final long NOT_FOUND_MS = 2_500;

  /** No more than the history keeps, so that every acknowledged message can be looked for. */
  private static final int MESSAGES_MAX = 18;

  private final SimulatedCluster cluster;
  private final ClientRequests requests;
  private final RandomGenerator random;
  private final List<ReconnectingUser> users = new ArrayList<>();

  // The room that all want to join, or null until one of them has created it.
  private @Nullable RoomId room;
  private @Nullable RoomId missingRoom;
  private long missingSinceMs;
  private boolean roomLost;
  private int nextMessage;
  private int messagesNow;

  ReconnectingUsers(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.requests = new ClientRequests(cluster);
    this.random = cluster.random;
    for (String name : List.of("Ann", "Bob", "Cleo", "Dan").subList(0, 2 + random.nextInt(3))) {
      users.add(new ReconnectingUser(name, random.nextInt(3) < 2, cluster, this));
    }
    cluster.time.after(1, this::poll);
  }

  private void poll() {
    cluster.time.after(POLL_MS, this::poll);
    List.copyOf(users).forEach(ReconnectingUser::proceed);
  }

  @Nullable RoomId room() {
    return room;
  }

  /** Begins a phase; the messages of each phase fit into the history. */
  void beginPhase() {
    messagesNow = 0;
  }

  /** Lets one user act. */
  void act() {
    ReconnectingUser user = cluster.any(users);
    SimulatedClient client = user.client;
    switch (random.nextInt(12)) {
      case 0 -> {
        cluster.note(() -> user.name + " disconnects");
        user.disconnect(random.nextInt(3) == 2 ? random.nextInt(4_000) : 0);
      }
      case 1 -> {
        if (user.wanted) {
          cluster.note(() -> user.name + " leaves");
          user.leave();
        }
      }
      case 2, 3 -> user.wanted = true;
      case 4, 5, 6, 7 -> {
        if (messagesNow < MESSAGES_MAX && user.wanted) {
          messagesNow++;
          user.send("message " + nextMessage++);
        }
      }
      case 8 -> {
        if (client != null && user.seated() && client.view != null) {
          requests.player(client, client.view);
        }
      }
      default -> {
        if (client != null && user.seated() && client.view != null) {
          requests.control(client, client.view.roomId);
        }
      }
    }
  }

  void leaveAll() {
    cluster.note(() -> "-- all leave");
    users.forEach(ReconnectingUser::leave);
  }

  /** Returns whether a user is the one that creates the room, so that there is one of them. */
  boolean mayCreate(ReconnectingUser user) {
    return users.stream().filter(other -> other.wanted).findFirst().orElse(null) == user;
  }

  void entered(RoomId id) {
    cluster.rooms.add(id);
    missingRoom = null;
    if (room == null) {
      room = id;
    }
  }

  void notFound(RoomId id) {
    if (!id.equals(missingRoom)) {
      missingRoom = id;
      missingSinceMs = cluster.time.nowMs();
    } else if (cluster.time.nowMs() - missingSinceMs > NOT_FOUND_MS
        && users.stream().noneMatch(ReconnectingUser::seated)) {
      room = null;
      roomLost = true;
    }
  }

  /**
   * Checks the users after a quiet phase: each is in the room or not, as wanted, and every
   * acknowledged message is stored.
   *
   * @param historyLost whether the store has lost changes that no instance had to keep
   */
  void settled(boolean historyLost) {
    for (ReconnectingUser user : users) {
      assertThat(user.seated()).as("%s is in the room", user.name).isEqualTo(user.wanted);
      assertThat(user.hasUnsent()).as("%s has an unsent message", user.name).isFalse();
    }
    RoomId id = room;
    Room stored = id == null ? null : cluster.stored(id);
    List<String> chat =
        stored == null
            ? List.of()
            : stored.chat().messages().stream().map(ChatMessage::text).toList();
    boolean promised = stored != null && !roomLost && !historyLost;
    roomLost = false;
    for (ReconnectingUser user : users) {
      if (promised && !user.acknowledged.isEmpty()) {
        assertThat(chat)
            .as("acknowledged messages of %s", user.name)
            .containsSubsequence(user.acknowledged);
      }
      user.acknowledged.clear();
    }
    assertThat(chat).as("messages").doesNotHaveDuplicates();
  }
}
