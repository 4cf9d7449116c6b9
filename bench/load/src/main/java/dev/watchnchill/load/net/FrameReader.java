package dev.watchnchill.load.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a server's WebSocket frames from a stream of bytes in pieces of any size.
 *
 * <p>A message that lies whole in the input is passed on in place. Of a longer one only the head is
 * kept, which suffices to count events, so that thousands of connections need little memory.
 */
public final class FrameReader {
  /** Receives messages. The bytes are valid only during the call. */
  public interface Sink {
    /** Receives a text message, of which the first {@code length} bytes are present. */
    void text(byte[] bytes, int offset, int length, long wholeLength);

    /** Receives a ping. */
    void ping(byte[] payload);

    /** Receives a close frame; the code is 1005 when it has none. */
    void close(int code);
  }

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int HEADER_MAX = 10;
  private static final int CONTROL_MAX = 125;
  private static final int NO_CODE = 1005;
  private static final byte[] NOTHING = {};

  private final Sink sink;
  private final int headMax;

  private final byte[] header = new byte[HEADER_MAX];
  private int headerLength;

  private boolean inPayload;
  private boolean last;
  private int opcode;
  private long remaining;

  private byte[] held = NOTHING;
  private int heldLength;
  private long messageLength;
  private boolean inMessage;

  private byte @Nullable [] control;
  private int controlLength;

  /** Creates a reader that keeps so many bytes of a message in several pieces. */
  public FrameReader(Sink sink, int headMax) {
    this.sink = sink;
    this.headMax = headMax;
  }

  /**
   * Reads the next bytes of the stream.
   *
   * @throws BadFrame when a server must not send such a frame
   */
  public void read(byte[] in, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (!inPayload) {
        at = header(in, at, end);
        continue;
      }
      int here = (int) Math.min(remaining, end - at);
      if (opcode >= CLOSE) {
        control(in, at, here);
      } else {
        data(in, at, here);
      }
      at += here;
    }
  }

  private int header(byte[] in, int from, int end) {
    int at = from;
    header[headerLength++] = in[at++];
    if (headerLength >= 2) {
      int needed = needed();
      while (headerLength < needed && at < end) {
        header[headerLength++] = in[at++];
      }
      if (headerLength == needed) {
        headerLength = 0;
        begin();
      }
    }
    return at;
  }

  private int needed() {
    return switch (header[1] & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private void begin() {
    if ((header[0] & 0x70) != 0 || (header[1] & 0x80) != 0) {
      throw new BadFrame("a frame with extension bits or a mask");
    }
    last = (header[0] & 0x80) != 0;
    opcode = header[0] & 0x0f;
    int bytes = needed() - 2;
    remaining = bytes == 0 ? header[1] & 0x7f : 0;
    for (int i = 0; i < bytes; i++) {
      remaining = (remaining << 8) | (header[2 + i] & 0xff);
    }
    boolean fits =
        switch (opcode) {
          case CONTINUATION -> inMessage;
          case TEXT -> !inMessage;
          case CLOSE, PING, PONG -> last && remaining <= CONTROL_MAX;
          default -> false;
        };
    if (!fits || remaining < 0) {
      throw new BadFrame("opcode " + opcode + " with " + remaining + " bytes");
    }
    inPayload = true;
    if (opcode >= CLOSE) {
      control = new byte[(int) remaining];
      controlLength = 0;
    }
    if (remaining == 0) {
      if (opcode >= CLOSE) {
        endControl();
      } else {
        data(NOTHING, 0, 0);
      }
    }
  }

  private void data(byte[] in, int at, int here) {
    boolean whole = !inMessage && last && here == remaining;
    remaining -= here;
    if (whole) {
      inPayload = false;
      sink.text(in, at, here, here);
      return;
    }
    inMessage = true;
    hold(in, at, here);
    if (remaining == 0) {
      inPayload = false;
      if (last) {
        endMessage();
      }
    }
  }

  private void hold(byte[] in, int at, int here) {
    messageLength += here;
    int kept = Math.min(here, headMax - heldLength);
    if (held.length < heldLength + kept) {
      held = Arrays.copyOf(held, Math.clamp(2L * (heldLength + kept), 0, headMax));
    }
    System.arraycopy(in, at, held, heldLength, kept);
    heldLength += kept;
  }

  private void endMessage() {
    byte[] message = held;
    int length = heldLength;
    long whole = messageLength;
    held = NOTHING;
    heldLength = 0;
    messageLength = 0;
    inMessage = false;
    sink.text(message, 0, length, whole);
  }

  private void control(byte[] in, int at, int here) {
    byte[] into = control;
    if (into != null) {
      System.arraycopy(in, at, into, controlLength, here);
    }
    controlLength += here;
    remaining -= here;
    if (remaining == 0) {
      endControl();
    }
  }

  private void endControl() {
    byte[] payload = control == null ? NOTHING : control;
    control = null;
    inPayload = false;
    if (opcode == PING) {
      sink.ping(payload);
    } else if (opcode == CLOSE) {
      sink.close(payload.length < 2 ? NO_CODE : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
    }
  }

  /** Thrown for bytes that are no frame of a server. */
  public static final class BadFrame extends RuntimeException {
    BadFrame(String what) {
      super(what);
    }
  }
}
