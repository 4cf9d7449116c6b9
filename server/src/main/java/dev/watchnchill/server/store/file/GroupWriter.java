package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to the file. One thread writes all records that arrived during its last write
 * together, so that many rooms that change at once share one commit.
 *
 * <p>When the file fails or is too slow, all waiting and new writes are rejected until the file can
 * be written again. The file is then overwritten with the state in memory, because it may contain a
 * rejected write.
 */
final class GroupWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);

  /** Delay before a failed file is tried again. */
  private static final long RETRY_MS = 250;

  /** Time that closing waits for the last writes and for the file to be compacted. */
  private static final long CLOSE_MS = 6_000;

  /** The store that owns the writer. No method may wait for a write. */
  interface Owner {
    /** Returns every record as it is to be in the file. Only called while writes are refused. */
    Map<RecordKey, byte[]> snapshot();

    /** Receives that writes are refused from now on, or accepted again. */
    void availability(boolean available);
  }

  /** Opens and replaces the file. */
  interface Opener {
    /** Opens the file that is there. */
    RoomFile open() throws IOException;

    /** Replaces the file by one with these records. */
    void replace(Map<RecordKey, byte[]> records) throws IOException;
  }

  private static final class Write {
    final Map<RecordKey, byte @Nullable []> changes;
    final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    Write(Map<RecordKey, byte @Nullable []> changes) {
      this.changes = changes;
    }
  }

  private enum Turn {
    WRITE,
    RECOVER,
    CLOSE
  }

  private final Opener opener;
  private final Owner owner;
  private final long timeoutMs;
  private final Thread thread;
  private final Object gate = new Object();
  private final CountDownLatch closed = new CountDownLatch(1);

  // Guarded by the gate.
  private List<Write> waiting = new ArrayList<>();
  private boolean available = true;
  private boolean closing;
  private boolean choresDue;

  // The thread's own.
  private @Nullable RoomFile file;
  private List<Write> batch = List.of();
  private boolean chores;

  /**
   * @param file open
   * @param timeoutMs how long a write may take before it is refused
   */
  GroupWriter(RoomFile file, Opener opener, Owner owner, long timeoutMs) {
    this.file = file;
    this.opener = opener;
    this.owner = owner;
    this.timeoutMs = timeoutMs;
    this.thread = new Thread(this::run, "room-file");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean available() {
    synchronized (gate) {
      return available && !closing;
    }
  }

  /**
   * Writes records atomically; returns when the operating system has them.
   *
   * @param changes removes the records that are null; not changed any more
   * @throws StoreUnavailableException when it is not known to have them
   */
  void write(Map<RecordKey, byte @Nullable []> changes) {
    try {
      // Not interruptible: the caller would not know then whether it was written.
      enqueue(changes).orTimeout(timeoutMs, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        lose("the disk does not answer");
      }
      throw new StoreUnavailableException("The room file cannot be written", e);
    }
  }

  /** Writes records before long, without waiting. For those that are gone from memory. */
  void writeLater(Map<RecordKey, byte @Nullable []> changes) {
    if (available()) {
      var _ = enqueue(changes); // else they are not part of the snapshot, which is written later
    }
  }

  private CompletableFuture<@Nullable Void> enqueue(Map<RecordKey, byte @Nullable []> changes) {
    var write = new Write(changes);
    synchronized (gate) {
      if (!available || closing) {
        write.done.completeExceptionally(new IOException("not available"));
      } else {
        waiting.add(write);
        gate.notifyAll();
      }
    }
    return write.done;
  }

  /** Requests the work that is done once a second. */
  void tick() {
    synchronized (gate) {
      choresDue = true;
      gate.notifyAll();
    }
  }

  private void run() {
    while (true) {
      try {
        switch (next()) {
          case WRITE -> writeBatch();
          case RECOVER -> {
            if (!closed.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
              recover();
            }
          }
          case CLOSE -> {
            finish();
            return;
          }
        }
      } catch (InterruptedException e) {
        // Nobody interrupts this thread; were it so, it would go on.
        log.warn("Interrupted", e);
      } catch (RuntimeException e) {
        log.error("The room file failed in an unexpected way", e);
        lose("a fault of the server");
        batch.forEach(write -> write.done.completeExceptionally(e));
      }
    }
  }

  private Turn next() throws InterruptedException {
    synchronized (gate) {
      while (available && !closing && waiting.isEmpty() && !choresDue) {
        gate.wait();
      }
      if (!available && !closing) {
        return Turn.RECOVER;
      }
      if (closing && waiting.isEmpty()) {
        return Turn.CLOSE;
      }
      batch = waiting;
      waiting = new ArrayList<>();
      chores = choresDue;
      choresDue = false;
      return Turn.WRITE;
    }
  }

  private void writeBatch() {
    var changes = new LinkedHashMap<RecordKey, byte @Nullable []>();
    batch.forEach(write -> changes.putAll(write.changes));
    try {
      if (!changes.isEmpty()) {
        opened().write(changes);
      }
      batch.forEach(write -> write.done.complete(null));
      if (chores) {
        opened().tidy();
      }
    } catch (IOException e) {
      abandon();
      lose(DataDirectory.reason(e)); // first: who is refused shall not find it available
      batch.forEach(write -> write.done.completeExceptionally(e));
    }
  }

  private RoomFile opened() throws IOException {
    RoomFile open = file;
    if (open == null) {
      open = opener.open();
      file = open;
    }
    return open;
  }

  private RoomFile openedOrReplaced(Map<RecordKey, byte[]> snapshot) throws IOException {
    try {
      return opened();
    } catch (DataFileException e) {
      // Whatever broke it: what it is to hold is here.
      log.warn("{} It is written anew.", e.getMessage());
      opener.replace(snapshot);
      return opened();
    }
  }

  private void abandon() {
    if (file != null) {
      file.abandon();
      file = null;
    }
  }

  /** Refuses all writes from now on, until {@link #recover} has corrected the file. */
  private void lose(String why) {
    List<Write> refused;
    synchronized (gate) {
      if (!available) {
        return;
      }
      available = false;
      refused = waiting;
      waiting = new ArrayList<>();
      gate.notifyAll();
    }
    log.error("The rooms cannot be kept on disk now: {}. Nothing is accepted until they can.", why);
    var failure = new IOException(why);
    refused.forEach(write -> write.done.completeExceptionally(failure));
    owner.availability(false);
  }

  private void recover() {
    try {
      Map<RecordKey, byte[]> snapshot = owner.snapshot();
      RoomFile open = openedOrReplaced(snapshot);
      var changes = new LinkedHashMap<RecordKey, byte @Nullable []>(snapshot);
      open.records()
          .forEach((key, record) -> {
            byte[] wanted = snapshot.get(key);
            if (wanted == null) {
              changes.put(key, null);
            } else if (Arrays.equals(wanted, record)) {
              changes.remove(key); // what need not be written needs no space
            }
          });
      open.write(changes);
      open.probe();
      open.tidy();
    } catch (IOException | DataFileException e) {
      log.debug("Not yet", e);
      abandon();
      return;
    }
    synchronized (gate) {
      available = true;
    }
    log.info("The rooms are kept on disk again.");
    owner.availability(true);
  }

  private void finish() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (RuntimeException e) {
      log.error("The room file could not be closed well: {}", DataDirectory.reason(e));
      abandon();
    }
  }

  /** Writes what waits, refuses what comes, and closes the file. */
  @Override
  public void close() {
    synchronized (gate) {
      closing = true;
      gate.notifyAll();
    }
    closed.countDown();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.error("The room file did not close in time.");
    }
  }
}
