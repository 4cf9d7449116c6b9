package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Passed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Subscriber;
import dev.watchnchill.server.store.RoomStore.Subscription;
import io.lettuce.core.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The streams of the rooms that this server has subscribers for. */
final class RoomStreams implements RoomStream.Source, AutoCloseable {
  private final RedisLink link;
  private final String origin;
  private final BiFunction<RoomId, Revision, @Nullable List<Committed>> since;
  private final Map<RoomId, Entry> entries = new ConcurrentHashMap<>();

  /** A stream, and the lock under which it is opened and closed. */
  private static final class Entry {
    final ReentrantLock lock = new ReentrantLock();
    final RoomStream stream;
    RedisLink.@Nullable Subscription channel;
    boolean dead;

    Entry(RoomStream stream) {
      this.stream = stream;
    }
  }

  RoomStreams(
      RedisLink link,
      String origin,
      BiFunction<RoomId, Revision, @Nullable List<Committed>> since) {
    this.link = link;
    this.origin = origin;
    this.since = since;
  }

  /** The rooms that have subscribers here. */
  Set<RoomId> ids() {
    return Set.copyOf(entries.keySet());
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#subscribe}. */
  Subscription subscribe(RoomId id, Subscriber subscriber) {
    while (true) {
      Entry entry = entries.computeIfAbsent(id, _ -> new Entry(new RoomStream(id, origin, this)));
      entry.lock.lock();
      try {
        if (!entry.dead) {
          return join(id, entry, new RoomStream.Open(subscriber));
        }
      } finally {
        entry.lock.unlock();
      }
    }
  }

  private Subscription join(RoomId id, Entry entry, RoomStream.Open open) {
    boolean whole = false;
    try {
      if (entry.channel == null) {
        entry.channel = link.subscribe(RoomKeys.of(id).channel(), entry.stream);
        // Only now: what is published from here on is heard.
        entry.stream.beginAt(standing(id));
      }
      entry.stream.subscribers().add(open);
      whole = true;
    } finally {
      if (!whole) {
        endIfUnused(id, entry);
      }
    }
    return () -> {
      open.open = false;
      entry.lock.lock();
      try {
        if (entry.stream.subscribers().remove(open)) {
          endIfUnused(id, entry);
        }
      } finally {
        entry.lock.unlock();
      }
    };
  }

  private void endIfUnused(RoomId id, Entry entry) {
    if (!entry.dead && entry.stream.subscribers().isEmpty()) {
      entry.dead = true;
      entries.remove(id, entry);
      if (entry.channel != null) {
        entry.channel.close();
      }
    }
  }

  /**
   * Done, after the room could not be reached, when every server had the time to say that it has a
   * newer copy: a change of an older one would hide that.
   */
  CompletableFuture<Void> settled(RoomId id) {
    Entry entry = entries.get(id);
    return entry == null ? CompletableFuture.completedFuture(null) : entry.stream.settled();
  }

  /** A commit begins. */
  void trying(RoomId id, String nonce, Room before, Room next, List<RoomEvent> events) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.trying(
          nonce, new Committed(Revision.of(before), Revision.of(next), _ -> next, events));
    }
  }

  /** A commit is over. */
  void tried(RoomId id, String nonce, boolean committed) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.tried(nonce, committed);
    }
  }

  /** Passing events of this server. */
  void passed(RoomId id, Passed events) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.passed(events);
    }
  }

  @Override
  public @Nullable Revision standing(RoomId id) {
    String room = RoomKeys.of(id).room();
    List<KeyValue<String, byte[]>> fields = link.call(redis -> redis.hmget(room, "epoch", "seq"));
    KeyValue<String, byte[]> epoch = fields.getFirst();
    KeyValue<String, byte[]> seq = fields.getLast();
    return epoch.hasValue() && seq.hasValue()
        ? new Revision(number(epoch.getValue()), number(seq.getValue()))
        : null;
  }

  private static long number(byte[] digits) {
    return Long.parseLong(RedisLink.text(digits));
  }

  @Override
  public @Nullable List<Committed> since(RoomId id, Revision known) {
    return since.apply(id, known);
  }

  @Override
  public void later(long delayMs, Runnable task) {
    link.later(delayMs, task);
  }

  @Override
  public CompletableFuture<Void> after(long delayMs) {
    return link.after(delayMs);
  }

  @Override
  public void suspect(RoomId id) {
    link.suspect(RoomKeys.of(id).channel());
  }

  @Override
  public void close() {
    for (Map.Entry<RoomId, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      entry.lock.lock();
      try {
        entry.stream.subscribers().forEach(one -> one.open = false);
        entry.stream.subscribers().clear();
        endIfUnused(each.getKey(), entry);
      } finally {
        entry.lock.unlock();
      }
    }
  }
}
