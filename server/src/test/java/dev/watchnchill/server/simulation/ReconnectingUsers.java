package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.BanRules;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.server.limit.ClientKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
  private final QueueRequests queue;
  private final ChatRequests chat;
  private final VoiceRequests voice;
  private final RightsRequests rights;
  private final boolean entryControl;
  private final RandomGenerator random;
  private final List<ReconnectingUser> users = new ArrayList<>();

  // The room that all want to join, or null until one of them has created it.
  private @Nullable RoomId room;
  private @Nullable RoomId missingRoom;
  private long missingSinceMs;
  private boolean roomLost;
  private int nextMessage;
  private int messagesNow;

  /**
   * @param entryControl whether hosts change settings, and decide who may come in and write
   */
  ReconnectingUsers(SimulatedCluster cluster, boolean entryControl) {
    this.cluster = cluster;
    this.entryControl = entryControl;
    this.rights = new RightsRequests(cluster);
    this.requests = new ClientRequests(cluster);
    this.queue = new QueueRequests(cluster);
    this.chat = new ChatRequests(cluster);
    this.voice = new VoiceRequests(cluster);
    this.random = cluster.random;
    for (String name : List.of("Ann", "Bob", "Cleo", "Dan").subList(0, 2 + random.nextInt(3))) {
      boolean extended = random.nextInt(3) < 2;
      users.add(new ReconnectingUser(name, extended, origin(name, extended), cluster, this));
    }
    cluster.time.after(1, this::poll);
  }

  /** Some users share an address, and some a browser. */
  private ClientOrigin origin(String name, boolean extended) {
    boolean alone = !entryControl || random.nextInt(3) > 0;
    String browser = entryControl && random.nextInt(6) == 5 ? "Ann" : name;
    return new ClientOrigin(
        new ClientKey(alone ? "the address of " + name : "an address that users share"),
        extended ? "the key of the browser of " + browser : null);
  }

  @Nullable String password() {
    return entryControl ? rights.password() : null;
  }

  @Nullable String invitation(RoomId id) {
    return entryControl && random.nextInt(4) == 0 ? rights.inviteToken(id) : null;
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
    if (entryControl && random.nextInt(3) == 0) {
      if (client != null && user.seated() && client.view != null) {
        if (random.nextInt(3) == 0) {
          rights.rights(client, client.view);
        } else {
          rights.entry(client, client.view);
        }
      }
      return;
    }
    switch (random.nextInt(18)) {
      case 16, 17 -> {
        if (client != null && user.seated() && client.view != null) {
          voice.act(client, client.view);
        }
      }
      case 12, 13, 14 -> {
        if (client != null && user.seated() && client.view != null) {
          queue.act(client, client.view);
        }
      }
      case 15 -> {
        if (client != null && user.seated() && client.view != null) {
          chat.act(client, client.view);
        }
      }
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

  /**
   * Checks after a quiet phase that those who want to come in and are not in are kept out by a
   * rule, and that an accepted knock has led to a member.
   */
  void keptOutByRules() {
    RoomId id = room;
    Room stored = id == null ? null : cluster.stored(id);
    for (ReconnectingUser user : users) {
      if (user.wanted && !user.seated()) {
        assertThat(stored).as("the room that %s is not in", user.name).isNotNull();
        keptOut(user, Objects.requireNonNull(stored));
      }
    }
  }

  private void keptOut(ReconnectingUser user, Room stored) {
    List<Knock> knocks =
        stored.entry().knocks().stream()
            .filter(knock -> knock.name().value().equals(user.name))
            .toList();
    SimulatedClient client = Objects.requireNonNull(user.client);
    boolean banned =
        BanRules.bans(
            stored.entry(),
            null,
            client.session.identity(stored.entry().secret()),
            cluster.time.nowMs());
    switch (stored.settings().entry()) {
      case LINK -> assertThat(banned).as("%s is kept out by a ban", user.name).isTrue();
      case APPROVAL -> {
        if (!banned) {
          assertThat(knocks).as("knocks of %s", user.name).isNotEmpty();
          assertThat(knocks).as("knocks of %s", user.name).noneMatch(Knock::accepted);
          assertThat(client.session.waiting()).as("the wait of %s", user.name).isNotNull();
        }
      }
      case PASSWORD, CLOSED -> {}
    }
  }

  /** Lets a host open the room to everybody. */
  void open() {
    cluster.note(() -> "-- open");
    for (ReconnectingUser user : users) {
      SimulatedClient client = user.client;
      ClientView view = client == null ? null : client.view;
      if (client != null && view != null && user.seated() && view.hosts.contains(view.me)) {
        rights.open(client, view);
        return;
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
    List<UUID> messages =
        stored == null
            ? List.of()
            : stored.chat().messages().stream().map(ChatMessage::id).toList();
    cluster.history.nothingAcknowledgedIsLost(stored, roomLost || historyLost);
    boolean promised = stored != null && !roomLost && !historyLost;
    roomLost = false;
    for (ReconnectingUser user : users) {
      if (promised && !user.acknowledged.isEmpty()) {
        assertThat(messages)
            .as("acknowledged messages of %s", user.name)
            .containsSubsequence(user.acknowledged);
      }
      user.acknowledged.clear();
    }
    assertThat(messages).as("messages").doesNotHaveDuplicates();
  }
}
