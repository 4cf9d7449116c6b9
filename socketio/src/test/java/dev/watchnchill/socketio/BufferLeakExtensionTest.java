package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.BufferLeakExtension;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** The detection of leaked buffers in tests. */
class BufferLeakExtensionTest {
  @Test
  void leaked_buffer_is_reported() {
    leak();
    await()
        .untilAsserted(() -> {
          BufferLeakExtension.collect();
          assertThat(BufferLeakExtension.leaks()).isNotEmpty();
        });
    BufferLeakExtension.leaks().clear();
  }

  private static void leak() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1).isReadable()).isTrue();
  }
}
