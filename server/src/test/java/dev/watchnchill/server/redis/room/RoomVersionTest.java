package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.NewRoom;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.codec.OlderRooms;
import dev.watchnchill.server.store.codec.QueueSamples;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of rooms in Redis that servers of other versions have written, and of entry states. */
final class RoomVersionTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final Room FULL = OlderRooms.FULL;
  private static final String FULL_KEY = "room:{" + FULL.id().value() + "}";

  @BeforeEach
  void empty() {
    REDIS.cli("flushall");
  }

  /** Fills Redis with what a server without settings and entry control has written. */
  private static void loadOlderRooms() throws IOException, InterruptedException {
    loadRooms("rooms-version-1.txt");
  }

  private static void loadRooms(String name) throws IOException, InterruptedException {
    URL commands = Objects.requireNonNull(RoomVersionTest.class.getResource(name));
    try {
      int status =
          new ProcessBuilder("redis-cli", "-p", "" + REDIS.port())
              .redirectInput(Path.of(commands.toURI()).toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      assertThat(status).isZero();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Room load(StoreInstance instance, RoomId id) {
    return Objects.requireNonNull(instance.store.load(id));
  }

  private static String everything(String key) {
    String tag = key.substring(key.indexOf('{'));
    return REDIS.cli("hgetall", "room:" + tag)
        + REDIS.cli("lrange", "chat:" + tag, "0", "-1")
        + REDIS.cli("xrange", "log:" + tag, "-", "+");
  }

  @Test
  void SF6_rooms_of_an_older_server_are_found_with_every_field() throws Exception {
    loadOlderRooms();
    try (var here = new StoreInstance(REDIS.url())) {
      assertThat(here.store.active()).isEqualTo(OlderRooms.byId().keySet());
      OlderRooms.byId().forEach((id, room) -> assertThat(load(here, id)).isEqualTo(room));
    }
  }

  @Test
  void SF6_changes_of_an_older_server_lead_to_its_room() throws Exception {
    loadOlderRooms();
    try (var here = new StoreInstance(REDIS.url())) {
      Room first =
          new RoomRules(Limits.DEFAULT)
              .create(
                  new NewRoom(
                      FULL.id(),
                      FULL.epoch(),
                      Objects.requireNonNull(FULL.creator()),
                      FULL.hostId(),
                      SecretHash.of("host token"),
                      SecretHash.of("seat 1"),
                      FULL.members().list().getFirst().instance()),
                  FULL.createdAtMs());
      List<Committed> changes = here.store.since(FULL.id(), Revision.of(first));
      assertThat(changes).hasSize(10);
      Room room = first;
      for (Committed change : Objects.requireNonNull(changes)) {
        room = change.update().applyTo(room);
      }
      assertThat(room).isEqualTo(FULL);
      assertThat(here.store.recent(FULL.id(), Revision.of(FULL))).hasSize(10);
    }
  }

  @Test
  void SF6_room_of_an_older_server_goes_on_with_settings_and_entry_control() throws Exception {
    loadOlderRooms();
    Room next = OlderRooms.guarded(FULL);
    try (var here = new StoreInstance(REDIS.url());
        var there = new StoreInstance(REDIS.url())) {
      assertThat(here.store.commit(FULL, next, List.of())).isTrue();
      assertThat(load(there, FULL.id())).isEqualTo(next);
      assertThat(REDIS.cli("hget", FULL_KEY, "state")).startsWith("{\"v\":2,");
    }
  }

  @Test
  void SF6_rooms_of_a_server_without_queues_are_found_and_go_on_with_queues() throws Exception {
    loadRooms("rooms-version-2.txt");
    Room guarded = OlderRooms.guarded(FULL);
    Room next = QueueSamples.queued(guarded);
    try (var here = new StoreInstance(REDIS.url());
        var there = new StoreInstance(REDIS.url())) {
      assertThat(here.store.active()).isEqualTo(OlderRooms.guardedById().keySet());
      OlderRooms.guardedById().forEach((id, room) -> assertThat(load(here, id)).isEqualTo(room));
      List<Committed> changes = here.store.since(FULL.id(), Revision.of(FULL));
      assertThat(changes).hasSize(1);
      assertThat(Objects.requireNonNull(changes).getFirst().update().applyTo(FULL))
          .isEqualTo(guarded);
      assertThat(here.store.commit(guarded, next, List.of())).isTrue();
      assertThat(load(there, FULL.id())).isEqualTo(next);
      assertThat(REDIS.cli("hget", FULL_KEY, "state")).startsWith("{\"v\":3,");
    }
  }

  @Test
  void SF6_rooms_of_a_server_with_voice_and_a_log_are_found_with_every_part() throws Exception {
    loadRooms("rooms-version-3.txt");
    Room discussed = OlderRooms.discussed();
    try (var here = new StoreInstance(REDIS.url())) {
      assertThat(here.store.active()).isEqualTo(OlderRooms.discussedById().keySet());
      OlderRooms.discussedById().forEach((id, room) -> assertThat(load(here, id)).isEqualTo(room));
      assertThat(here.store.text(FULL.id(), OlderRooms.TRACK.id())).isEqualTo(OlderRooms.text());
      List<Committed> changes = here.store.since(FULL.id(), Revision.of(FULL));
      assertThat(changes).hasSize(1);
      assertThat(Objects.requireNonNull(changes).getFirst().update().applyTo(FULL))
          .isEqualTo(discussed);
    }
  }

  @Test
  void SF6_room_of_a_newer_server_counts_as_gone_and_stays_as_it_is() throws Exception {
    loadOlderRooms();
    String state = REDIS.cli("hget", FULL_KEY, "state");
    REDIS.cli("hset", FULL_KEY, "state", state.replace("{\"v\":1,", "{\"v\":4,"), "entry", "?");
    String before = everything(FULL_KEY);
    try (var here = new StoreInstance(REDIS.url())) {
      assertThat(here.store.load(FULL.id())).isNull();
      assertThat(here.store.create(FULL)).isFalse();
      assertThat(here.store.restore(FULL)).isEqualTo(Restoration.SUPERSEDED);
      assertThat(here.store.active()).contains(FULL.id());
      assertThat(everything(FULL_KEY)).isEqualTo(before);
    }
  }

  @Test
  void SF6_newer_entry_state_counts_as_gone_and_stays_as_it_is() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = OlderRooms.guarded(FULL);
      assertThat(here.store.create(room)).isTrue();
      String entry = REDIS.cli("hget", FULL_KEY, "entry");
      assertThat(entry).startsWith("{\"v\":2,");
      REDIS.cli("hset", FULL_KEY, "entry", entry.replace("{\"v\":2,", "{\"v\":4,"));
      String before = everything(FULL_KEY);
      assertThat(here.store.load(FULL.id())).isNull();
      assertThat(everything(FULL_KEY)).isEqualTo(before);
    }
  }

  @Test
  void IN6_room_that_Redis_has_lost_is_restored_with_settings_and_entry_state() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = OlderRooms.guarded(FULL);
      assertThat(here.store.create(room)).isTrue();
      REDIS.cli("flushall");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> here.store.restore(room) == Restoration.RESTORED);
      Room restored = load(here, room.id());
      assertThat(restored.epoch()).isGreaterThan(room.epoch());
      assertThat(RoomCopies.withEpoch(restored, room.epoch())).isEqualTo(room);
    }
  }

  @Test
  void change_in_a_room_with_200_bans_is_as_small_as_in_an_open_room() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = StoreInstance.room();
      assertThat(here.store.create(room)).isTrue();
      Room open = here.sendMessage(room, "hello");
      Room guarded = open.changed(1).withEntry(OlderRooms.entry(open.entry().secret(), 200));
      assertThat(here.store.commit(open, guarded, List.of())).isTrue();
      assertThat(published()).hasSizeGreaterThan(50_000);
      Room asked = guarded.changed(2).withEntry(guarded.entry().withKnocks(List.of()));
      assertThat(here.store.commit(guarded, asked, List.of())).isTrue();
      assertThat(published()).contains("\"entry\":{\"knocks\":[]}").hasSizeLessThan(2_000);
      here.sendMessage(asked, "hello");
      assertThat(published()).doesNotContain("\"entry\":").hasSizeLessThan(3_000);
    }
  }

  private static String published() {
    return REDIS.cli("xrevrange", "log:{ROOM01}", "+", "-", "count", "1");
  }

  @Test
  void every_instance_takes_the_derived_secret_when_an_older_server_has_dropped_the_other() {
    Room before =
        FULL.withEntry(OlderRooms.guarded(OlderRooms.BARE).entry().withPassword("stored form"));
    Room next = before.changed(1);
    RoomDelta delta = RoomDelta.of(before, next, List.<RoomEvent>of());
    String hex = ",\"secret\":\"" + next.entry().secret().key().hex() + "\"";
    String sent =
        new String(
            PublishedMessage.encodeChange(before, next, delta, "one:1"), StandardCharsets.UTF_8);
    assertThat(sent).contains(hex);
    byte[] older = sent.replace(hex, "").getBytes(StandardCharsets.UTF_8);
    Room applied = PublishedMessage.read(older).decodeChange().update().applyTo(before);
    assertThat(applied.entry().secret()).isEqualTo(FULL.entry().secret());
    assertThat(applied.entry().bans()).isEqualTo(before.entry().bans());
    assertThat(applied.members().find(new UserId(new UUID(0x4000, 2)))).isNotNull();
  }
}
