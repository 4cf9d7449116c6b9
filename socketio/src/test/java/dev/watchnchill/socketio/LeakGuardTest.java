package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.LeakGuard;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** The guard against leaks must see one. */
class LeakGuardTest {
  @Test
  void LEAK_guard_notices_a_buffer_that_nobody_releases() {
    leak();
    await()
        .untilAsserted(() -> {
          LeakGuard.collect();
          assertThat(LeakGuard.leaks()).isNotEmpty();
        });
    LeakGuard.leaks().clear();
  }

  private static void leak() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1).isReadable()).isTrue();
  }
}
