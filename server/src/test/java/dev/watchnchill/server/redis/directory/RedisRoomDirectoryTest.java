package dev.watchnchill.server.redis.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.runtime.port.RoomListings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The directories of two instances on one Redis. */
final class RedisRoomDirectoryTest {
  private static final RedisRoomDirectory.Times QUICK =
      new RedisRoomDirectory.Times(20, 200, 2_000, 2_000);
  private static final String KEY = "listed-rooms:one";

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final TestLinks links = new TestLinks(REDIS);
  private final List<RedisRoomDirectory> directories = new ArrayList<>();
  private final RoomListings ofOne = new RoomListings();
  private final RoomListings ofTwo = new RoomListings();
  private RedisLink linkOfOne;
  private RedisRoomDirectory one;
  private RedisRoomDirectory two;

  private RedisRoomDirectory directory(
      String self, String other, RedisLink link, RoomListings own) {
    var directory =
        new RedisRoomDirectory(
            link,
            new InstanceId(self),
            () -> Set.of(new InstanceId(other), new InstanceId("three, who lists nothing")),
            own,
            QUICK,
            links.scheduler());
    directories.add(directory);
    return directory;
  }

  @BeforeEach
  void open() {
    REDIS.cli("FLUSHALL");
    linkOfOne = links.open();
    one = directory("one", "two", linkOfOne, ofOne);
    two = directory("two", "one", links.open(), ofTwo);
  }

  @AfterEach
  void close() {
    directories.forEach(RedisRoomDirectory::close);
    links.close();
  }

  private static RoomListing room(String id, long seq, int members) {
    return room(id, seq, members, null);
  }

  private static RoomListing room(String id, long seq, int members, @Nullable String title) {
    return new RoomListing(
        new RoomId(id),
        7,
        seq,
        title,
        Media.parse("https://films.example/one.m3u8?x=ä").orElseThrow(),
        members,
        EntryMode.APPROVAL,
        true);
  }

  private static void awaitRooms(RedisRoomDirectory directory, RoomListing... rooms) {
    await().until(() -> directory.rooms().join(), List.of(rooms)::equals);
  }

  @Test
  void EN12_each_instance_shows_the_rooms_of_both() {
    RoomListing a = room("AAAAAA", 1, 1, "Café \"Kino\" 映画");
    RoomListing b = room("BBBBBB", 1, 1);
    ofTwo.put(a);
    ofOne.put(b);
    awaitRooms(one, a, b);
    awaitRooms(two, a, b);
    ofTwo.remove(a);
    awaitRooms(one, b);
    await().until(() -> REDIS.cli("EXISTS", "listed-rooms:two").equals("0"));
  }

  @Test
  void EN12_room_on_two_instances_is_shown_once_as_it_is_newest() {
    ofOne.put(room("AAAAAA", 4, 2));
    ofTwo.put(room("AAAAAA", 5, 3));
    awaitRooms(one, room("AAAAAA", 5, 3));
    awaitRooms(two, room("AAAAAA", 5, 3));
    ofOne.put(room("AAAAAA", 6, 4));
    awaitRooms(two, room("AAAAAA", 6, 4));
  }

  @Test
  void EN12_key_expires_and_is_renewed_while_rooms_are_listed() {
    ofOne.put(room("AAAAAA", 1, 1));
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("1"));
    assertThat(Long.parseLong(REDIS.cli("PTTL", KEY))).isBetween(1L, 2_000L);
    REDIS.cli("PEXPIRE", KEY, "60000"); // not written again until it is renewed
    await().until(() -> Long.parseLong(REDIS.cli("PTTL", KEY)) <= 2_000);
  }

  @Test
  void EN12_instance_without_listed_rooms_writes_nothing() {
    ofOne.put(room("AAAAAA", 1, 1));
    awaitRooms(two, room("AAAAAA", 1, 1));
    assertThat(REDIS.cli("KEYS", "*")).isEqualTo(KEY);
  }

  @Test
  void EN12_without_redis_the_own_rooms_are_shown_and_all_again_after_it() {
    ofOne.put(room("AAAAAA", 1, 1));
    ofTwo.put(room("BBBBBB", 1, 1));
    awaitRooms(one, room("AAAAAA", 1, 1), room("BBBBBB", 1, 1));
    REDIS.cli("FLUSHALL");
    assertThat(one.rooms().join()).contains(room("AAAAAA", 1, 1));
    awaitRooms(one, room("AAAAAA", 1, 1), room("BBBBBB", 1, 1));
    linkOfOne.close();
    assertThat(one.rooms().join()).containsExactly(room("AAAAAA", 1, 1));
  }

  @Test
  void EN12_value_that_cannot_be_read_hides_no_other_room() {
    ofTwo.put(room("BBBBBB", 1, 1));
    for (String value : List.of("", "no json", "{}", "[1,null,[]]", "[{\"id\":\"AAAAA\"}]")) {
      REDIS.cli("SET", KEY, value);
      assertThat(two.rooms().join()).as(value).containsExactly(room("BBBBBB", 1, 1));
    }
    ofOne.put(room("AAAAAA", 1, 1));
    awaitRooms(two, room("AAAAAA", 1, 1), room("BBBBBB", 1, 1));
  }

  @Test
  void EN12_value_of_one_instance_is_bounded_and_keeps_the_largest_rooms() {
    List<RoomListing> many =
        IntStream.range(0, 2_000).mapToObj(i -> room("R%05d".formatted(i), 1, i)).toList();
    List<RoomListing> kept = ListingCodec.decode(ListingCodec.encode(many));
    assertThat(kept).hasSize(ListingCodec.ROOMS_MAX);
    assertThat(kept).allMatch(room -> room.members() >= 2_000 - ListingCodec.ROOMS_MAX);

    Media longest =
        Media.parse("https://films.example/" + "x".repeat(4_000) + ".mp4").orElseThrow();
    List<RoomListing> filmsOfLongLinks =
        many.stream()
            .map(room ->
                new RoomListing(
                    room.id(), 1, 1, null, longest, room.members(), EntryMode.LINK, false))
            .toList();
    byte[] value = ListingCodec.encode(filmsOfLongLinks);
    assertThat(value).hasSizeLessThanOrEqualTo(ListingCodec.BYTES_MAX);
    assertThat(ListingCodec.decode(value)).hasSizeGreaterThan(100).isSubsetOf(filmsOfLongLinks);
  }
}
