package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.memory.MemoryRooms;
import dev.watchnchill.server.store.memory.RoomPersistence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store of rooms in this process and in a file, where the next process finds them. */
public final class FileRoomStore implements RoomStore {
  private static final long BEAT_MS = 1_000;

  private final DataDirectory directory;
  private final SyncedMark mark;
  private final LastSeen lastSeen;
  private final long lastSeenMs;
  private final LongSupplier nowMs;
  private final MemoryRooms memory;
  private final RoomRecords records = new RoomRecords();
  private final GroupWriter writer;
  private final ScheduledExecutorService beats;
  // Threads that wait for the disk, one for each change under way.
  private final ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService messenger =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("room-file-news").factory());

  /**
   * Opens the store of a directory, which belongs to this process until the store is closed. Rooms
   * whose lifetime has ended are removed.
   *
   * @param directory made when there is none
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs lifetime of a room from its last write
   * @param timeoutMs how long a write may take before it is rejected
   * @param repair whether to go on with what can be found when the rooms are damaged
   * @throws DataFileException with one line for people when the directory cannot be used
   */
  public static FileRoomStore open(
      Path directory, LongSupplier nowMs, long roomLifeMs, long timeoutMs, boolean repair) {
    return open("", directory, nowMs, roomLifeMs, timeoutMs, repair);
  }

  static FileRoomStore open(
      String scheme,
      Path path,
      LongSupplier nowMs,
      long roomLifeMs,
      long timeoutMs,
      boolean repair) {
    DataDirectory directory = DataDirectory.take(path);
    try {
      return new FileRoomStore(scheme, directory, nowMs, roomLifeMs, timeoutMs, repair);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private FileRoomStore(
      String scheme,
      DataDirectory directory,
      LongSupplier nowMs,
      long lifeMs,
      long timeoutMs,
      boolean repair) {
    this.directory = directory;
    this.nowMs = nowMs;
    this.memory = new MemoryRooms(nowMs, lifeMs, new FilePersistence());
    Path path = directory.rooms();
    try {
      StoredRooms stored =
          repair ? StoredRooms.repair(directory, nowMs.getAsLong()) : StoredRooms.load(directory);
      long newestMs = adopt(stored, lifeMs);
      // Written anew at each start, without holes and without the rooms that have expired.
      Checkpoint written = RoomFile.create(path, snapshot(), stored.stamp());
      // Only now: the mark may be older than the file at any moment, and never newer.
      this.mark = SyncedMark.create(directory.synced(), written);
      this.lastSeen = LastSeen.open(directory.alive());
      this.lastSeenMs = Math.min(Math.max(lastSeen.beforeMs(), newestMs), nowMs.getAsLong());
      GroupWriter.Opener opener = opener(scheme, path, mark);
      this.writer = new GroupWriter(opener.open(), opener, new WriterOwner(), timeoutMs);
    } catch (IOException e) {
      throw new DataFileException(
          "The file %s cannot be written: %s".formatted(path, DataDirectory.reason(e)), e);
    }
    writer.start();
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("room-file-beat").factory());
    var _ = beats.scheduleWithFixedDelay(this::beat, 0, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  /** Adopts the rooms that have not expired; returns the time of the last write of any room. */
  private long adopt(StoredRooms stored, long lifeMs) {
    long now = nowMs.getAsLong();
    long newestMs = 0;
    for (Room room : stored.rooms()) {
      newestMs = Math.max(newestMs, room.lastWriteMs());
      if (now < room.lastWriteMs() + lifeMs) {
        memory.adopt(room, stored.texts().getOrDefault(room.id(), Map.of()));
        records.adopt(room);
      }
    }
    return newestMs;
  }

  /** Returns what opens the file; called on the writer's thread once that has started. */
  private static GroupWriter.Opener opener(String scheme, Path path, SyncedMark mark) {
    return new GroupWriter.Opener() {
      @Override
      public RoomFile open() throws IOException {
        return RoomFile.open(scheme, path, mark.last().stamp(), mark::write);
      }

      @Override
      public void replace(Map<RecordKey, byte[]> records) throws IOException {
        mark.write(RoomFile.create(path, records, mark.last().stamp() + 1));
      }
    };
  }

  /** Returns every record as it is to be in the file. */
  private Map<RecordKey, byte[]> snapshot() {
    var all = new HashMap<RecordKey, byte[]>();
    memory.each((room, texts) -> records.collect(room, texts, all));
    return all;
  }

  private void beat() {
    if (!memory.active().isEmpty()) { // which forgets the rooms that have expired
      lastSeen.beat(nowMs.getAsLong());
    }
    writer.tick();
  }

  /**
   * Returns when an earlier server was last known to be alive with rooms in it, ms since the epoch;
   * 0 for never.
   */
  public long lastSeenMs() {
    return lastSeenMs;
  }

  /**
   * Returns the secret that the directory keeps, which is the given one when there was none. May
   * wait for the disk; never fails.
   */
  public byte[] secret(byte[] own) {
    return SecretFile.keep(directory.secret(), own);
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return onWaiter(() -> memory.create(room));
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return Futures.<@Nullable Room>of(memory.load(id));
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    return onWaiter(() -> memory.commit(before, next, events));
  }

  @Override
  public CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    return Futures.<byte @Nullable []>of(memory.text(id, track));
  }

  /** Runs a change that may wait for the disk, or for another change that does. */
  private <T extends @Nullable Object> CompletableFuture<T> onWaiter(Supplier<T> change) {
    try {
      return CompletableFuture.supplyAsync(change, waiters);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("The room file is closed", e));
    }
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    memory.publish(id, events);
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return this.<@Nullable List<Committed>>onWaiter(() -> memory.since(id, known));
  }

  /** Answers {@link Restoration.SUPERSEDED}: what is not here has expired or was closed. */
  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    return Futures.of(Restoration.SUPERSEDED);
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    return Futures.of(memory.subscribe(id, subscriber));
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return Futures.of(memory.active());
  }

  @Override
  public boolean available() {
    return writer.available();
  }

  @Override
  public void close() {
    beats.shutdownNow();
    writer.close();
    waiters.shutdown();
    messenger.shutdown();
    memory.close();
    lastSeen.close();
    mark.close();
    directory.close();
  }

  private final class FilePersistence implements RoomPersistence {
    @Override
    public void create(Room room) {
      records.create(room, writer::write);
    }

    @Override
    public void update(Room before, Room next, TextDelta texts) {
      records.update(before, next, texts, writer::write);
    }

    @Override
    public void remove(Room last) {
      records.remove(last, writer::write);
    }

    @Override
    public void forget(Room last) {
      records.remove(last, writer::writeLater);
    }
  }

  private final class WriterOwner implements GroupWriter.Owner {
    @Override
    public Map<RecordKey, byte[]> snapshot() {
      return FileRoomStore.this.snapshot();
    }

    @Override
    public void availability(boolean available) {
      // Elsewhere: subscribers may write in turn, and this is the thread that does.
      messenger.execute(() -> memory.availability(available));
    }
  }
}
