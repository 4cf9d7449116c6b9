package dev.watchnchill.server.redis.directory;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the instances on one Redis (rule EN12). Each instance writes its listed rooms to
 * a key of its own while it has any, and reads the keys of the instances that are alive. Without
 * Redis it shows its own rooms alone.
 */
public final class RedisRoomDirectory implements RoomDirectory {
  private static final Logger log = LoggerFactory.getLogger(RedisRoomDirectory.class);
  private static final String PREFIX = "listed-rooms:";
  private static final long NEVER = -1;

  /**
   * The durations of the directory.
   *
   * @param publishMs the interval in which changes are written
   * @param renewMs after how long the rooms are written again although nothing has changed
   * @param lifeMs how long written rooms stay in Redis
   * @param timeoutMs how long a reader waits for the other instances' rooms
   */
  public record Times(long publishMs, long renewMs, long lifeMs, long timeoutMs) {
    /** The durations of production servers. */
    public static final Times DEFAULT = new Times(2_000, 10_000, 20_000, 250);
  }

  private final RedisLink redis;
  private final String key;
  private final Supplier<Set<InstanceId>> others;
  private final RoomListings own;
  private final Times times;
  private final Scheduler scheduler;
  private final AtomicBoolean publishing = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean forgotten; // whether Redis may have lost what was written

  // Only touched while publishing.
  private long published = NEVER;
  private long publishedAgoMs;

  /**
   * @param others returns the other instances that are alive
   * @param own the listed rooms of this instance
   */
  public RedisRoomDirectory(
      RedisLink redis,
      InstanceId self,
      Supplier<Set<InstanceId>> others,
      RoomListings own,
      Times times,
      Scheduler scheduler) {
    this.redis = redis;
    this.key = key(self);
    this.others = others;
    this.own = own;
    this.times = times;
    this.scheduler = scheduler;
    redis.addListener(
        new RedisLink.AvailabilityListener() {
          @Override
          public void outageBegan() {
            // Readers notice.
          }

          @Override
          public void outageEnded() {
            forgotten = true;
          }
        });
    publishLater();
  }

  private static String key(InstanceId instance) {
    return PREFIX + instance.value();
  }

  private void publishLater() {
    var _ =
        scheduler.after(
            times.publishMs(),
            () -> {
              if (!closed) {
                publishSoon();
                publishLater();
              }
            });
  }

  /** Publishes on a thread that may block; at most one of them at a time. */
  private void publishSoon() {
    if (publishing.compareAndSet(false, true)) {
      if (own.isEmpty() && published == NEVER) {
        publishing.set(false);
        return;
      }
      Thread.startVirtualThread(() -> {
        try {
          publish();
        } catch (StoreUnavailableException e) {
          forgotten = true;
          log.debug("The listed rooms could not be published: {}", e.getMessage());
        } finally {
          publishing.set(false);
        }
      });
    }
  }

  private void publish() {
    if (forgotten) {
      forgotten = false;
      publishedAgoMs = times.renewMs();
    }
    long changes = own.changes();
    List<RoomListing> rooms = own.all();
    if (rooms.isEmpty()) {
      redis.call(commands -> commands.del(key));
      published = NEVER;
      return;
    }
    publishedAgoMs += times.publishMs();
    if (changes == published && publishedAgoMs < times.renewMs()) {
      return;
    }
    byte[] value = ListingCodec.encode(rooms);
    published = changes; // also when it fails: the key may have been written, and is removed later
    redis.call(commands -> commands.set(key, value, SetArgs.Builder.px(times.lifeMs())));
    publishedAgoMs = 0;
  }

  @Override
  public CompletableFuture<List<RoomListing>> rooms() {
    List<CompletableFuture<List<RoomListing>>> asked =
        others.get().stream().map(this::read).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> merged(asked.stream().map(CompletableFuture::resultNow).toList()));
  }

  /** Returns the rooms of another instance, or none when they cannot be read in time. */
  private CompletableFuture<List<RoomListing>> read(InstanceId instance) {
    return redis
        .callAsync(commands -> commands.get(key(instance)))
        .thenApplyAsync(
            value -> value == null ? List.<RoomListing>of() : ListingCodec.decode(value),
            Thread::startVirtualThread)
        .orTimeout(times.timeoutMs(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          log.debug("The listed rooms of {} could not be read: {}", instance, failure.toString());
          return List.of();
        });
  }

  /** Merges rooms by id; of a room that several instances list, the newest listing stays. */
  private List<RoomListing> merged(List<List<RoomListing>> ofOthers) {
    var byId = new TreeMap<String, RoomListing>();
    var all = new ArrayList<>(ofOthers);
    all.add(own.all());
    for (List<RoomListing> rooms : all) {
      rooms.forEach(room -> byId.merge(room.id().value(), room, RoomListing::newest));
    }
    return List.copyOf(byId.values());
  }

  @Override
  public void close() {
    closed = true;
  }
}
