package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.LocalInstances;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A run of one instance in virtual time, with clients that join, act and leave at random. */
final class OneInstanceSimulation {
  private static final int STEPS = 60;

  /** Counts open subscriptions. */
  private static final class CountingStore extends ForwardingStore {
    private int subscriptions;

    CountingStore(RoomStore store) {
      super(store);
    }

    @Override
    Subscription doSubscribe(RoomId id, Subscriber subscriber) {
      subscriptions++;
      Subscription subscription = super.doSubscribe(id, subscriber);
      return () -> {
        subscriptions--;
        subscription.close();
      };
    }
  }

  private static final List<String> NAMES =
      List.of("Ann", "Bob", "Cleo", "Dan", "Eve", "ann", "BOB");

  final List<String> log = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Set<String> received;
  private final RandomGenerator random;
  private final VirtualTime time = new VirtualTime();
  private final CountingStore store =
      new CountingStore(new MemoryRoomStore(time::nowMs, SimulationTest.LIMITS.roomLifeMs()));
  private final List<OneInstanceClient> clients = new ArrayList<>();
  private final List<String> lostTokens = new ArrayList<>();
  private final Map<RoomId, String> hostTokens = new LinkedHashMap<>();
  private final List<RoomId> rooms = new ArrayList<>();
  private final RoomService service;
  private int nextClient;
  private int nextId;

  OneInstanceSimulation(RandomGenerator random, Set<String> received, Limits limits) {
    this.random = random;
    this.received = received;
    var ids =
        new IdSource() {
          @Override
          public RoomId roomId() {
            return new RoomId("ROOM0" + (char) ('A' + random.nextInt(12)));
          }

          @Override
          public UUID uuid() {
            return new UUID(0x4000, 0x8000_0000_0000_0000L | nextId++);
          }

          @Override
          public String sessionToken() {
            return "token " + nextId++;
          }
        };
    service =
        new RoomService(
            new RoomRules(limits),
            store,
            new LocalInstances(new InstanceId("here")),
            time,
            ids,
            time,
            (room, pieces) ->
                pieces.forEach(piece -> fanOut(room, piece.message(), piece.exceptConnectionId())),
            4,
            PlaybackMetrics.NONE);
  }

  private void fanOut(RoomId room, ServerMessage message, @Nullable String except) {
    if (message instanceof ServerMessage.PresenceSnapshot) {
      received.add("not large any more");
    }
    received.add(
        message instanceof ServerMessage.TimelineState moved
            ? moved.reason()
            : message.eventName());
    for (OneInstanceClient client : clients) {
      if (client.subscribed.contains(room) && !client.id.equals(except)) {
        try {
          client.receive(room, message);
        } catch (AssertionError | RuntimeException e) {
          // The runtime survives what is thrown here, as it should.
          failures.add(e);
        }
      }
    }
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      act();
      check();
    }
    for (OneInstanceClient client : List.copyOf(clients)) {
      drop(client);
    }
    time.advance(10 * SimulationTest.LIMITS.roomLifeMs());
    assertThat(service.liveRooms()).as("live rooms").isZero();
    assertThat(time.timers()).as("timers").isZero();
    assertThat(store.subscriptions).as("subscriptions").isZero();
    assertThat(store.active().join()).as("rooms in the store").isEmpty();
  }

  private void act() {
    int dice = random.nextInt(100);
    if (clients.size() < 2 || (dice < 8 && clients.size() < 7)) {
      connect();
      return;
    }
    OneInstanceClient client = clients.get(random.nextInt(clients.size()));
    if (dice < 14) {
      drop(client);
    } else if (dice < 26) {
      long ms = random.nextInt(dice < 15 ? 70_000 : 4_000);
      log.add("wait " + ms);
      time.advance(ms);
    } else if (dice < 32) {
      create(client);
    } else if (dice < 50) {
      join(client);
    } else if (dice < 62) {
      player(client);
    } else {
      inRoom(client, dice);
    }
  }

  private void connect() {
    boolean extended = random.nextBoolean();
    String token =
        extended && !lostTokens.isEmpty() && random.nextBoolean()
            ? lostTokens.get(random.nextInt(lostTokens.size()))
            : null;
    var client = new OneInstanceClient("client" + nextClient++, extended, token);
    clients.add(client);
    log.add(
        client.id
            + " connects"
            + (extended ? ", extended" : "")
            + (token == null ? "" : ", with a token"));
    if (token != null && !rooms.isEmpty()) {
      RoomId room = rooms.get(random.nextInt(rooms.size()));
      submit(client, () -> service.resumeSeat(client.session, room, token));
    }
  }

  private void submit(
      OneInstanceClient client,
      java.util.function.Supplier<java.util.concurrent.CompletableFuture<ServerReply>> work) {
    client.session.submit(work, result -> log.add("  " + client.id + ": " + result));
  }

  private void drop(OneInstanceClient client) {
    log.add(client.id + " is lost");
    client.connected = false;
    if (client.token != null) {
      lostTokens.add(client.token);
    }
    client.session.submitLast(() -> service.disconnected(client.session));
    clients.remove(client);
    assertThat(client.subscribed).as("subscriptions of a lost socket").isEmpty();
    assertThat(client.session.seat()).isNull();
  }

  private void say(OneInstanceClient client, ClientEvent event, ClientRequest message) {
    log.add(client.id + " " + event.wireName() + " " + message);
    submit(client, () -> service.handle(client.session, event, message));
  }

  private void create(OneInstanceClient client) {
    var name = new DisplayName(NAMES.get(random.nextInt(NAMES.size())));
    OneInstanceView before = client.view;
    say(client, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(name));
    OneInstanceView now = client.view;
    if (now != null && now != before) {
      rooms.add(now.roomId);
      hostTokens.put(now.roomId, client.hostToken);
    }
  }

  private void join(OneInstanceClient client) {
    if (rooms.isEmpty()) {
      return;
    }
    RoomId room = rooms.get(Math.max(0, rooms.size() - 1 - random.nextInt(3)));
    String hostToken = random.nextInt(3) == 0 ? hostTokens.getOrDefault(room, "wrong") : null;
    String token =
        random.nextInt(4) == 0
            ? lostTokens.isEmpty() || random.nextBoolean()
                ? clients.get(random.nextInt(clients.size())).token
                : lostTokens.get(random.nextInt(lostTokens.size()))
            : null;
    var name = new DisplayName(NAMES.get(random.nextInt(NAMES.size())));
    say(client, ClientEvent.JOIN_ROOM, new ClientRequest.JoinRoom(room, name, hostToken, token));
  }

  private void inRoom(OneInstanceClient client, int dice) {
    OneInstanceView view = client.view;
    if (view == null && rooms.isEmpty()) {
      return;
    }
    RoomId elsewhere = rooms.isEmpty() ? new RoomId("NOROOM") : rooms.getFirst();
    RoomId room = view == null || random.nextInt(12) == 0 ? elsewhere : view.roomId;
    double position = random.nextInt(500);
    switch (dice % 11) {
      case 0 -> {
        say(client, ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room));
        if (view != null && view.roomId.equals(room)) {
          client.view = null; // a client that leaves gets no event
        }
      }
      case 1 -> {
        List<String> ids = view == null ? List.of() : List.copyOf(view.names.keySet());
        UUID target =
            ids.isEmpty() ? new UUID(0, 0) : UUID.fromString(ids.get(random.nextInt(ids.size())));
        say(client, ClientEvent.PROMOTE_HOST, MemberRequests.promote(room, new UserId(target)));
      }
      case 2 ->
          say(
              client,
              ClientEvent.SET_VIDEO,
              MemberRequests.setVideo(
                  room,
                  Media.parse("https://films.example/" + random.nextInt(9) + ".mp4")
                      .orElseThrow()));
      case 3, 4 ->
          control(client, ClientEvent.PLAY_VIDEO, MemberRequests.play(room, position), true);
      case 5 ->
          control(
              client, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(room, position, null), false);
      case 6 -> say(client, ClientEvent.SEEK_VIDEO, MemberRequests.seek(room, position));
      case 7 -> {
        boolean playing = random.nextBoolean();
        control(
            client,
            ClientEvent.SYNC_CHECK,
            MemberRequests.syncCheck(room, position, playing, time.nowMs()),
            playing);
      }
      case 8, 9 ->
          say(client, ClientEvent.SEND_MESSAGE, new ClientRequest.SendMessage(room, "hi", null));
      default -> say(client, ClientEvent.TYPING_START, MemberRequests.typing(room, true));
    }
  }

  /** Sends a viewer signal, or a host's rate or wait policy. */
  private void player(OneInstanceClient client) {
    OneInstanceView view = client.view;
    if (view == null) {
      return;
    }
    long seq = random.nextInt(6) == 0 ? random.nextInt(20) : view.timeline.seq();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> say(client, ClientEvent.READY, MemberRequests.ready(view.roomId, seq));
      case 3 -> say(client, ClientEvent.BUFFERING, MemberRequests.buffering(view.roomId, seq));
      case 4 -> say(client, ClientEvent.BUFFERED, MemberRequests.buffered(view.roomId, seq));
      case 5 ->
          say(
              client,
              ClientEvent.SET_RATE,
              MemberRequests.setRate(view.roomId, 0.25 * (1 + random.nextInt(8))));
      case 6 ->
          say(
              client,
              ClientEvent.SET_WAITING,
              MemberRequests.setWaiting(
                  view.roomId,
                  random.nextInt(4) == 0 ? WaitPolicy.Mode.NEVER : WaitPolicy.Mode.EVERYONE,
                  1 + random.nextInt(8),
                  random.nextInt(1_000),
                  1 + random.nextInt(4),
                  null));
      default -> {
        double ms = random.nextInt(800);
        var report = new ViewerReport(ms, ms / 4, 5.0, 90.0, ms - 400, 4.0, State.SYNCED, seq);
        say(client, ClientEvent.CLOCK, new ClientRequest.ReadClock(1, report));
      }
    }
  }

  /** Submits a control; the client gets no event of its own action. */
  private void control(
      OneInstanceClient client, ClientEvent event, ClientRequest.InRoom message, boolean playing) {
    log.add(client.id + " " + event.wireName() + " " + message);
    client.session.submit(
        () -> service.handle(client.session, event, message),
        result -> {
          log.add("  " + client.id + ": " + result);
          if (result.ok() && client.view != null && !client.session.resumable()) {
            client.requireView().playing = playing;
          }
        });
  }

  private void check() {
    for (Throwable failure : failures) {
      throw new AssertionError("a client got a wrong event", failure);
    }
    for (OneInstanceClient client : clients) {
      OneInstanceView view = client.view;
      Session.Seat seat = client.session.seat();
      assertThat(seat == null).as("%s: seat and view", client.id).isEqualTo(view == null);
      if (view == null) {
        assertThat(client.subscribed).as(client.id).isEmpty();
        continue;
      }
      assertThat(client.subscribed).containsExactly(view.roomId);
      Room room = store.load(view.roomId).join();
      assertThat(room).as("%s: room %s", client.id, view.roomId).isNotNull();
      OneInstanceChecks.compare(client, view, Objects.requireNonNull(room), time.nowMs());
    }
  }
}
