package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.runtime.session.ConnectionLimits;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connected client, which follows its room as the real clients do. */
final class SimulatedClient implements ClientConnection {
  /** The contract that a client speaks. */
  enum Kind {
    /** The base contract. */
    BASE,
    /** The extended contract from before there was presence. */
    EXTENDED_WITHOUT_PRESENCE,
    /** The extended contract. */
    EXTENDED
  }

  private static final long CLOCK_MS = 3_000;
  private static final String REMOVED = "You were removed from this room.";

  /** The least delay of a resume: without one, a client would retry for ever in no time. */
  private static final long RESUME_DELAY_MIN_MS = 10;

  final SimulatedInstance instance;
  final Session session;
  final Kind kind;
  boolean connected = true;
  boolean replaced;
  @Nullable ClientView view;
  @Nullable String token;
  @Nullable String hostToken;

  /** The id of the knock that the client waits with, or null. */
  @Nullable String knock;

  /** The lists that it keeps as a host. */
  final HostLists lists;

  private final String id;
  private final SimulatedCluster cluster;
  private final Set<RoomId> subscribed = new HashSet<>();
  private boolean resuming;

  SimulatedClient(String id, SimulatedInstance instance, Kind kind, SimulatedCluster cluster) {
    this(id, instance, kind, null, ClientOrigin.numbered(id, kind), cluster);
  }

  /**
   * @param authToken the session token that it sends when it connects, or null
   */
  SimulatedClient(
      String id,
      SimulatedInstance instance,
      Kind kind,
      @Nullable String authToken,
      ClientOrigin origin,
      SimulatedCluster cluster) {
    this.id = id;
    this.instance = instance;
    this.kind = kind;
    this.cluster = cluster;
    this.session =
        new Session(
            this,
            extended(),
            authToken,
            NamePolicy.BASE,
            new ConnectionLimits(origin.address(), 1_000_000),
            origin.browserKey());
    this.lists = new HostLists(this, cluster);
    instance.clients.add(this);
    if (extended() && cluster.shared()) {
      cluster.time.after(CLOCK_MS, this::askClock);
    }
  }

  boolean extended() {
    return kind != Kind.BASE;
  }

  /** Sends a request to the instance, which may be slow to receive it. */
  void request(ClientEvent event, ClientRequest request, Consumer<ServerReply> whenAnswered) {
    cluster.note(() -> id + " " + event.wireName() + " " + request);
    submit(() -> instance.service.handle(session, event, request), whenAnswered);
  }

  /** Sends a command to a room; its answer does not matter. */
  void command(ClientEvent event, RoomId room, ClientRequest.CommandFactory command) {
    request(event, new ClientRequest.Command(room, command), _ -> {});
  }

  /** Submits work to the session. */
  void submit(Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenAnswered) {
    instance.run(() ->
        session.submit(
            work,
            reply -> {
              cluster.note(() -> "  " + id + ": " + reply);
              cluster.guard(this, () -> assertThat(codeOf(reply)).isNotEqualTo(ErrorCode.INTERNAL));
              if (connected && !instance.dead()) {
                if (reply instanceof ServerReply.Failed failed && failed.knockId() != null) {
                  knock = failed.knockId();
                }
                whenAnswered.accept(reply);
              }
            }));
  }

  static @Nullable ErrorCode codeOf(ServerReply reply) {
    return reply instanceof ServerReply.Failed failed ? failed.problem().code() : null;
  }

  /** Loses the connection; the instance notices now or later. */
  void disconnect(long noticedAfterMs) {
    connected = false;
    view = null;
    knock = null;
    Runnable noticed =
        () ->
            instance.run(() -> {
              instance.clients.remove(this);
              session.submitLast(() -> instance.service.disconnected(session));
            });
    if (noticedAfterMs == 0) {
      noticed.run();
    } else {
      cluster.time.after(noticedAfterMs, noticed);
    }
  }

  private void askClock() {
    if (!connected || instance.dead()) {
      return;
    }
    cluster.time.after(CLOCK_MS, this::askClock);
    instance.run(() -> {
      SeatedRoom.Position position = positionOfSeat();
      ClientView now = view;
      if (position != null
          && now != null
          && (position.epoch() > now.epoch
              || (position.epoch() == now.epoch && position.seq() > now.seq))) {
        compareWith(position.epoch(), position.seq());
      }
    });
  }

  private SeatedRoom.@Nullable Position positionOfSeat() {
    Session.Seat seat = session.seat();
    return seat == null ? null : seat.room().position();
  }

  private void compareWith(long epoch, long seq) {
    ClientView now = view;
    if (extended() && now != null && (now.epoch != epoch || now.seq != seq)) {
      resumeSoon();
    }
  }

  private void resumeSoon() {
    if (!resuming) {
      resuming = true;
      cluster.time.after(RESUME_DELAY_MIN_MS + cluster.random.nextInt(200), this::resume);
    }
  }

  private void resume() {
    ClientView from = view;
    if (!connected || from == null) {
      resuming = false;
      return;
    }
    request(
        ClientEvent.RESUME,
        new ClientRequest.Resume(from.roomId, from.epoch, from.seq),
        reply -> {
          resuming = false;
          if (view == from) {
            cluster.guard(this, () -> resumed(from, reply));
          }
        });
  }

  private void resumed(ClientView now, ServerReply reply) {
    if (reply instanceof ServerReply.Resynced(long epoch, long seq, RoomSnapshot snapshot)) {
      // A room that is small again is sent whole to clients that know few of its members.
      if (cluster.eachSent()) {
        ViewChecks.changesNotKnown(this, now, cluster.store(), new Revision(epoch, seq));
      }
      now.replace(snapshot, new Revision(epoch, seq));
      lists.begun(now, snapshot.room());
    } else if (reply instanceof ServerReply.Replayed(var _, long seq, var events)) {
      for (ServerReply.MissedEvent missed : events) {
        if (knows(missed.payload())) {
          now.apply(missed.payload(), extended(), allKnown());
        }
      }
      now.seq = seq;
      events.forEach(missed -> lists.applied(now, missed.payload()));
    } else {
      resumeSoon();
    }
  }

  /** Returns whether the client knows every member of its room. */
  private boolean allKnown() {
    Session.Seat seat = session.seat();
    return cluster.shared()
        ? cluster.eachSent()
        : seat != null && !((LiveRoom) seat.room()).presence().large();
  }

  private boolean knows(ServerMessage message) {
    boolean presence =
        message instanceof ServerMessage.Presence
            || message instanceof ServerMessage.PresenceSnapshot;
    return !presence || kind == Kind.EXTENDED;
  }

  boolean subscribed(RoomId room) {
    return subscribed.contains(room);
  }

  Set<RoomId> subscriptions() {
    return subscribed;
  }

  @Override
  public void send(ServerMessage message) {
    receive(message, () -> apply(message, false));
  }

  /** Receives a message that is broadcast to a room. */
  void receive(RoomId room, ServerMessage message) {
    receive(
        message,
        () -> {
          Session.Seat seat = session.seat();
          assertThat(seat).as("%s receives %s without a seat", id, message).isNotNull();
          assertThat(Objects.requireNonNull(seat).room().id()).isEqualTo(room);
          ClientView now = view;
          assertThat(now == null ? null : now.roomId).as("room of %s", id).isEqualTo(room);
          apply(message, true);
        });
  }

  private void receive(ServerMessage message, Runnable check) {
    if (connected) {
      cluster.note(() -> "    " + id + " receives " + message);
      cluster.received.add(message.eventName());
      if (message instanceof ServerMessage.TimelineState timeline) {
        cluster.received.add(timeline.reason());
      } else if (message instanceof ServerMessage.PresenceSnapshot) {
        cluster.received.add("small again");
      }
      cluster.guard(this, check);
    }
  }

  private void apply(ServerMessage message, boolean broadcast) {
    switch (message) {
      case ServerMessage.RoomCreated created -> hostToken = created.hostToken();
      case ServerMessage.RoomJoined joined -> {
        view = new ClientView(joined, cluster.limits.chatHistory());
        resuming = false;
        knock = null;
        token = joined.sessionToken();
        lists.begun(view, joined.room());
      }
      case ServerMessage.RoomAvailability _ -> {}
      case ServerMessage.RoomError error when error.error().equals(REMOVED) -> removed();
      case ServerMessage.ErrorMessage _ -> {}
      case ServerMessage.EntryRefused _ -> knock = null;
      case ServerMessage.RoomTransferred transferred when transferred.hostToken() != null -> {
        assertThat(Objects.requireNonNull(view).me).isEqualTo(transferred.hostId());
        hostToken = transferred.hostToken();
      }
      case ServerMessage.StatusUpdate _ when cluster.shared() -> {} // of members not known yet
      case ServerMessage.StreamPosition position -> {
        assertThat(extended()).as("a base client receives positions").isTrue();
        assertThat(cluster.shared() || !cluster.eachSent()).as("a gap without a fault").isTrue();
        compareWith(position.epoch(), position.seq());
      }
      case ServerMessage.RoomClosed closed
          when closed.reason().equals("removed") || closed.reason().equals("banned") ->
          removed();
      case ServerMessage.RoomClosed closed -> {
        assertThat(closed.roomId()).isEqualTo(Objects.requireNonNull(view).roomId.value());
        view = null;
        cluster.closed(instance, closed);
      }
      case ServerMessage.SessionReplaced _ -> {
        view = null;
        replaced = true;
      }
      default -> applyInRoom(message, broadcast);
    }
  }

  private void removed() {
    assertThat(view).as("%s is removed", id).isNotNull();
    view = null;
  }

  private void applyInRoom(ServerMessage message, boolean broadcast) {
    ClientView now = view;
    assertThat(now).as("%s receives %s without a seat", id, message.eventName()).isNotNull();
    Objects.requireNonNull(now);
    if (!broadcast && message instanceof ServerMessage.TimelineState timeline) {
      now.timeline = timeline;
      return;
    }
    if (kind == Kind.EXTENDED_WITHOUT_PRESENCE && !knows(message)) {
      return;
    }
    Revision revision = ClientView.revision(message);
    if (revision != null && (broadcast || extended()) && !follows(now, revision, message)) {
      return;
    }
    if (knows(message)) {
      now.apply(message, extended(), allKnown());
      if (!resuming) { // else the promotion may come with the answer
        lists.applied(now, message);
      }
    } else if (revision != null) {
      now.seq = revision.seq();
    }
  }

  /** Returns whether a message may be applied; when it comes after a gap, the client resumes. */
  private boolean follows(ClientView now, Revision revision, ServerMessage message) {
    if (extended() && resuming) {
      return false; // the answer brings it
    }
    Long since = kind == Kind.EXTENDED_WITHOUT_PRESENCE ? null : ClientView.since(message);
    long after = since == null ? revision.seq() - 1 : since;
    boolean gap = revision.epoch() != now.epoch || after > now.seq;
    if (cluster.shared() && !extended()) {
      return true;
    }
    if (gap) {
      assertThat(cluster.shared()).as("a gap without a fault before %s", message).isTrue();
      resumeSoon();
      return false;
    }
    assertThat(revision.seq()).as("sent again: %s", message).isGreaterThanOrEqualTo(now.seq);
    return true;
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
