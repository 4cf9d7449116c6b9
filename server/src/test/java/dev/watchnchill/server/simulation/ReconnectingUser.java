package dev.watchnchill.server.simulation;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user who is to be in the room or not, and who reconnects, joins again and retries messages as
 * the web client does.
 */
final class ReconnectingUser {
  private static final long ANSWER_MAX_MS = 3_000;

  /** A message until it is acknowledged. */
  private record Unsent(UUID id, String text) {}

  final String name;
  final boolean extended;
  final ClientOrigin origin;
  @Nullable SimulatedClient client;

  /** Whether the user is to be in the room. */
  boolean wanted = true;

  /** The messages that were acknowledged in the room of all users since the last check. */
  final List<UUID> acknowledged = new ArrayList<>();

  private final SimulatedCluster cluster;
  private final ReconnectingUsers users;
  private final Deque<Unsent> outbox = new ArrayDeque<>();
  private final Map<RoomId, String> tokens = new HashMap<>();
  private final Map<RoomId, String> hostTokens = new HashMap<>();
  private long joinSentMs;
  private long notBeforeMs;
  private boolean joining;
  private boolean sending;

  ReconnectingUser(
      String name,
      boolean extended,
      ClientOrigin origin,
      SimulatedCluster cluster,
      ReconnectingUsers users) {
    this.name = name;
    this.extended = extended;
    this.origin = origin;
    this.cluster = cluster;
    this.users = users;
  }

  /** Returns whether the user has joined and is connected. */
  boolean seated() {
    return client != null && client.connected && client.view != null;
  }

  boolean hasUnsent() {
    return !outbox.isEmpty();
  }

  void send(String text) {
    outbox.add(new Unsent(cluster.ids.uuid(), text));
    proceed();
  }

  /** Connects, joins, retries or sends, whatever is due. */
  void proceed() {
    SimulatedClient now = client;
    if (now != null && (now.instance.dead() || now.replaced)) {
      if (now.connected) {
        now.disconnect(0);
      }
      forgetClient();
      now = null;
    }
    if (!wanted) {
      return;
    }
    if (now == null) {
      connect();
    } else if (joining && cluster.time.nowMs() - joinSentMs > ANSWER_MAX_MS) {
      SimulatedInstance unanswered = now.instance;
      cluster.note(() -> name + " gives up on " + unanswered.name);
      disconnect(cluster.random.nextInt(2_000));
    } else if (now.view == null
        && now.knock == null
        && !joining
        && cluster.time.nowMs() >= notBeforeMs) {
      enter(now);
    } else if (now.view != null && !sending && !outbox.isEmpty()) {
      if (now.hostToken != null) {
        hostTokens.put(now.view.roomId, now.hostToken);
      }
      send(now, now.view, outbox.getFirst());
    }
  }

  private void connect() {
    SimulatedInstance instance = cluster.anyLiving();
    if (instance != null && cluster.time.nowMs() >= notBeforeMs) {
      int number = cluster.nextClient();
      var connected =
          new SimulatedClient("client " + number, instance, kind(number), null, origin, cluster);
      cluster.note(() -> name + " connects to " + instance.name + " as " + connected.id());
      client = connected;
      enter(connected);
    }
  }

  private SimulatedClient.Kind kind(int number) {
    if (!extended) {
      return SimulatedClient.Kind.BASE;
    }
    return number % 3 == 2
        ? SimulatedClient.Kind.EXTENDED_WITHOUT_PRESENCE
        : SimulatedClient.Kind.EXTENDED;
  }

  private void forgetClient() {
    if (sending && !extended) {
      outbox.removeFirst(); // without an id it cannot be retried
    }
    client = null;
    joining = false;
    sending = false;
    notBeforeMs = cluster.time.nowMs() + cluster.random.nextInt(1_000);
  }

  private void enter(SimulatedClient now) {
    RoomId room = users.room();
    if (room == null && !users.mayCreate(this)) {
      return;
    }
    joining = true;
    joinSentMs = cluster.time.nowMs();
    if (room == null) {
      now.request(
          ClientEvent.CREATE_ROOM,
          new ClientRequest.CreateRoom(new DisplayName(name)),
          reply -> entered(now, null, reply));
    } else {
      now.request(
          ClientEvent.JOIN_ROOM,
          new ClientRequest.JoinRoom(
              room,
              new DisplayName(name),
              hostTokens.get(room),
              tokens.get(room),
              users.password(),
              users.invitation(room)),
          reply -> entered(now, room, reply));
    }
  }

  private void entered(SimulatedClient now, @Nullable RoomId requested, ServerReply reply) {
    joining = false;
    ClientView view = now.view;
    if (reply.ok() && view != null) {
      if (now.token != null) {
        tokens.put(view.roomId, now.token);
      }
      if (now.hostToken != null) {
        hostTokens.put(view.roomId, now.hostToken);
      }
      users.entered(view.roomId);
      return;
    }
    if (requested != null
        && reply instanceof ServerReply.Failed failed
        && failed.knockId() != null) {
      cluster.history.acknowledgedKnock(requested, UUID.fromString(failed.knockId()), name);
      if (failed.sessionToken() != null) {
        tokens.put(requested, failed.sessionToken()); // it becomes the seat's
      }
    }
    if (requested != null && SimulatedClient.codeOf(reply) == ErrorCode.BAD_HOST_CREDENTIALS) {
      hostTokens.remove(requested); // void since the room was handed over
    }
    notBeforeMs = cluster.time.nowMs() + 300 + cluster.random.nextInt(500);
    if (requested != null && SimulatedClient.codeOf(reply) == ErrorCode.ROOM_NOT_FOUND) {
      users.notFound(requested);
    }
  }

  private void send(SimulatedClient now, ClientView view, Unsent next) {
    sending = true;
    now.request(
        ClientEvent.SEND_MESSAGE,
        new ClientRequest.SendMessage(view.roomId, next.text(), next.id()),
        reply -> {
          sending = false;
          if (reply.ok()) {
            outbox.remove(next);
            if (view.roomId.equals(users.room())) {
              acknowledged.add(next.id());
            }
            proceed();
          } else if (!retries(SimulatedClient.codeOf(reply))) {
            outbox.remove(next);
          }
        });
  }

  private static boolean retries(@Nullable ErrorCode code) {
    return code != ErrorCode.INVALID_DATA // sent by the member that this user was before
        && code != ErrorCode.MUTED
        && code != ErrorCode.CHAT_CLOSED
        && code != ErrorCode.SLOW_MODE;
  }

  /** Loses the connection; the user reconnects when that is wanted. */
  void disconnect(long noticedAfterMs) {
    if (client != null && client.connected) {
      client.disconnect(noticedAfterMs);
      forgetClient();
    }
  }

  /** Leaves the room and disconnects. */
  void leave() {
    wanted = false;
    SimulatedClient now = client;
    if (now != null && now.view != null && now.connected) {
      now.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(now.view.roomId), _ -> {});
      now.view = null;
      disconnect(cluster.random.nextInt(100));
    } else {
      RoomId door = users.room();
      if (now != null && now.connected && now.knock != null && door != null) {
        now.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(door), _ -> {});
      }
      disconnect(0);
    }
    outbox.clear();
  }
}
