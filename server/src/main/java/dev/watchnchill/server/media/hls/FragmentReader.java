package dev.watchnchill.server.media.hls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a fragmented MP4 of one track as ffmpeg writes it to a pipe (ISO/IEC 14496-12): the boxes
 * before the first fragment, then each fragment. Everything but the samples is bounded in size.
 */
final class FragmentReader {
  private static final int HEAD_BYTES_MAX = 1 << 20;
  private static final int MOOF_BYTES_MAX = 4 << 20;
  private static final long SAMPLES_BYTES_MAX = 1L << 30;
  private static final int COPY_BYTES = 1 << 16;

  private static final int TRUN_DATA_OFFSET = 0x1;
  private static final int TRUN_FIRST_FLAGS = 0x4;
  private static final int TRUN_DURATION = 0x100;
  private static final int TRUN_SIZE = 0x200;
  private static final int TRUN_FLAGS = 0x400;
  private static final int TRUN_OFFSET = 0x800;

  private final DataInputStream in;
  private int timescale;
  private @Nullable Box next;

  /** The header of a box: its type, and the bytes that follow. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Box(String type, long length, byte[] header) {}

  /**
   * The start of a fragment; its samples have not been read.
   *
   * @param moof the box that describes it
   * @param decodeTimeAt where its decode time is in that box, 8 bytes
   * @param decodeTime of the first sample, in ticks
   * @param firstOffset from the decode time of the first sample to when it is shown, ticks
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fragment(byte[] moof, int decodeTimeAt, long decodeTime, int firstOffset) {
    /** Returns when the first sample is shown, in ticks. */
    long shownAt() {
      return decodeTime + firstOffset;
    }

    /** Returns the box with all its times moved by a number of ticks. */
    byte[] moved(long ticks) {
      byte[] copy = moof.clone();
      ByteBuffer.wrap(copy).putLong(decodeTimeAt, decodeTime + ticks);
      return copy;
    }
  }

  FragmentReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Reads up to the first fragment.
   *
   * @return the boxes that a player needs before any segment
   * @throws IOException when this is no such file
   */
  byte[] readHead() throws IOException {
    var all = new ByteArrayOutputStream();
    for (Box box = read(); box != null; box = read()) {
      if (box.type.equals("moof")) {
        next = box;
        break;
      }
      byte[] content = content(box, HEAD_BYTES_MAX - all.size());
      all.write(box.header);
      all.write(content);
      if (box.type.equals("moov")) {
        timescale = timescale(ByteBuffer.wrap(content));
      }
    }
    if (timescale <= 0) {
      throw new IOException("no track");
    }
    return all.toByteArray();
  }

  /** Returns the ticks in a second of the track. */
  int timescale() {
    return timescale;
  }

  /** Reads up to the samples of the next fragment; null at the end. */
  @Nullable Fragment nextFragment() throws IOException {
    Box box = next == null ? read() : next;
    next = null;
    for (; box != null; box = read()) {
      byte[] content = content(box, MOOF_BYTES_MAX);
      if (box.type.equals("moof")) {
        return fragment(box, content);
      }
    }
    return null;
  }

  /** Copies the samples of the fragment that was read last. */
  void copySamples(OutputStream to) throws IOException {
    Box box = read();
    if (box == null || !box.type.equals("mdat") || box.length > SAMPLES_BYTES_MAX) {
      throw new IOException("a fragment without samples");
    }
    to.write(box.header);
    var buffer = new byte[COPY_BYTES];
    for (long left = box.length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("a fragment was cut");
      }
      to.write(buffer, 0, count);
      left -= count;
    }
  }

  private @Nullable Box read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    var header = new byte[8];
    header[0] = (byte) first;
    in.readFully(header, 1, 7);
    long length = ByteBuffer.wrap(header).getInt() & 0xffff_ffffL;
    var type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
    if (length == 1) {
      byte[] longer = ByteBuffer.allocate(16).put(header).putLong(in.readLong()).array();
      return checked(type, ByteBuffer.wrap(longer).getLong(8) - 16, longer);
    }
    return checked(type, length - 8, header);
  }

  private static Box checked(String type, long length, byte[] header) throws IOException {
    if (length < 0) {
      throw new IOException("a box of no length");
    }
    return new Box(type, length, header);
  }

  private byte[] content(Box box, int max) throws IOException {
    if (box.length > max) {
      throw new IOException("a box of " + box.length + " bytes");
    }
    var content = new byte[(int) box.length];
    in.readFully(content);
    return content;
  }

  private static Fragment fragment(Box box, byte[] content) throws IOException {
    var whole = new byte[box.header.length + content.length];
    System.arraycopy(box.header, 0, whole, 0, box.header.length);
    System.arraycopy(content, 0, whole, box.header.length, content.length);
    ByteBuffer moof = ByteBuffer.wrap(whole);
    try {
      ByteBuffer traf = child(moof, box.header.length, whole.length, "traf");
      int time = find(traf, "tfdt");
      // Version 1 has 64 bits; ffmpeg writes no other.
      if (traf.get(time) != 1) {
        throw new IOException("a decode time of 32 bits");
      }
      int at = time + 4;
      return new Fragment(whole, at, traf.getLong(at), firstOffset(traf, find(traf, "trun")));
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a fragment that is cut", e);
    }
  }

  private static int firstOffset(ByteBuffer traf, int trun) {
    int flags = traf.getInt(trun);
    int at = trun + 8;
    at += ((flags & TRUN_DATA_OFFSET) == 0 ? 0 : 4) + ((flags & TRUN_FIRST_FLAGS) == 0 ? 0 : 4);
    for (int field : new int[] {TRUN_DURATION, TRUN_SIZE, TRUN_FLAGS}) {
      at += (flags & field) == 0 ? 0 : 4;
    }
    return (flags & TRUN_OFFSET) == 0 ? 0 : traf.getInt(at);
  }

  private static int timescale(ByteBuffer moov) throws IOException {
    try {
      ByteBuffer trak = child(moov, 0, moov.capacity(), "trak");
      ByteBuffer mdia = child(trak, trak.position(), trak.limit(), "mdia");
      int header = find(mdia, "mdhd");
      return mdia.getInt(header + (mdia.get(header) == 1 ? 20 : 12));
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a track that is cut", e);
    }
  }

  /** Returns the content of the first box of a type, between two places of a buffer. */
  private static ByteBuffer child(ByteBuffer parent, int from, int to, String type)
      throws IOException {
    for (int at = from; at + 8 <= to; ) {
      int length = parent.getInt(at);
      if (length < 8 || length > to - at) {
        break;
      }
      if (typeAt(parent, at).equals(type)) {
        return parent.duplicate().limit(at + length).position(at + 8);
      }
      at += length;
    }
    throw new IOException("no " + type);
  }

  private static int find(ByteBuffer parent, String type) throws IOException {
    return child(parent, parent.position(), parent.limit(), type).position();
  }

  private static String typeAt(ByteBuffer buffer, int at) {
    var type = new byte[4];
    buffer.get(at + 4, type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }
}
