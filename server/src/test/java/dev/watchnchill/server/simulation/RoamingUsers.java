package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Users of one instance who connect, create, join and leave rooms at random, under any name and
 * with any token: their own, that of another user, or an old one.
 */
final class RoamingUsers {
  private static final int CLIENTS_MAX = 7;
  private static final List<String> NAMES =
      List.of("Ann", "Bob", "Cleo", "Dan", "Eve", "ann", "BOB");

  private final SimulatedCluster cluster;
  private final SimulatedInstance instance;
  private final ClientRequests requests;
  private final RightsRequests rights;
  private final QueueRequests queue;
  private final ChatRequests chat;
  private final VoiceRequests voice;
  private final RandomGenerator random;
  private final List<String> lostTokens = new ArrayList<>();
  private final Map<RoomId, String> hostTokens = new LinkedHashMap<>();
  private final List<RoomId> rooms = new ArrayList<>();

  RoamingUsers(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.instance = cluster.instances.getFirst();
    this.requests = new ClientRequests(cluster);
    this.rights = new RightsRequests(cluster);
    this.queue = new QueueRequests(cluster);
    this.chat = new ChatRequests(cluster);
    this.voice = new VoiceRequests(cluster);
    this.random = cluster.random;
  }

  /** Lets one user act, or some time pass. */
  void act() {
    int dice = random.nextInt(100);
    if (instance.clients.size() < 2 || (dice < 8 && instance.clients.size() < CLIENTS_MAX)) {
      connect();
      return;
    }
    SimulatedClient client = cluster.any(instance.clients);
    if (dice < 14) {
      disconnect(client);
    } else if (dice < 26) {
      long ms = random.nextInt(dice < 15 ? 70_000 : 4_000);
      cluster.note(() -> "wait " + ms);
      cluster.time.advance(ms);
    } else if (dice < 32) {
      create(client);
    } else if (dice < 50) {
      join(client);
    } else if (dice < 62) {
      if (client.view != null) {
        requests.player(client, client.view);
      }
    } else {
      inRoom(client);
    }
  }

  /** Disconnects all clients. */
  void disconnectAll() {
    List.copyOf(instance.clients).forEach(this::disconnect);
  }

  private void connect() {
    boolean extended = random.nextBoolean();
    String token =
        extended && !lostTokens.isEmpty() && random.nextBoolean() ? cluster.any(lostTokens) : null;
    String id = "client " + cluster.nextClient();
    var kind = extended ? SimulatedClient.Kind.EXTENDED : SimulatedClient.Kind.BASE;
    var client =
        new SimulatedClient(id, instance, kind, token, ClientOrigin.numbered(id, kind), cluster);
    cluster.note(() -> client.id() + " connects, " + client.kind + ", token " + token);
    if (token != null && !rooms.isEmpty()) {
      RoomId room = cluster.any(rooms);
      Consumer<ServerReply> resumed = resumes(client, room, token);
      client.submit(() -> instance.service.resumeSeat(client.session, room, token), resumed);
    }
  }

  /**
   * Returns the check that a client gets the seat of the token that it brings, with its role.
   *
   * @param token the token, or null
   */
  private Consumer<ServerReply> resumes(
      SimulatedClient client, RoomId room, @Nullable String token) {
    Room stored = cluster.stored(room);
    Member holder =
        stored == null || token == null
            ? null
            : stored.members().findBySession(SecretHash.of(token));
    if (holder == null) {
      return _ -> {};
    }
    String user = holder.id().toString();
    boolean host = holder.host();
    // A client that leaves the same room for the seat may thereby make its member a host.
    boolean moves = client.view != null && client.view.roomId.equals(room);
    return reply ->
        cluster.guard(
            client,
            () -> {
              assertThat(reply)
                  .as("the seat of %s", holder)
                  .isEqualTo(new ServerReply.Joined(room.value(), user, true));
              ClientView view = Objects.requireNonNull(client.view);
              assertThat(view.me).as("the user of %s", holder).isEqualTo(user);
              if (host || !moves) {
                assertThat(view.hosts.contains(user)).as("the role of %s", holder).isEqualTo(host);
              }
            });
  }

  private void disconnect(SimulatedClient client) {
    cluster.note(() -> client.id() + " disconnects");
    if (client.token != null) {
      lostTokens.add(client.token);
    }
    client.disconnect(0);
    assertThat(client.subscriptions()).as("subscriptions of a lost client").isEmpty();
    assertThat(client.session.seat()).as("seat of a lost client").isNull();
  }

  private void create(SimulatedClient client) {
    ClientView before = client.view;
    client.request(
        ClientEvent.CREATE_ROOM,
        new ClientRequest.CreateRoom(new DisplayName(cluster.any(NAMES))),
        _ -> {
          ClientView now = client.view;
          if (now != null && now != before) {
            rooms.add(now.roomId);
            cluster.rooms.add(now.roomId);
            if (client.hostToken != null) {
              hostTokens.put(now.roomId, client.hostToken);
            }
          }
        });
  }

  private void join(SimulatedClient client) {
    if (rooms.isEmpty()) {
      return;
    }
    RoomId room = rooms.get(Math.max(0, rooms.size() - 1 - random.nextInt(3)));
    String hostToken = random.nextInt(3) == 2 ? hostTokens.getOrDefault(room, "wrong") : null;
    String token = sessionToken();
    String brought = token == null ? client.session.authToken() : token;
    var request =
        new ClientRequest.JoinRoom(
            room,
            new DisplayName(cluster.any(NAMES)),
            hostToken,
            token,
            rights.password(),
            rights.inviteToken(room));
    client.request(ClientEvent.JOIN_ROOM, request, resumes(client, room, brought));
  }

  private @Nullable String sessionToken() {
    return switch (random.nextInt(8)) {
      case 7 -> cluster.any(instance.clients).token;
      case 6 -> lostTokens.isEmpty() ? null : cluster.any(lostTokens);
      default -> null;
    };
  }

  private void inRoom(SimulatedClient client) {
    ClientView view = client.view;
    if (view == null && rooms.isEmpty()) {
      return;
    }
    RoomId other = rooms.isEmpty() ? new RoomId("NOROOM") : rooms.getFirst();
    RoomId room = view == null || random.nextInt(12) == 11 ? other : view.roomId;
    switch (random.nextInt(23)) {
      case 20, 21, 22 -> {
        if (view != null) {
          voice.act(client, view);
        }
      }
      case 14, 15, 16, 17 -> {
        if (view != null) {
          queue.act(client, view);
        }
      }
      case 18, 19 -> {
        if (view != null) {
          chat.act(client, view);
        }
      }
      case 11 -> {
        if (view != null) {
          rights.rights(client, view);
        }
      }
      case 12, 13 -> {
        if (view != null) {
          rights.entry(client, view);
        }
      }
      case 0 -> {
        client.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room), _ -> {});
        if (view != null && view.roomId.equals(room)) {
          client.view = null; // a client that leaves gets no event
        }
      }
      case 1, 2 ->
          client.request(
              ClientEvent.SEND_MESSAGE, new ClientRequest.SendMessage(room, "hi", null), _ -> {});
      default -> requests.control(client, room);
    }
  }
}
