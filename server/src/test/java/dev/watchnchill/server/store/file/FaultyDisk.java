package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/** The real disk, which a test can fill up or hang. */
public final class FaultyDisk extends FilePathWrapper implements AutoCloseable {
  static final String SCHEME = "troubled:";

  private static volatile boolean full;
  private static volatile @Nullable CountDownLatch hanging;
  private static final AtomicInteger writes = new AtomicInteger();
  private static final AtomicLong bytes = new AtomicLong();

  /** H2 makes one for each file. */
  public FaultyDisk() {}

  /** Makes files of that scheme known, in good health. */
  static FaultyDisk plugIn() {
    var disk = new FaultyDisk();
    FilePath.register(disk);
    disk.freed();
    disk.goesOn();
    return disk;
  }

  /** From now on half of each write is done, and then there is no space. */
  void fills() {
    full = true;
  }

  void freed() {
    full = false;
  }

  /** From now on a write does not return before it {@link #goesOn}. */
  void hangs() {
    hanging = new CountDownLatch(1);
  }

  void goesOn() {
    CountDownLatch latch = hanging;
    hanging = null;
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Number of writes until now. */
  int writes() {
    return writes.get();
  }

  /** Number of bytes written until now. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    freed();
    goesOn();
    FilePath.unregister(this);
  }

  @Override
  public String getScheme() {
    return "troubled";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends FileBase {
    private final FileChannel base;

    Channel(FileChannel base) {
      this.base = base;
    }

    private static void trouble(FileChannel base, ByteBuffer bytes, long at) throws IOException {
      writes.incrementAndGet();
      FaultyDisk.bytes.addAndGet(bytes.remaining());
      CountDownLatch latch = hanging;
      if (latch != null) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      if (full) {
        ByteBuffer half = bytes.duplicate();
        half.limit(half.position() + half.remaining() / 2);
        base.write(half, at);
        throw new IOException("No space left on device");
      }
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long at) throws IOException {
      trouble(base, bytes, at);
      return base.write(bytes, at);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      trouble(base, bytes, base.position());
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
      base.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      base.force(metaData);
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
