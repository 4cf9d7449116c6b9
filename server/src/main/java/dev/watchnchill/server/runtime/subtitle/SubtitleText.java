package dev.watchnchill.server.runtime.subtitle;

import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.wire.JsonText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The text of shared subtitles as it is stored: its parts, each compressed on its own, so that no
 * step takes longer with a longer text. Immutable; any thread.
 *
 * <p>The stored form begins with its version, a byte. For each part follow the number of its bytes
 * in UTF-8, the number of its compressed bytes, both as an int, and these.
 */
public final class SubtitleText {
  private static final byte VERSION = 1;

  /** Longer than any part in UTF-8: it comes in a packet of 64 KiB. */
  private static final int PART_BYTES_MAX = 1 << 16;

  private final List<Part> parts;
  // Made for the first reader of each part.
  private final AtomicReferenceArray<@Nullable JsonText> encoded;

  /**
   * A compressed part.
   *
   * @param bytes its length in UTF-8
   * @param compressed in the format of zlib
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(int bytes, byte[] compressed) {
    static Part of(String text) {
      byte[] plain = text.getBytes(StandardCharsets.UTF_8);
      byte[] buffer = new byte[plain.length + plain.length / 8 + 64];
      try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
        deflater.setInput(plain);
        deflater.finish();
        int length = deflater.deflate(buffer);
        byte[] compressed = new byte[length];
        System.arraycopy(buffer, 0, compressed, 0, length);
        return new Part(plain.length, compressed);
      }
    }

    String text() {
      byte[] plain = new byte[bytes];
      try (var inflater = new Inflater()) {
        inflater.setInput(compressed);
        if (inflater.inflate(plain) != bytes || !inflater.finished()) {
          throw new IllegalArgumentException("a stored text has another length");
        }
      } catch (DataFormatException e) {
        throw new IllegalArgumentException("a stored text is damaged", e);
      }
      return new String(plain, StandardCharsets.UTF_8);
    }
  }

  private SubtitleText(List<Part> parts) {
    this.parts = parts;
    this.encoded = new AtomicReferenceArray<>(parts.size());
  }

  static SubtitleText of(List<Part> parts) {
    return new SubtitleText(List.copyOf(parts));
  }

  /** Returns a text in parts of at most that many characters. */
  public static SubtitleText of(String text, int partLengthMax) {
    var parts = new ArrayList<Part>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + partLengthMax);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to)) && to - from > 1) {
        to--; // not between the halves of a character
      }
      parts.add(Part.of(text.substring(from, to)));
      from = to;
    }
    return of(parts);
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static SubtitleText read(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    var parts = new ArrayList<Part>();
    try {
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("a stored text has another version");
      }
      while (in.hasRemaining()) {
        int bytes = in.getInt();
        int length = in.getInt();
        if (bytes < 0 || bytes > PART_BYTES_MAX || length < 0 || length > in.remaining()) {
          throw new IllegalArgumentException("a stored text has a part of no length");
        }
        byte[] compressed = new byte[length];
        in.get(compressed);
        parts.add(new Part(bytes, compressed));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a stored text ends too early", e);
    }
    return of(parts);
  }

  /** Returns the stored form. */
  public byte[] stored() {
    int length = 1;
    for (Part part : parts) {
      length += 2 * Integer.BYTES + part.compressed.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(VERSION);
    for (Part part : parts) {
      out.putInt(part.bytes).putInt(part.compressed.length).put(part.compressed);
    }
    return out.array();
  }

  /** Returns its size, as it is part of the room. */
  public SubtitleTrack.Text size() {
    return new SubtitleTrack.Text(parts.size(), parts.stream().mapToInt(Part::bytes).sum());
  }

  /** Returns a part for all its readers; null beyond the last one. */
  @Nullable JsonText part(int index) {
    if (index >= parts.size()) {
      return null;
    }
    JsonText known = encoded.get(index);
    if (known == null) {
      known = JsonText.of(parts.get(index).text());
      encoded.set(index, known);
    }
    return known;
  }

  /** Returns the most bytes that it takes in the heap. */
  int footprint() {
    int bytes = 256;
    for (Part part : parts) {
      // A JSON string, and its bytes for the network.
      bytes += 128 + part.compressed.length + 4 * part.bytes;
    }
    return bytes;
  }
}
