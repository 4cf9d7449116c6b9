package dev.watchnchill.server.runtime;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.LocalInstances;
import dev.watchnchill.server.runtime.port.Passwords;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.MemberStatus;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs the real runtime in virtual time, on a store with faults and conflicts on demand. */
final class RuntimeHarness {
  static final Limits LIMITS =
      Limits.DEFAULT.withSizes(6, 5).withGraces(3_000, 10_000).withRoomLife(600_000);
  static final RoomId ROOM = new RoomId("ROOM01");

  final VirtualTime time = new VirtualTime();
  final MemoryRoomStore memory = new MemoryRoomStore(time::nowMs, LIMITS.roomLifeMs());
  private final Limits limits;
  private final AtomicInteger nextId = new AtomicInteger();

  /** The names of the events that went out together, one list for each time. */
  final List<List<String>> sent = new ArrayList<>();

  /** Describes the films of the servers. */
  FilmDescriptions films = FilmDescriptions.NONE;

  /** Called whenever events are sent. */
  Runnable onSend = () -> {};

  /** The playback measurements of the servers. */
  final List<String> observed = new ArrayList<>();

  private final PlaybackMetrics observations =
      new PlaybackMetrics() {
        @Override
        public void viewer(double driftAbsMs, double boundMs, String state) {
          observed.add("viewer " + driftAbsMs + " " + boundMs + " " + state);
        }

        @Override
        public void lead(double ms) {
          observed.add("lead " + ms);
        }

        @Override
        public void prepared(String reason, double waitedMs, boolean deadline) {
          observed.add("prepared " + reason + " " + waitedMs + " " + deadline);
        }

        @Override
        public void stalled() {
          observed.add("stalled");
        }

        @Override
        public void corrected(long seeks) {
          observed.add("corrected " + seeks);
        }
      };

  RuntimeHarness() {
    this(LIMITS);
  }

  RuntimeHarness(Limits limits) {
    this.limits = limits;
  }

  /** One server on the common store. */
  final class Instance {
    final FaultyStore store = new FaultyStore(memory);
    final List<Client> clients = new ArrayList<>();
    final RoomService service;
    final Instances instances =
        new LocalInstances(new InstanceId("server " + nextId.getAndIncrement()));

    Instance() {
      var ids =
          new IdSource() {
            @Override
            public RoomId roomId() {
              return ROOM;
            }

            @Override
            public UUID uuid() {
              return new UUID(0x4000, 0x8000_0000_0000_0000L | nextId.getAndIncrement());
            }

            @Override
            public String sessionToken() {
              return "token " + nextId.getAndIncrement();
            }

            @Override
            public String inviteToken() {
              return "invitation " + nextId.getAndIncrement();
            }

            @Override
            public byte[] secretBytes() {
              return ByteBuffer.allocate(16).putLong(8, nextId.getAndIncrement()).array();
            }
          };
      service =
          new RoomService(
              new RoomRules(limits),
              store,
              instances,
              time,
              ids,
              time,
              (room, pieces) -> {
                onSend.run();
                sent.add(pieces.stream().map(piece -> piece.message().eventName()).toList());
                pieces.forEach(piece -> fanOut(room, piece.message(), piece.except()));
              },
              4,
              observations,
              new ServiceParts(
                  AddressLimits.UNLIMITED,
                  RoomMemory.unlimited(),
                  Passwords.NONE,
                  film -> films.describe(film),
                  FilmLibrary.NONE,
                  IceServers.NONE,
                  ""));
    }

    private void fanOut(RoomId room, ServerMessage message, Set<String> except) {
      for (Client client : clients) {
        if (client.subscribed.contains(room) && !except.contains(client.id)) {
          client.send(message);
        }
      }
    }

    Client client(boolean extended) {
      var client = new Client(this, "client" + nextId.getAndIncrement(), extended);
      clients.add(client);
      return client;
    }
  }

  /** The room as the store has it. */
  Room room() {
    return Objects.requireNonNull(memory.load(ROOM).join());
  }

  /** For whom the film waits. */
  List<UserId> awaited() {
    ReadyBarrier barrier = room().timeline().barrier();
    return barrier == null ? List.of() : barrier.awaited();
  }

  List<String> names() {
    return room().members().list().stream().map(member -> member.name().value()).toList();
  }

  /** One browser tab. */
  static final class Client implements ClientConnection {
    /** One event as it came. */
    record Received(String event, ServerMessage payload) {}

    final Session session;
    final List<Received> received = new ArrayList<>();
    private final Instance home;
    private final String id;
    private final Set<RoomId> subscribed = new HashSet<>();

    Client(Instance home, String id, boolean extended) {
      this.home = home;
      this.id = id;
      this.session = new Session(this, extended, null, 1_000);
    }

    ServerReply request(ClientEvent event, ClientRequest message) {
      return home.service.handle(session, event, message).join();
    }

    Client create(String name) {
      request(ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(new DisplayName(name)));
      return this;
    }

    ServerReply join(String name) {
      return join(name, null);
    }

    ServerReply join(String name, @Nullable String sessionToken) {
      return request(
          ClientEvent.JOIN_ROOM,
          new ClientRequest.JoinRoom(ROOM, new DisplayName(name), null, sessionToken));
    }

    ServerReply chat(String text) {
      return request(ClientEvent.SEND_MESSAGE, new ClientRequest.SendMessage(ROOM, text, null));
    }

    /** Shows a film and plays it from there. */
    void play(double position) {
      request(
          ClientEvent.SET_VIDEO,
          MemberRequests.setVideo(
              ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
      request(ClientEvent.PLAY_VIDEO, MemberRequests.play(ROOM, position));
    }

    /** Pauses by way of the session's queue, as the gateway does. */
    void submitPause() {
      session.submit(
          () ->
              home.service.handle(
                  session, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(ROOM, 1, null)),
          _ -> {});
    }

    ServerReply seek(double position) {
      return request(ClientEvent.SEEK_VIDEO, MemberRequests.seek(ROOM, position));
    }

    ServerReply ready(long seq) {
      return request(ClientEvent.READY, MemberRequests.ready(ROOM, seq));
    }

    /** Its player tells how it does, with a clock question. */
    ServerReply report(ViewerReport report) {
      return request(ClientEvent.CLOCK, new ClientRequest.ReadClock(1, report));
    }

    /** The connection is lost. */
    ServerReply lose() {
      return home.service.disconnected(session).join();
    }

    /** Its secret, from room-joined. */
    String token() {
      return received.stream()
          .map(Received::payload)
          .filter(ServerMessage.RoomJoined.class::isInstance)
          .map(payload -> ((ServerMessage.RoomJoined) payload).sessionToken())
          .filter(Objects::nonNull)
          .findFirst()
          .orElseThrow();
    }

    /** The events it received since the last call. */
    List<String> takeEvents() {
      List<String> names = received.stream().map(Received::event).toList();
      received.clear();
      return names;
    }

    /** The members' ids, drifts, bounds and states of each status that it received. */
    List<List<MemberStatus>> statuses() {
      return received.stream()
          .map(Received::payload)
          .filter(ServerMessage.StatusUpdate.class::isInstance)
          .map(payload -> ((ServerMessage.StatusUpdate) payload).members())
          .toList();
    }

    /** The texts of the messages that it received, with their seq. */
    List<String> messages() {
      return received.stream()
          .map(Received::payload)
          .filter(ServerMessage.NewMessage.class::isInstance)
          .map(ServerMessage.NewMessage.class::cast)
          .map(said -> said.seq() + " " + said.message().message())
          .toList();
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void send(ServerMessage message) {
      received.add(new Received(message.eventName(), message));
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
}
