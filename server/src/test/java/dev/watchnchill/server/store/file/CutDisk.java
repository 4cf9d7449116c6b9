package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** The real disk, which remembers of its one file what a power cut would leave of it. */
public final class CutDisk extends FilePathWrapper implements AutoCloseable {
  static final String SCHEME = "cut:";
  private static final int SECTOR = 512;

  /** A write, or where the file was cut off when there are no bytes. */
  private static final class Change {
    final long at;
    final byte[] bytes;

    Change(long at, byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }
  }

  // H2 makes an object of this class for each file: what is known is known to all.
  private static byte[] forced = {};
  private static final List<Change> pending = new ArrayList<>();

  /** H2 makes one for each file. */
  public CutDisk() {}

  static CutDisk plugIn() {
    var disk = new CutDisk();
    FilePath.register(disk);
    return disk;
  }

  /**
   * Returns what may be left of the file: all that was forced, and of what was written since each
   * change, none of it, or some of its sectors.
   */
  static synchronized byte[] afterPowerCut(Random random) {
    byte[] left = forced.clone();
    int odds = random.nextInt(11);
    for (Change change : pending) {
      if (change.bytes.length == 0) {
        left = random.nextBoolean() ? Arrays.copyOf(left, (int) change.at) : left;
        continue;
      }
      boolean torn = random.nextInt(10) == 0;
      for (int from = 0; from < change.bytes.length; from += torn ? SECTOR : change.bytes.length) {
        int length = torn ? Math.min(SECTOR, change.bytes.length - from) : change.bytes.length;
        if (random.nextInt(10) < odds) {
          int at = (int) change.at + from;
          left = left.length < at + length ? Arrays.copyOf(left, at + length) : left;
          System.arraycopy(change.bytes, from, left, at, length);
        }
      }
    }
    return left;
  }

  private static synchronized void nowForced(FileChannel channel) throws IOException {
    pending.clear();
    forced = content(channel);
  }

  private static byte[] content(FileChannel channel) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) channel.size());
    while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
      // on to its end
    }
    return all.array();
  }

  private static synchronized void note(long at, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    pending.add(new Change(at, copy));
  }

  private static synchronized void noteCut(long size) {
    pending.add(new Change(size, new byte[0]));
  }

  @Override
  public void close() {
    FilePath.unregister(this);
  }

  @Override
  public String getScheme() {
    return "cut";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel base = super.open(mode);
    nowForced(base);
    return new Channel(base);
  }

  private static final class Channel extends FileBase {
    private final FileChannel base;

    Channel(FileChannel base) {
      this.base = base;
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long at) throws IOException {
      note(at, bytes);
      return base.write(bytes, at);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      note(base.position(), bytes);
      return base.write(bytes);
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long at) throws IOException {
      return base.read(bytes, at);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return base.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return base.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
      base.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      noteCut(size);
      base.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      base.force(metaData);
      nowForced(base);
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
      return base.tryLock(at, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
