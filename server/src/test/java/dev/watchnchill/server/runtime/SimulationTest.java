package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.User;
import dev.watchnchill.server.wire.WaitingState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole evenings of the real runtime in virtual time; a seed that fails names itself. */
final class SimulationTest {
  private static final int SEEDS = 8_000;
  private static final int STEPS = 60;
  private static final Limits LIMITS =
      Limits.DEFAULT.withSizes(6, 5).withGraces(3_000, 10_000).withRoomLife(60_000);

  @Test
  void AT1_SQ1_RS6_every_view_equals_the_room_and_nothing_is_left_behind() {
    assertThat(evenings(LIMITS)).doesNotContain("presence");
  }

  @Test
  void PS1_PS4_so_it_does_when_rooms_grow_big_and_small_again() {
    assertThat(evenings(LIMITS.withPresenceEach(2))).contains("presence", "small again");
  }

  private static Set<String> evenings(Limits limits) {
    var heard = new HashSet<String>();
    for (long seed = 0; seed < SEEDS; seed++) {
      var evening = new Evening(seed, heard, limits);
      try {
        evening.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " fails after:\n" + String.join("\n", evening.diary), e);
      }
    }
    assertThat(heard)
        .as("what the evenings have seen")
        .contains("ready", "deadline", "stall", "rate", "status", "waiting-set");
    return heard;
  }

  /** Virtual time. */
  private static final class Time implements ServerClock, Scheduler {
    private record Due(long atMs, long order, Runnable task) {}

    private final PriorityQueue<Due> due =
        new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
    private long nowMs = 1_700_000_000_000L;
    private long order;

    @Override
    public long nowMs() {
      return nowMs;
    }

    @Override
    public double nowExactMs() {
      return nowMs;
    }

    @Override
    public long clockEpoch() {
      return 1;
    }

    @Override
    public Timer after(long delayMs, Runnable task) {
      var timer = new Due(nowMs + delayMs, order++, task);
      due.add(timer);
      return () -> due.remove(timer);
    }

    void advance(long ms) {
      long until = nowMs + ms;
      for (Due next = due.peek(); next != null && next.atMs() <= until; next = due.peek()) {
        due.remove(next);
        nowMs = Math.max(nowMs, next.atMs());
        next.task().run();
      }
      nowMs = until;
    }
  }

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

  /** What a client believes of the room it is in. */
  private static final class View {
    final RoomId roomId;
    final Map<String, String> names = new LinkedHashMap<>();
    final Set<String> hosts = new HashSet<>();
    final Set<String> away = new HashSet<>();
    final List<String> chat = new ArrayList<>();
    final long epoch;
    long seq;
    @Nullable String url;
    boolean playing;
    ServerMessage.TimelineState timeline;
    WaitingState waiting;
    final String me;

    View(ServerMessage.RoomJoined joined) {
      roomId = new RoomId(joined.room().id());
      joined.room().users().forEach(this::add);
      joined.messages().forEach(said -> chat.add(said.id()));
      epoch = joined.epoch();
      seq = joined.seq();
      url = joined.room().videoUrl();
      playing = joined.room().videoState().isPlaying();
      timeline = joined.timeline();
      waiting = joined.room().waiting();
      me = joined.user().id();
    }

    void add(User user) {
      names.put(user.id(), user.name());
      if (user.isHost()) {
        hosts.add(user.id());
      }
      if (Boolean.TRUE.equals(user.away())) {
        away.add(user.id());
      }
    }

    void at(long itsEpoch, long itsSeq) {
      assertThat(itsEpoch).as("epoch").isEqualTo(epoch);
      assertThat(itsSeq).as("seq").isBetween(seq, seq + 1);
      seq = itsSeq;
    }

    /** The same for an event that may follow on changes that were not told. */
    void at(long itsEpoch, long itsSeq, @Nullable Long since) {
      if (since != null) {
        assertThat(since).as("since").isLessThanOrEqualTo(seq);
        seq = Math.max(seq, itsSeq - 1);
      }
      at(itsEpoch, itsSeq);
    }

    void forget(String user) {
      names.remove(user);
      hosts.remove(user);
      away.remove(user);
    }
  }

  /** One browser tab. */
  private static final class Client implements ClientConnection {
    private final String id;
    private final Session session;
    private final Set<RoomId> subscribed = new HashSet<>();
    private boolean connected = true;
    private @Nullable View view;
    private @Nullable String token;
    private String hostToken = "";

    Client(String id, boolean extended, @Nullable String authToken) {
      this.id = id;
      this.session = new Session(this, extended, authToken, 1_000);
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

    @Override
    public void send(ServerMessage message) {
      if (!connected) {
        return;
      }
      switch (message) {
        case ServerMessage.RoomCreated created -> hostToken = created.hostToken();
        case ServerMessage.RoomJoined joined -> {
          view = new View(joined);
          token = joined.sessionToken();
        }
        case ServerMessage.SyncUpdate update -> heardSync(update);
        case ServerMessage.UserJoined late -> believed().add(late.user());
        case ServerMessage.SeatChange late -> believed().forget(late.userId());
        case ServerMessage.TimelineState timeline -> believed().timeline = timeline;
        case ServerMessage.SessionReplaced _ -> view = null;
        default -> {}
      }
    }

    /** Whoever follows the timeline needs none. */
    private void heardSync(ServerMessage.SyncUpdate update) {
      if (!session.resumable()) {
        believed().playing = update.isPlaying();
      }
    }

    View believed() {
      return Objects.requireNonNull(view, () -> id + " is in no room");
    }

    void hear(RoomId room, ServerMessage message) {
      Session.Seat seat = session.seat();
      assertThat(seat).as("%s hears %s without a seat", id, message.eventName()).isNotNull();
      assertThat(Objects.requireNonNull(seat).room().id()).isEqualTo(room);
      if (!connected) {
        return;
      }
      View now = believed();
      assertThat(now.roomId).isEqualTo(room);
      switch (message) {
        case ServerMessage.UserJoined e -> {
          now.at(e.epoch(), e.seq());
          assertThat(e.user().id()).as("hears of itself").isNotEqualTo(now.me);
          now.add(e.user());
        }
        case ServerMessage.SeatChange e -> {
          now.at(e.epoch(), e.seq());
          assertThat(e.userId()).as("hears of itself").isNotEqualTo(now.me);
          switch (e) {
            case ServerMessage.UserLeft _ -> {
              assertThat(now.names.remove(e.userId())).as("unknown user left").isNotNull();
              now.hosts.remove(e.userId());
              now.away.remove(e.userId());
            }
            case ServerMessage.UserAway _ -> now.away.add(e.userId());
            case ServerMessage.UserReturned _ -> now.away.remove(e.userId());
          }
        }
        case ServerMessage.UserPromoted e -> {
          now.at(e.epoch(), e.seq(), e.since());
          boolean big = seat.room().presence().large();
          if (!big) {
            assertThat(now.names).containsEntry(e.userId(), e.userName());
          }
          if (now.names.containsKey(e.userId())) {
            now.hosts.add(e.userId());
          }
        }
        case ServerMessage.VideoSet e -> {
          now.at(e.epoch(), e.seq(), e.since());
          now.url = e.videoUrl();
          now.playing = false;
        }
        case ServerMessage.PlaybackControl e -> {
          now.at(e.epoch(), e.seq(), e.since());
          if (!(e instanceof ServerMessage.VideoSeeked)) {
            now.playing = e instanceof ServerMessage.VideoPlayed;
          }
        }
        case ServerMessage.NewMessage e -> {
          now.at(e.epoch(), e.seq(), e.since());
          now.chat.add(e.message().id());
          if (now.chat.size() > LIMITS.chatHistory()) {
            now.chat.removeFirst();
          }
        }
        case ServerMessage.TimelineState e -> {
          now.at(e.epoch(), e.seq(), e.since());
          now.timeline = e;
          if (session.resumable()) {
            now.playing = e.phase().equals("playing");
          }
        }
        case ServerMessage.WaitingSet e -> {
          now.at(e.epoch(), e.seq(), e.since());
          now.waiting =
              new WaitingState(e.mode(), e.seconds(), e.graceMs(), e.peopleMax(), e.strikesMax());
        }
        case ServerMessage.StatusUpdate e ->
            e.members()
                .forEach(member ->
                    assertThat(
                            seat.room().presence().large()
                                || now.names.containsKey(member.userId()))
                        .as("known")
                        .isTrue());
        case ServerMessage.SyncUpdate e -> heardSync(e);
        case ServerMessage.Presence e -> {
          now.at(e.epoch(), e.seq(), e.since());
          if (session.resumable()) {
            e.joined().forEach(user -> now.forget(user.id()));
            e.joined().forEach(now::add);
            e.left().stream().filter(user -> !user.equals(now.me)).forEach(now::forget);
            e.away().stream().filter(now.names::containsKey).forEach(now.away::add);
            e.returned().forEach(now.away::remove);
          }
        }
        case ServerMessage.PresenceSnapshot e -> {
          now.at(e.epoch(), e.seq(), e.since());
          if (session.resumable()) {
            List.copyOf(now.names.keySet()).stream()
                .filter(user -> !user.equals(now.me))
                .forEach(now::forget);
            e.users().forEach(now::add);
          }
        }
        case ServerMessage.RoomClosed e -> {
          assertThat(e.roomId()).isEqualTo(room.value());
          view = null;
        }
        default -> {}
      }
    }
  }

  private static final class Evening {
    private static final List<String> NAMES =
        List.of("Ann", "Bob", "Cleo", "Dan", "Eve", "ann", "BOB");

    private final List<String> diary = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Set<String> heard;
    private final RandomGenerator random;
    private final Time time = new Time();
    private final CountingStore store =
        new CountingStore(new MemoryRoomStore(time::nowMs, LIMITS.roomLifeMs()));
    private final List<Client> clients = new ArrayList<>();
    private final List<String> lostTokens = new ArrayList<>();
    private final Map<RoomId, String> hostTokens = new LinkedHashMap<>();
    private final List<RoomId> known = new ArrayList<>();
    private final RoomService service;
    private int nextClient;

    Evening(long seed, Set<String> heard, Limits limits) {
      random = new Random(seed);
      this.heard = heard;
      var ids =
          new IdSource() {
            @Override
            public RoomId roomId() {
              return new RoomId("ROOM0" + (char) ('A' + random.nextInt(12)));
            }

            @Override
            public UUID uuid() {
              return new UUID(random.nextLong(), random.nextLong());
            }

            @Override
            public String sessionToken() {
              return Long.toHexString(random.nextLong());
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
                  pieces.forEach(
                      piece -> fanOut(room, piece.message(), piece.exceptConnectionId())),
              4);
    }

    private void fanOut(RoomId room, ServerMessage message, @Nullable String except) {
      if (message instanceof ServerMessage.PresenceSnapshot) {
        heard.add("small again");
      }
      heard.add(
          message instanceof ServerMessage.TimelineState moved
              ? moved.reason()
              : message.eventName());
      for (Client client : clients) {
        if (client.subscribed.contains(room) && !client.id.equals(except)) {
          try {
            client.hear(room, message);
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
      for (Client client : List.copyOf(clients)) {
        drop(client);
      }
      time.advance(10 * LIMITS.roomLifeMs());
      assertThat(service.liveRooms()).as("live rooms").isZero();
      assertThat(time.due).as("timers").isEmpty();
      assertThat(store.subscriptions).as("subscriptions").isZero();
      assertThat(store.active().join()).as("rooms in the store").isEmpty();
    }

    private void act() {
      int dice = random.nextInt(100);
      if (clients.size() < 2 || (dice < 8 && clients.size() < 7)) {
        connect();
        return;
      }
      Client client = clients.get(random.nextInt(clients.size()));
      if (dice < 14) {
        drop(client);
      } else if (dice < 26) {
        long ms = random.nextInt(dice < 15 ? 70_000 : 4_000);
        diary.add("wait " + ms);
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
      var client = new Client("client" + nextClient++, extended, token);
      clients.add(client);
      diary.add(
          client.id
              + " connects"
              + (extended ? ", extended" : "")
              + (token == null ? "" : ", with a token"));
      if (token != null && !known.isEmpty()) {
        RoomId room = known.get(random.nextInt(known.size()));
        submit(client, () -> service.resumeSeat(client.session, room, token));
      }
    }

    private void submit(
        Client client,
        java.util.function.Supplier<java.util.concurrent.CompletableFuture<ServerReply>> work) {
      client.session.submit(work, result -> diary.add("  " + client.id + ": " + result));
    }

    private void drop(Client client) {
      diary.add(client.id + " is lost");
      client.connected = false;
      if (client.token != null) {
        lostTokens.add(client.token);
      }
      client.session.submitLast(() -> service.disconnected(client.session));
      clients.remove(client);
      assertThat(client.subscribed).as("subscriptions of a lost socket").isEmpty();
      assertThat(client.session.seat()).isNull();
    }

    private void say(Client client, ClientEvent event, ClientRequest message) {
      diary.add(client.id + " " + event.wireName() + " " + message);
      submit(client, () -> service.handle(client.session, event, message));
    }

    private void create(Client client) {
      var name = new DisplayName(NAMES.get(random.nextInt(NAMES.size())));
      View before = client.view;
      say(client, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(name));
      View now = client.view;
      if (now != null && now != before) {
        known.add(now.roomId);
        hostTokens.put(now.roomId, client.hostToken);
      }
    }

    private void join(Client client) {
      if (known.isEmpty()) {
        return;
      }
      RoomId room = known.get(Math.max(0, known.size() - 1 - random.nextInt(3)));
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

    private void inRoom(Client client, int dice) {
      View view = client.view;
      if (view == null && known.isEmpty()) {
        return;
      }
      RoomId elsewhere = known.isEmpty() ? new RoomId("NOROOM") : known.getFirst();
      RoomId room = view == null || random.nextInt(12) == 0 ? elsewhere : view.roomId;
      double position = random.nextInt(500);
      switch (dice % 11) {
        case 0 -> {
          say(client, ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room));
          if (view != null && view.roomId.equals(room)) {
            client.view = null; // whoever leaves hears nothing of it
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

    /** What a player says of itself, and what hosts say of rate and waiting. */
    private void player(Client client) {
      View view = client.view;
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

    /** What a client did itself it does not hear of. */
    private void control(
        Client client, ClientEvent event, ClientRequest.InRoom message, boolean playing) {
      diary.add(client.id + " " + event.wireName() + " " + message);
      client.session.submit(
          () -> service.handle(client.session, event, message),
          result -> {
            diary.add("  " + client.id + ": " + result);
            if (result.ok() && client.view != null && !client.session.resumable()) {
              client.believed().playing = playing;
            }
          });
    }

    private void check() {
      for (Throwable failure : failures) {
        throw new AssertionError("a client heard what it should not", failure);
      }
      for (Client client : clients) {
        View view = client.view;
        Session.Seat seat = client.session.seat();
        assertThat(seat == null).as("%s: seat and view", client.id).isEqualTo(view == null);
        if (view == null) {
          assertThat(client.subscribed).as(client.id).isEmpty();
          continue;
        }
        assertThat(client.subscribed).containsExactly(view.roomId);
        Room room = store.load(view.roomId).join();
        assertThat(room).as("%s: room %s", client.id, view.roomId).isNotNull();
        compare(client, view, Objects.requireNonNull(room));
      }
    }

    private void compare(Client client, View view, Room room) {
      var names = new LinkedHashMap<String, String>();
      var hosts = new HashSet<String>();
      var away = new HashSet<String>();
      for (Member member : room.members().list()) {
        names.put(member.id().toString(), member.name().value());
        if (member.host()) {
          hosts.add(member.id().toString());
        }
        if (member.away()) {
          away.add(member.id().toString());
        }
      }
      RoomActor live = Objects.requireNonNull(client.session.seat()).room();
      if (live.presence().large()) {
        assertThat(view.seq)
            .as("%s: seq", client.id)
            .isBetween(live.broadcaster().broadcastSeq(), room.seq());
        if (client.session.resumable() && live.presence().quiet()) {
          assertThat(names).as("%s: members", client.id).containsAllEntriesOf(view.names);
          hosts.retainAll(view.names.keySet());
          away.retainAll(view.names.keySet());
          assertThat(view.hosts).as("%s: hosts", client.id).isEqualTo(hosts);
          assertThat(view.away).as("%s: away", client.id).isEqualTo(away);
        }
      } else {
        assertThat(view.seq).as("%s: seq", client.id).isEqualTo(room.seq());
        assertThat(view.names).as("%s: members", client.id).isEqualTo(names);
        assertThat(view.hosts).as("%s: hosts", client.id).isEqualTo(hosts);
        if (client.session.resumable()) {
          assertThat(view.away).as("%s: away", client.id).isEqualTo(away);
        }
      }
      assertThat(names).containsKey(view.me);
      assertThat(view.chat)
          .as("%s: chat", client.id)
          .isEqualTo(room.chat().messages().stream().map(said -> said.id().toString()).toList());
      Media media = room.media();
      assertThat(view.url).as("%s: film", client.id).isEqualTo(media == null ? null : media.url());
      // A host's check is passed on to base members even while the film waits (TL5).
      if (client.session.resumable() || !room.timeline().preparing()) {
        assertThat(view.playing).as("%s: playing", client.id).isEqualTo(room.timeline().playing());
      }
      assertThat(view.timeline.position()).isEqualTo(room.timeline().position());
      assertThat(view.timeline.at()).isEqualTo(room.timeline().atMs());
      assertThat(view.timeline.seq()).isEqualTo(room.timeline().seq());
      assertThat(view.timeline.item()).isEqualTo(room.timeline().item());
      assertThat(view.timeline.rate()).isEqualTo(room.timeline().rate());
      assertThat(view.waiting).isEqualTo(WaitingState.of(room.waiting()));
      ReadyBarrier barrier = room.timeline().barrier();
      assertThat(view.timeline.waiting() == null).isEqualTo(barrier == null);
      if (barrier != null) {
        assertThat(barrier.untilMs())
            .as("no wait outlives its deadline")
            .isGreaterThan(time.nowMs());
        assertThat(barrier.awaited())
            .as("it waits for somebody who is there")
            .anyMatch(user -> {
              Member member = room.members().find(user);
              return member != null && !member.away();
            });
      }
    }
  }
}
