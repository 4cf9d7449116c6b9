package dev.watchnchill.server.media.index;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something changes in a folder, as far as the system reports it. Network file systems
 * report nothing of what other machines change, and systems bound the number of folders.
 */
public final class FolderWatch implements AutoCloseable {
  /** Most folders that are watched. */
  static final int FOLDERS_MAX = 4_096;

  private final @Nullable WatchService service;
  private Map<Path, WatchKey> watched = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Opens the system's service; without one every wait lasts to its end. */
  public FolderWatch() {
    WatchService opened = null;
    try {
      opened = FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException _) {
      // a limit of the system, such as inotify's instances
    }
    service = opened;
  }

  /** The outcome of the registration of folders. */
  public enum Outcome {
    /** All of them were watched before. */
    SAME,
    /** Some are watched from now on: they may have changed since they were read. */
    NEW,
    /** Some cannot be watched. */
    PARTLY
  }

  /** Watches these folders alone; beyond a bound they are not watched. */
  public Outcome watch(List<Path> folders) {
    if (service == null) {
      return Outcome.PARTLY;
    }
    var now = new HashMap<Path, WatchKey>();
    boolean anyNew = false;
    boolean all = true;
    for (Path folder : folders) {
      WatchKey key = now.size() < FOLDERS_MAX ? register(service, folder) : null;
      if (key == null) {
        all = false;
      } else {
        now.put(folder, key);
        anyNew |= !key.equals(watched.get(folder));
      }
    }
    Set<WatchKey> kept = Set.copyOf(now.values());
    watched.values().stream().filter(former -> !kept.contains(former)).forEach(WatchKey::cancel);
    watched = now;
    return anyNew ? Outcome.NEW : all ? Outcome.SAME : Outcome.PARTLY;
  }

  private static @Nullable WatchKey register(WatchService service, Path folder) {
    try {
      return folder.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_DELETE,
          StandardWatchEventKinds.ENTRY_MODIFY);
    } catch (IOException | SecurityException | ClosedWatchServiceException _) {
      return null;
    }
  }

  /** Waits for a change, at most that long; returns whether there was one. */
  public boolean await(long atMostMs) throws InterruptedException {
    WatchService changes = service;
    if (changes == null) {
      var _ = closed.await(atMostMs, TimeUnit.MILLISECONDS);
      return false;
    }
    try {
      WatchKey key = changes.poll(atMostMs, TimeUnit.MILLISECONDS);
      boolean changed = key != null;
      while (key != null) {
        key.pollEvents();
        key.reset();
        key = changes.poll();
      }
      return changed;
    } catch (ClosedWatchServiceException _) {
      return false;
    }
  }

  /** Waits, whatever changes meanwhile; ends when this is closed. */
  public void rest(long ms) throws InterruptedException {
    var _ = closed.await(ms, TimeUnit.MILLISECONDS);
  }

  /** Ends every wait. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException _) {
      // nobody waits any more
    }
  }
}
