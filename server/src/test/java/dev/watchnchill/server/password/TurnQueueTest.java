package dev.watchnchill.server.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnQueueTest {
  private static final int CAPACITY = 6;

  private final TurnQueue<String, String> queue = new TurnQueue<>(CAPACITY);

  private void add(String... elements) {
    for (String element : elements) {
      assertThat(queue.add(element.substring(0, 1), element)).as(element).isNull();
    }
  }

  private List<String> takeAll() {
    var taken = new ArrayList<String>();
    for (String next = queue.poll(); next != null; next = queue.poll()) {
      taken.add(next);
      queue.done();
    }
    return taken;
  }

  @Test
  void clients_take_turns_and_each_has_its_own_order() {
    add("a1", "a2", "a3", "b1", "c1", "b2");
    assertThat(takeAll()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void client_who_comes_later_waits_for_one_element_of_each_other() {
    add("a1", "a2", "a3", "a4");
    assertThat(queue.poll()).isEqualTo("a1");
    add("b1");
    assertThat(takeAll()).containsExactly("a2", "b1", "a3", "a4");
  }

  @Test
  void full_queue_gives_the_last_place_of_the_longest_to_a_client_with_fewer() {
    add("a1", "a2", "a3", "a4", "b1", "b2");
    assertThat(queue.add("c", "c1")).isEqualTo("a4");
    assertThat(queue.add("c", "c2")).isEqualTo("a3");
    // All have two now, so that nobody has fewer.
    assertThat(queue.add("c", "c3")).isEqualTo("c3");
    assertThat(queue.add("d", "d1")).isEqualTo("a2");
    assertThat(takeAll()).containsExactlyInAnyOrder("a1", "b1", "b2", "c1", "c2", "d1");
  }

  @Test
  void element_under_way_keeps_its_place_until_it_is_done() {
    add("a1", "b1", "c1", "d1", "e1", "f1");
    assertThat(queue.poll()).isEqualTo("a1");
    assertThat(queue.add("g", "g1")).isEqualTo("g1");
    queue.done();
    add("g1");
  }

  @Test
  void drained_queue_is_empty_and_has_places() {
    add("a1", "a2", "b1", "c1", "d1", "e1");
    assertThat(queue.drain()).hasSize(6);
    assertThat(queue.poll()).isNull();
    add("a3");
  }

  @Test
  void nothing_is_lost_doubled_or_out_of_order() {
    Property.check(TurnQueueTest::addAndTake);
  }

  private static void addAndTake(Choices choices) {
    var queue = new TurnQueue<Integer, int[]>(CAPACITY);
    var expected = new ArrayList<List<Integer>>();
    for (int client = 0; client < 5; client++) {
      expected.add(new ArrayList<>());
    }
    int underWay = 0;
    for (int n = 0; n < 60; n++) {
      int client = choices.draw(Generators.integers(0, 4));
      switch (choices.draw(Generators.integers(0, 3))) {
        case 0, 1 -> {
          int[] displaced = queue.add(client, new int[] {client, n});
          expected.get(client).add(n);
          if (displaced != null) {
            Integer last = expected.get(displaced[0]).removeLast();
            assertThat(last).isEqualTo(displaced[1]);
          }
        }
        case 2 -> {
          int[] taken = queue.poll();
          boolean none = expected.stream().allMatch(List::isEmpty);
          assertThat(taken == null).isEqualTo(none);
          if (taken != null) {
            underWay++;
            assertThat(expected.get(taken[0]).removeFirst()).isEqualTo(taken[1]);
          }
        }
        default -> {
          if (underWay > 0) {
            underWay--;
            queue.done();
          }
        }
      }
      int waiting = expected.stream().mapToInt(List::size).sum();
      assertThat(waiting + underWay).isLessThanOrEqualTo(CAPACITY);
    }
  }
}
