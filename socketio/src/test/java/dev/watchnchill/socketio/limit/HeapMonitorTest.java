package dev.watchnchill.socketio.limit;

import static dev.watchnchill.socketio.limit.HeapMonitor.Level.NEWLY_SHORT;
import static dev.watchnchill.socketio.limit.HeapMonitor.Level.STILL_SHORT;
import static dev.watchnchill.socketio.limit.HeapMonitor.Level.SUFFICIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Detection of a shortage of heap, and what follows from it. */
class HeapMonitorTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long used;
  private final HeapMonitor.MemoryPool pool =
      new HeapMonitor.MemoryPool() {
        @Override
        public long usedAfterCollection() {
          return used;
        }

        @Override
        public long max() {
          return 1_000;
        }
      };

  private HeapMonitor monitor(int percentMax) {
    var monitor = new HeapMonitor(percentMax);
    monitor.monitorPool(pool);
    return monitor;
  }

  @Test
  void RL21_each_collection_that_leaves_too_much_is_reported_once() {
    HeapMonitor monitor = monitor(85);
    used = 850;
    assertThat(monitor.check(0)).isEqualTo(SUFFICIENT);
    used = 851;
    assertThat(monitor.check(SECOND)).isEqualTo(NEWLY_SHORT);
    assertThat(monitor.check(2 * SECOND)).isEqualTo(STILL_SHORT);
    used = 860;
    assertThat(monitor.check(3 * SECOND)).isEqualTo(NEWLY_SHORT);
    used = 500;
    assertThat(monitor.check(4 * SECOND)).isEqualTo(SUFFICIENT);
  }

  @Test
  void RL21_heap_without_further_collections_is_sufficient_again() {
    HeapMonitor monitor = monitor(85);
    used = 900;
    assertThat(monitor.check(0)).isEqualTo(NEWLY_SHORT);
    assertThat(monitor.check(9 * SECOND)).isEqualTo(STILL_SHORT);
    assertThat(monitor.check(10 * SECOND)).isEqualTo(SUFFICIENT);
    assertThat(monitor.check(11 * SECOND)).isEqualTo(SUFFICIENT);
  }

  @Test
  void RL21_hundred_percent_is_no_limit() {
    used = 1_000;
    assertThat(monitor(100).check(0)).isEqualTo(SUFFICIENT);
  }

  @Test
  void RL21_this_virtual_machine_has_an_old_generation_pool() {
    assertThat(HeapMonitor.oldGenerationPool()).isNotNull();
  }

  @Test
  void RL21_sessions_are_shed_once_for_each_collection_and_memory_stays_short() {
    HeapMonitor monitor = monitor(85);
    List<Boolean> asked = new ArrayList<>();
    var guard = new MemoryPressureMonitor(1_000, monitor, asked::add);
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
  void RL21_incomplete_input_is_too_much_until_half_is_released() {
    List<Boolean> asked = new ArrayList<>();
    var guard = new MemoryPressureMonitor(1_000, monitor(100), asked::add);
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
