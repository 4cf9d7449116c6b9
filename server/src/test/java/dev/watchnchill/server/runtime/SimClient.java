package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.runtime.session.SeatedRoom;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.RoomSnapshot;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One browser tab, which follows its room as the real clients do. */
final class SimClient implements ClientConnection {
  private static final long CLOCK_MS = 3_000;

  final SimServer server;
  final Session session;
  final boolean ours;

  /** Whether it is one of ours from before there was presence. */
  final boolean old;

  boolean connected = true;
  boolean replaced;
  @Nullable SimView view;
  @Nullable String token;
  @Nullable String hostToken;
  private final String id;
  private final SimWorld world;
  private final Set<RoomId> subscribed = new HashSet<>();
  private boolean resuming;

  SimClient(String id, SimServer server, boolean ours, SimWorld world) {
    this.id = id;
    this.server = server;
    this.ours = ours;
    this.old = id.hashCode() % 3 == 0;
    this.world = world;
    this.session = new Session(this, ours, null, 1_000_000);
    server.clients.add(this);
    if (ours) {
      world.time.after(CLOCK_MS, this::askClock);
    }
  }

  /** Says that to the server, which may be slow to hear it. */
  void say(ClientEvent event, ClientRequest message, Consumer<ServerReply> whenAnswered) {
    server.run(() ->
        session.submit(
            () -> server.service.handle(session, event, message),
            result -> {
              world.guard(this, () -> assertThat(codeOf(result)).isNotEqualTo(ErrorCode.INTERNAL));
              if (connected && !server.dead()) {
                whenAnswered.accept(result);
              }
            }));
  }

  private static @Nullable ErrorCode codeOf(ServerReply result) {
    return result instanceof ServerReply.Failed(var problem) ? problem.code() : null;
  }

  /** The line is gone; the server notices now or later. */
  void lose(long noticedAfterMs) {
    connected = false;
    view = null;
    world.time.after(
        noticedAfterMs,
        () ->
            server.run(() -> {
              server.clients.remove(this);
              session.submitLast(() -> server.service.disconnected(session));
            }));
  }

  private void askClock() {
    if (!connected || server.dead()) {
      return;
    }
    world.time.after(CLOCK_MS, this::askClock);
    server.run(() -> {
      SeatedRoom.Position position = positionOfSeat();
      SimView now = view;
      if (position != null
          && now != null
          && (position.epoch() > now.epoch
              || (position.epoch() == now.epoch && position.seq() > now.seq))) {
        at(position.epoch(), position.seq());
      }
    });
  }

  private SeatedRoom.@Nullable Position positionOfSeat() {
    Session.Seat seat = session.seat();
    return seat == null ? null : seat.room().position();
  }

  private void at(long epoch, long seq) {
    SimView now = view;
    if (ours && now != null && (now.epoch != epoch || now.seq != seq)) {
      resumeSoon();
    }
  }

  private void resumeSoon() {
    if (!resuming) {
      resuming = true;
      world.time.after(world.random.nextInt(200), this::resume);
    }
  }

  private void resume() {
    SimView from = view;
    if (!connected || from == null) {
      resuming = false;
      return;
    }
    say(
        ClientEvent.RESUME,
        new ClientRequest.Resume(from.roomId, from.epoch, from.seq),
        result -> {
          resuming = false;
          if (view == from) {
            world.guard(this, () -> resumed(from, result));
          }
        });
  }

  private void resumed(SimView now, ServerReply result) {
    world.detail(() -> "    " + id + " resumes: " + result);
    if (result instanceof ServerReply.Resynced(long epoch, long seq, RoomSnapshot snapshot)) {
      // A room that is small again is sent whole to clients that know few of its members.
      if (eachSent()) {
        assertThat(world.store.since(now.roomId, new Revision(now.epoch, now.seq)))
            .as("the changes that %s is not sent", id)
            .isNull();
      }
      now.take(snapshot, epoch, seq);
    } else if (result instanceof ServerReply.Replayed(var _, long seq, var events)) {
      for (ServerReply.MissedEvent missed : events) {
        if (knows(missed.name())) {
          now.apply(missed.payload(), ours);
        }
      }
      now.seq = seq;
    } else {
      resumeSoon();
    }
  }

  private boolean eachSent() {
    return world.limits.presenceEachMax() > world.limits.membersMax();
  }

  private boolean knows(String event) {
    return !event.equals("presence") || (ours && !old);
  }

  boolean isSubscribed(RoomId room) {
    return subscribed.contains(room);
  }

  @Override
  public void send(ServerMessage message) {
    hear(message, false);
  }

  /**
   * Handles an event that arrives.
   *
   * @param fanned whether it was broadcast to the room
   */
  void hear(ServerMessage message, boolean fanned) {
    if (connected) {
      world.detail(() -> "    " + id + " gets " + message);
      world.received.add(message.eventName());
      world.guard(this, () -> take(message, fanned));
    }
  }

  private void take(ServerMessage message, boolean fanned) {
    switch (message) {
      case ServerMessage.RoomCreated created -> hostToken = created.hostToken();
      case ServerMessage.RoomJoined joined -> {
        view = new SimView(joined, eachSent());
        resuming = false;
        token = joined.sessionToken();
      }
      case ServerMessage.RoomAvailability _ -> {}
      case ServerMessage.StatusUpdate _ -> {}
      case ServerMessage.StreamPosition position -> {
        assertThat(ours).as("a base client hears of positions").isTrue();
        at(position.epoch(), position.seq());
      }
      case ServerMessage.RoomClosed closed -> {
        view = null;
        world.closed(server, closed);
      }
      case ServerMessage.SessionReplaced _ -> {
        view = null;
        replaced = true;
      }
      default -> inRoom(message, fanned);
    }
  }

  private void inRoom(ServerMessage message, boolean fanned) {
    String event = message.eventName();
    SimView now = view;
    assertThat(now).as("%s hears %s without a seat", id, event).isNotNull();
    Objects.requireNonNull(now);
    if (!fanned && message instanceof ServerMessage.TimelineState timeline) {
      now.timeline = timeline;
      return;
    }
    if (!knows(event)) {
      return;
    }
    Revision place = SimView.place(message);
    if (ours && place != null) {
      if (resuming) {
        return; // the answer brings it
      }
      Long since = old ? null : SimView.since(message);
      long follows = since == null ? place.seq() - 1 : since;
      if (place.epoch() != now.epoch || follows > now.seq) {
        resumeSoon();
        return;
      }
      assertThat(place.seq()).as("sent again: %s", event).isGreaterThanOrEqualTo(now.seq);
    }
    now.apply(message, ours);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void subscribe(RoomId room) {
    subscribed.add(room);
  }

  @Override
  public void unsubscribe(RoomId room) {
    subscribed.remove(room);
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }
}
