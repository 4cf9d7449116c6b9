package dev.watchnchill.load.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int HEAD_MAX = 1_000;

  private final Seen seen = new Seen();
  private final FrameReader reader = new FrameReader(seen, HEAD_MAX);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1_000_000})
  void stream_is_read_the_same_in_pieces_of_any_size(int piece) {
    byte[] stream =
        join(
            frame(0x81, "42[\"new-message\",{}]".getBytes(StandardCharsets.UTF_8)),
            frame(0x81, "2".getBytes(StandardCharsets.UTF_8)),
            frame(0x89, new byte[] {1, 2, 3}),
            frame(0x81, new byte[0]),
            frame(0x81, "x".repeat(200).getBytes(StandardCharsets.UTF_8)),
            frame(0x88, new byte[] {3, (byte) 0xe9}));
    feed(stream, piece);

    assertThat(seen.said)
        .containsExactly(
            "42[\"new-message\",{}]", "2", "ping 3", "", "x".repeat(200), "close 1001");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100, 1_000_000})
  void a_message_in_fragments_is_one_even_with_a_ping_between_them(int piece) {
    feed(
        join(
            frame(0x01, "ab".getBytes(StandardCharsets.UTF_8)),
            frame(0x89, new byte[0]),
            frame(0x00, "cd".getBytes(StandardCharsets.UTF_8)),
            frame(0x80, "ef".getBytes(StandardCharsets.UTF_8)),
            frame(0x81, "next".getBytes(StandardCharsets.UTF_8))),
        piece);

    assertThat(seen.said).containsExactly("ping 0", "abcdef", "next");
  }

  @ParameterizedTest
  @ValueSource(ints = {997, 32_768})
  void of_a_long_message_in_pieces_the_head_is_kept(int piece) {
    byte[] stream =
        join(
            frame(0x81, "y".repeat(200_000).getBytes(StandardCharsets.UTF_8)),
            frame(0x81, "after".getBytes(StandardCharsets.UTF_8)));
    feed(stream, piece);

    assertThat(seen.said).containsExactly("y".repeat(HEAD_MAX), "after");
    assertThat(seen.whole).containsExactly(200_000L, 5L);
  }

  @Test
  void frames_that_no_server_may_send_are_rejected() {
    for (byte[] bad :
        List.of(
            new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'}, // masked
            new byte[] {(byte) 0xc1, 1, 'a'}, // compressed
            new byte[] {(byte) 0x82, 1, 'a'}, // binary
            new byte[] {(byte) 0x80, 1, 'a'}, // goes on with nothing
            new byte[] {0x09, 0}, // a ping in fragments
            new byte[] {(byte) 0x89, 126, 0, 126})) { // a long ping
      FrameReader fresh = new FrameReader(seen, HEAD_MAX);
      assertThatThrownBy(() -> fresh.read(bad, 0, bad.length))
          .isInstanceOf(FrameReader.BadFrame.class);
    }
  }

  private void feed(byte[] stream, int piece) {
    for (int at = 0; at < stream.length; at += piece) {
      reader.read(stream, at, Math.min(piece, stream.length - at));
    }
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 65_536) {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private static byte[] join(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  private static final class Seen implements FrameReader.Sink {
    final List<String> said = new ArrayList<>();
    final List<Long> whole = new ArrayList<>();

    @Override
    public void text(byte[] bytes, int offset, int length, long wholeLength) {
      said.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
      whole.add(wholeLength);
    }

    @Override
    public void ping(byte[] payload) {
      said.add("ping " + payload.length);
    }

    @Override
    public void close(int code) {
      said.add("close " + code);
    }
  }
}
