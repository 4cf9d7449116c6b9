package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.limit.EntryLimit;
import dev.watchnchill.server.limit.MemoryAddressLeases;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.LocalInstances;
import dev.watchnchill.server.runtime.port.Passwords;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a refused guess is answered. */
final class EntryGuardTest {
  private static final RoomId ROOM = new RoomId("AAAAAA");
  private static final RoomId NONE = new RoomId("BBBBBB");

  private record Due(long atMs, Runnable task) {}

  private final List<Due> due = new ArrayList<>();
  private long nowMs = 1_000_000;
  private long nextId = 1;
  private final RoomService service =
      new RoomService(
          new RoomRules(Limits.DEFAULT),
          new MemoryRoomStore(() -> nowMs, Limits.DEFAULT.roomLifeMs()),
          new LocalInstances(new InstanceId("here")),
          new ServerClock() {
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
          },
          new IdSource() {
            @Override
            public RoomId roomId() {
              return ROOM;
            }

            @Override
            public UUID uuid() {
              return new UUID(0x4000, 0x8000_0000_0000_0000L | nextId++);
            }

            @Override
            public String sessionToken() {
              return "token " + nextId++;
            }

            @Override
            public String inviteToken() {
              return "invitation " + nextId++;
            }

            @Override
            public byte[] secretBytes() {
              return new byte[16];
            }
          },
          (delayMs, task) -> {
            var timer = new Due(nowMs + delayMs, task);
            due.add(timer);
            return () -> due.remove(timer);
          },
          (_, _) -> {},
          10,
          PlaybackMetrics.NONE,
          new ServiceParts(
              new AddressLimits(
                  new MemoryEntryLimit(new EntryLimit.Rates(100, 60_000, 1, 60_000), () -> nowMs),
                  new MemoryAddressLeases(10),
                  new MemoryAddressLeases(10)),
              RoomMemory.unlimited(),
              Passwords.NONE,
              FilmDescriptions.NONE,
              FilmLibrary.NONE,
              IceServers.NONE,
              ""));

  private void pass(long ms) {
    nowMs += ms;
    for (Due task : List.copyOf(due)) {
      if (task.atMs() <= nowMs && due.remove(task)) {
        task.task().run();
      }
    }
  }

  private CompletableFuture<ServerReply> join(
      Session session, RoomId room, String name, @Nullable String token) {
    return service.handle(
        session,
        ClientEvent.JOIN_ROOM,
        new ClientRequest.JoinRoom(room, new DisplayName(name), null, token));
  }

  @Test
  void RL9_over_the_budget_the_answer_comes_at_the_same_moment_whether_the_room_exists() {
    Session host = SilentSessions.of("192.0.2.1", null);
    var _ =
        service.handle(
            host, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(new DisplayName("Ann")));
    var _ = join(SilentSessions.of("192.0.2.2", null), NONE, "Eve", null);
    var answers = new ArrayList<CompletableFuture<ServerReply>>();
    for (RoomId room : new RoomId[] {ROOM, NONE}) {
      for (String token : new String[] {null, "no token of this room"}) {
        for (String name : new String[] {"Eve", "Ann"}) {
          answers.add(join(SilentSessions.of("192.0.2.2", null), room, name, token));
        }
      }
    }
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    pass(EntryGuard.REFUSAL_STEP_MS - 1);
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    pass(1);
    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(service.liveRooms()).isEqualTo(1);
  }

  @Test
  void RL9_so_does_the_automatic_resume() {
    var _ =
        service.handle(
            SilentSessions.of("192.0.2.1", null),
            ClientEvent.CREATE_ROOM,
            new ClientRequest.CreateRoom(new DisplayName("Ann")));
    var _ = join(SilentSessions.of("192.0.2.2", null), NONE, "Eve", null);
    var answers = new ArrayList<CompletableFuture<ServerReply>>();
    for (RoomId room : new RoomId[] {ROOM, NONE}) {
      answers.add(service.resumeSeat(SilentSessions.of("192.0.2.2", "guess"), room, "guess"));
    }
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    pass(EntryGuard.REFUSAL_STEP_MS);
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }
}
