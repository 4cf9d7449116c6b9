package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.change;
import static dev.watchnchill.party.queue.QueueRoom.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.queue.QueueChange.Description;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule QU11. */
class DescribeRulesTest {
  private final QueueRoom room = QueueRoom.showing("A").open();

  private Decision describe(String by, String name, @Nullable String title, double duration) {
    return room.room.act(
        new QueueCommand.DescribeItem(
            room.room.id(by), id(name), title, duration > 0 ? (Double) duration : null));
  }

  private Decision lookUp(String name, @Nullable String title, @Nullable String poster) {
    return room.room.act(new QueueCommand.RecordLookup(id(name), title, 90.0, poster));
  }

  private QueueItem item(String name) {
    QueueItem item = room.queue().find(id(name));
    if (item == null) {
      throw new AssertionError(name + " is not in the list");
    }
    return item;
  }

  @Test
  void QU11_host_or_adder_describes_an_item() {
    room.add("Ben", "B");

    assertThat(describe("Cleo", "B", "no", 0).rejection()).isEqualTo(Rejection.NOT_HOST);
    Decision described = describe("Ben", "B", "Film B", 0);
    assertThat(item("B").title()).isEqualTo("Film B");
    assertThat(change(described).described())
        .containsExactly(new Description(id("B"), "Film B", null, null));
    describe("Hana", "B", null, 70);
    assertThat(item("B").title()).isEqualTo("Film B");
    assertThat(item("B").duration()).isEqualTo(70);
    assertThat(describe("Hana", "B", "Film B", 70).events()).isEmpty();
    assertThat(describe("Hana", "Y", "Film Y", 70).rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
  }

  @Test
  void QU11_title_of_the_server_stays() {
    Decision found = lookUp("A", "The film", "https://films.example/a.png");

    assertThat(change(found).described())
        .containsExactly(new Description(id("A"), "The film", 90.0, "https://films.example/a.png"));
    describe("Hana", "A", "another", 80);
    assertThat(item("A").title()).isEqualTo("The film");
    assertThat(item("A").duration()).isEqualTo(80);
    lookUp("A", "The film, cut", null);
    assertThat(item("A").title()).isEqualTo("The film, cut");
    assertThat(item("A").poster()).isEqualTo("https://films.example/a.png");
  }

  @Test
  void QU11_server_knows_a_title_without_a_title_of_its_own() {
    lookUp("A", null, null);
    describe("Hana", "A", "mine", 0);

    assertThat(item("A").title()).isEqualTo("mine");
  }

  @Test
  void QU11_current_and_played_items_are_described_too() {
    room.next();
    Decision current = describe("Hana", "A", "Film A", 0);
    Decision played = describe("Hana", "X", "Film X", 0);

    assertThat(room.currentItem().title()).isEqualTo("Film A");
    assertThat(room.queue().played().getLast().item().title()).isEqualTo("Film X");
    assertThat(change(current).described()).hasSize(1);
    assertThat(change(current).shown()).isNull();
    assertThat(change(played).described())
        .containsExactly(new Description(id("X"), "Film X", null, null));
    assertThat(change(played).played()).isNull();
  }

  @Test
  void QU11_lookup_of_an_item_that_is_gone_changes_nothing() {
    assertThat(lookUp("Y", "gone", null).events()).isEmpty();
  }

  @Test
  void QU11_length_of_an_item_ends_no_film() {
    room.playing(10, 0);
    describe("Hana", "X", null, 11);

    room.room.later(60_000).tick();

    assertThat(room.current()).isEqualTo("X");
  }
}
