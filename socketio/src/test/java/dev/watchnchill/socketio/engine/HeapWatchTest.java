package dev.watchnchill.socketio.engine;

import static dev.watchnchill.socketio.engine.HeapWatch.Finding.ENOUGH;
import static dev.watchnchill.socketio.engine.HeapWatch.Finding.SHORT_ANEW;
import static dev.watchnchill.socketio.engine.HeapWatch.Finding.STILL_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long used;
  private final HeapWatch.Pool pool =
      new HeapWatch.Pool() {
        @Override
        public long usedAfterCollection() {
          return used;
        }

        @Override
        public long max() {
          return 1_000;
        }
      };

  private HeapWatch watch(int percentMax) {
    var watch = new HeapWatch(percentMax);
    watch.watch(pool);
    return watch;
  }

  @Test
  void RL21_each_collection_that_leaves_too_much_is_found_once() {
    HeapWatch watch = watch(85);
    used = 850;
    assertThat(watch.look(0)).isEqualTo(ENOUGH);
    used = 851;
    assertThat(watch.look(SECOND)).isEqualTo(SHORT_ANEW);
    assertThat(watch.look(2 * SECOND)).isEqualTo(STILL_SHORT);
    used = 860;
    assertThat(watch.look(3 * SECOND)).isEqualTo(SHORT_ANEW);
    used = 500;
    assertThat(watch.look(4 * SECOND)).isEqualTo(ENOUGH);
  }

  @Test
  void RL21_a_heap_that_is_not_collected_any_more_is_enough_again() {
    HeapWatch watch = watch(85);
    used = 900;
    assertThat(watch.look(0)).isEqualTo(SHORT_ANEW);
    assertThat(watch.look(9 * SECOND)).isEqualTo(STILL_SHORT);
    assertThat(watch.look(10 * SECOND)).isEqualTo(ENOUGH);
    assertThat(watch.look(11 * SECOND)).isEqualTo(ENOUGH);
  }

  @Test
  void RL21_hundred_percent_is_no_limit() {
    used = 1_000;
    assertThat(watch(100).look(0)).isEqualTo(ENOUGH);
  }

  @Test
  void RL21_this_virtual_machine_has_a_pool_of_old_objects() {
    assertThat(HeapWatch.oldObjects()).isNotNull();
  }

  @Test
  void RL21_sessions_go_for_each_such_collection_and_handshakes_wait_for_the_end() {
    HeapWatch watch = watch(85);
    List<Boolean> asked = new ArrayList<>();
    var guard = new MemoryGuard(1_000, watch, asked::add);
    guard.tick(0);
    assertThat(guard.isShort()).isFalse();
    used = 900;
    guard.tick(SECOND);
    guard.tick(SECOND + 1);
    guard.tick(2 * SECOND + 1);
    assertThat(asked).containsExactly(true);
    assertThat(guard.isShort()).isTrue();
    guard.tick(12 * SECOND);
    assertThat(guard.isShort()).isFalse();
  }

  @Test
  void RL21_unfinished_input_is_short_until_half_of_it_is_gone() {
    List<Boolean> asked = new ArrayList<>();
    var guard = new MemoryGuard(1_000, watch(100), asked::add);
    guard.add(1_000);
    assertThat(guard.isShort()).isFalse();
    guard.add(1);
    assertThat(guard.isShort()).isTrue();
    guard.add(-300);
    guard.tick(0);
    assertThat(guard.isShort()).isTrue();
    assertThat(asked).containsExactly(false, false);
    guard.add(-201);
    guard.tick(1);
    assertThat(guard.isShort()).isFalse();
  }
}
