package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.server.runtime.port.LocalRoomDirectory;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.runtime.port.RoomListings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DirectoryPagesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final VirtualTime time = new VirtualTime();
  private final RoomListings rooms = new RoomListings();
  private final AtomicInteger asked = new AtomicInteger();
  private final DirectoryPages pages = new DirectoryPages(counted(), time::nowMs);

  private RoomDirectory counted() {
    var local = new LocalRoomDirectory(rooms);
    return new RoomDirectory() {
      @Override
      public CompletableFuture<List<RoomListing>> rooms() {
        asked.incrementAndGet();
        return local.rooms();
      }

      @Override
      public void close() {}
    };
  }

  private static RoomListing room(String id) {
    return new RoomListing(new RoomId(id), 1, 1, null, null, 1, EntryMode.LINK, false);
  }

  private static String id(int number) {
    return "ROOM%02d".formatted(number);
  }

  private static String text(DirectoryPages pages, @Nullable String after, int limit) {
    byte[] json = pages.page(after == null ? null : new RoomId(after), limit).join();
    return new String(json, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonNode page) {
    var ids = new ArrayList<String>();
    page.get("rooms").forEach(room -> ids.add(room.get("roomId").stringValue()));
    return ids;
  }

  @Test
  void EN12_list_is_made_once_in_two_seconds_whatever_is_asked() {
    rooms.put(room("AAAAAA"));
    for (int i = 0; i < 100; i++) {
      assertThat(text(pages, i % 2 == 0 ? null : id(i), 1 + i % 50)).contains("\"next\":null");
    }
    assertThat(asked).hasValue(1);
    rooms.put(room("BBBBBB"));
    time.advance(DirectoryPages.LIST_MS - 1);
    assertThat(text(pages, null, 50)).doesNotContain("BBBBBB");
    time.advance(1);
    assertThat(text(pages, null, 50)).contains("BBBBBB");
    assertThat(asked).hasValue(2);
  }

  @Test
  void EN12_page_is_written_once_for_all_that_ask_for_it() {
    for (int i = 0; i < 20; i++) {
      rooms.put(room(id(2 * i)));
    }
    byte[] first = pages.page(null, 10).join();
    assertThat(pages.page(null, 10).join()).isSameAs(first);
    assertThat(pages.page(new RoomId("AAAAAA"), 10).join()).isSameAs(first);
    byte[] second = pages.page(new RoomId(id(18)), 10).join();
    assertThat(pages.page(new RoomId(id(19)), 10).join()).isSameAs(second).isNotSameAs(first);
  }

  @Test
  void EN12_answer_comes_when_the_other_instances_have_answered() {
    var late = new CompletableFuture<List<RoomListing>>();
    var slow =
        new DirectoryPages(
            new RoomDirectory() {
              @Override
              public CompletableFuture<List<RoomListing>> rooms() {
                return late;
              }

              @Override
              public void close() {}
            },
            time::nowMs);
    CompletableFuture<byte[]> one = slow.page(null, 5);
    CompletableFuture<byte[]> two = slow.page(null, 5);
    assertThat(one).isNotDone();
    late.complete(List.of(room("AAAAAA")));
    assertThat(one.join()).isSameAs(two.join());
  }

  /** Reads all pages while rooms come and go. */
  private static void pageThrough(Choices choices) {
    var all = new TreeSet<Integer>(choices.draw(numbers()));
    var staying = new TreeSet<Integer>(choices.draw(numbers()));
    all.addAll(staying);
    int limit = choices.draw(Generators.integers(1, 50));
    var rooms = new RoomListings();
    all.forEach(number -> rooms.put(room(id(number))));
    var time = new VirtualTime();
    var pages = new DirectoryPages(new LocalRoomDirectory(rooms), time::nowMs);
    var read = new ArrayList<String>();
    String after = null;
    do {
      JsonNode page = JSON.readTree(text(pages, after, limit));
      List<String> ids = ids(page);
      assertThat(ids).hasSizeLessThanOrEqualTo(limit).isSorted();
      read.addAll(ids);
      JsonNode next = page.get("next");
      assertThat(next.isNull() || next.stringValue().equals(ids.getLast())).isTrue();
      after = next.isNull() ? null : next.stringValue();
      int changed = choices.below(100);
      if (!staying.contains(changed)) {
        RoomListing listing = room(id(changed));
        if (choices.below(2) == 0) {
          rooms.put(listing);
        } else {
          rooms.remove(listing);
        }
      }
      time.advance(choices.below((int) DirectoryPages.LIST_MS + 1));
    } while (after != null);
    assertThat(read).doesNotHaveDuplicates().isSorted();
    assertThat(read).containsAll(staying.stream().map(DirectoryPagesTest::id).toList());
  }

  private static Generator<List<Integer>> numbers() {
    return Generators.lists(Generators.integers(0, 99), 0, 40);
  }

  @Test
  void EN12_reader_of_all_pages_finds_each_room_that_stays_exactly_once() {
    Property.check(DirectoryPagesTest::pageThrough);
  }

  @Test
  void EN12_title_with_half_a_character_harms_no_page() {
    rooms.put(
        new RoomListing(new RoomId("AAAAAA"), 1, 1, "a\ud83d", null, 1, EntryMode.CLOSED, false));
    JsonNode room = JSON.readTree(text(pages, null, 1)).get("rooms").get(0);
    assertThat(room.get("title").stringValue()).startsWith("a");
    assertThat(room.get("entry").stringValue()).isEqualTo("closed");
  }
}
