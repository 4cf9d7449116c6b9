package dev.watchnchill.server.runtime;

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

/** A simulated user who wants to be in the room or not, and acts as users and pages do. */
final class SimPerson {
  private static final long ANSWER_MS = 3_000;

  /** Something to be said, until it is acknowledged. */
  private record Saying(UUID id, String text) {}

  final String name;
  final boolean ours;
  @Nullable SimClient tab;
  boolean wants = true;

  /** Results that were acknowledged since the last check. */
  final List<String> acknowledged = new ArrayList<>();

  private final SimWorld world;
  private final Deque<Saying> outbox = new ArrayDeque<>();
  private final Map<RoomId, String> tokens = new HashMap<>();
  private final Map<RoomId, String> hostTokens = new HashMap<>();
  private long askedMs;
  private long notBeforeMs;
  private boolean asking;
  private boolean saying;

  SimPerson(String name, boolean ours, SimWorld world) {
    this.name = name;
    this.ours = ours;
    this.world = world;
  }

  boolean seated() {
    return tab != null && tab.connected && tab.view != null;
  }

  boolean hasUnsaid() {
    return !outbox.isEmpty();
  }

  void chat(String text) {
    outbox.add(new Saying(world.ids.uuid(), text));
    live();
  }

  /** Takes the next action. */
  void live() {
    SimClient now = tab;
    if (now != null && (now.server.dead() || now.replaced)) {
      if (now.connected) {
        now.lose(0);
      }
      now = gone();
    }
    if (!wants) {
      return;
    }
    if (now == null) {
      SimServer server = world.anyServer();
      if (server != null && world.time.nowMs() >= notBeforeMs) {
        now = world.connect(server, this);
        tab = now;
        enter(now);
      }
    } else if (asking && world.time.nowMs() - askedMs > ANSWER_MS) {
      world.note(name + " gives up on " + now.server.name);
      now.lose(world.random.nextInt(2_000));
      gone();
    } else if (now.view == null && !asking && world.time.nowMs() >= notBeforeMs) {
      enter(now);
    } else if (now.view != null && !saying && !outbox.isEmpty()) {
      speak(now, outbox.getFirst());
    }
  }

  private @Nullable SimClient gone() {
    if (saying && !ours) {
      outbox.removeFirst(); // without an id it cannot be said again
    }
    tab = null;
    asking = false;
    saying = false;
    notBeforeMs = world.time.nowMs() + world.random.nextInt(1_000);
    return null;
  }

  private void ask() {
    asking = true;
    askedMs = world.time.nowMs();
  }

  private void enter(SimClient client) {
    RoomId room = world.room;
    if (room == null) {
      if (!world.mayCreate(this)) {
        return;
      }
      ask();
      client.say(
          ClientEvent.CREATE_ROOM,
          new ClientRequest.CreateRoom(new DisplayName(name)),
          result -> entered(client, null, result));
      return;
    }
    ask();
    client.say(
        ClientEvent.JOIN_ROOM,
        new ClientRequest.JoinRoom(
            room, new DisplayName(name), hostTokens.get(room), tokens.get(room)),
        result -> entered(client, room, result));
  }

  private void entered(SimClient client, @Nullable RoomId asked, ServerReply result) {
    asking = false;
    world.note("  " + name + " on " + client.server.name + ": " + result);
    SimView view = client.view;
    if (result.ok() && view != null) {
      if (client.token != null) {
        tokens.put(view.roomId, client.token);
      }
      if (client.hostToken != null) {
        hostTokens.put(view.roomId, client.hostToken);
      }
      world.entered(view.roomId);
      return;
    }
    notBeforeMs = world.time.nowMs() + 300 + world.random.nextInt(500);
    if (result instanceof ServerReply.Failed(var problem)
        && problem.code() == ErrorCode.ROOM_NOT_FOUND
        && asked != null) {
      world.notFound(asked);
    }
  }

  private void speak(SimClient client, Saying next) {
    SimView view = client.view;
    if (view == null) {
      return;
    }
    saying = true;
    client.say(
        ClientEvent.SEND_MESSAGE,
        SimWorld.message(view.roomId, next.text(), next.id()),
        result -> {
          saying = false;
          if (result.ok()) {
            world.note("  acknowledged: " + next.text());
            outbox.remove(next);
            acknowledged.add(next.text());
            live();
          } else if (result instanceof ServerReply.Failed(var problem)
              && problem.code() == ErrorCode.INVALID_DATA) {
            outbox.remove(next); // it was said by who this person was before
          }
        });
  }

  /** The connection breaks; it comes back by itself when that is wanted. */
  void lose(long noticedAfterMs) {
    if (tab != null && tab.connected) {
      tab.lose(noticedAfterMs);
      gone();
    }
  }

  /** Goes, and says so. */
  void leave() {
    wants = false;
    SimClient now = tab;
    if (now != null && now.view != null && now.connected) {
      now.say(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(now.view.roomId), _ -> {});
      now.view = null;
      lose(world.random.nextInt(100));
    } else {
      lose(0);
    }
    outbox.clear();
  }
}
