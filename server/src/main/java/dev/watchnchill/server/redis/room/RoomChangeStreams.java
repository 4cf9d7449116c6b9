package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisFailures;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Subscriber;
import dev.watchnchill.server.store.RoomStore.Subscription;
import dev.watchnchill.server.store.RoomStore.Transient;
import io.lettuce.core.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The change streams of the rooms that have subscribers on this instance. */
final class RoomChangeStreams implements RoomChangeStream.Source, AutoCloseable {
  private final RedisLink link;
  private final String origin;
  private final BiFunction<RoomId, Revision, CompletableFuture<@Nullable List<Committed>>> since;
  private final Map<RoomId, Entry> entries = new ConcurrentHashMap<>();

  /** A stream, its channel, and the number of its open or pending subscriptions. */
  private final class Entry {
    final RoomChangeStream stream;
    final CompletableFuture<RedisLink.Subscription> channel;
    // Guarded by the map of entries.
    int subscriptions;

    Entry(RoomId id) {
      stream = new RoomChangeStream(id, origin, RoomChangeStreams.this);
      channel = link.subscribe(RoomKeys.of(id).channel(), stream);
    }
  }

  RoomChangeStreams(
      RedisLink link,
      String origin,
      BiFunction<RoomId, Revision, CompletableFuture<@Nullable List<Committed>>> since) {
    this.link = link;
    this.origin = origin;
    this.since = since;
  }

  /** Returns the ids of the rooms with subscribers here. */
  Set<RoomId> ids() {
    return Set.copyOf(entries.keySet());
  }

  /** Subscribes, as {@link dev.watchnchill.server.store.RoomStore#subscribe}. */
  CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    Entry entry =
        entries.compute(
            id,
            (_, existing) -> {
              Entry used = existing == null ? new Entry(id) : existing;
              used.subscriptions++;
              return used;
            });
    return entry
        .channel
        // Only now: what is published from here on is received.
        .thenCompose(_ -> currentRevision(id))
        .handle((currentRevision, failure) -> {
          if (failure != null) {
            release(id, entry);
            throw RedisFailures.unavailable(failure);
          }
          return join(
              id, entry, currentRevision, new RoomChangeStream.OpenSubscription(subscriber));
        });
  }

  private Subscription join(
      RoomId id,
      Entry entry,
      @Nullable Revision currentRevision,
      RoomChangeStream.OpenSubscription open) {
    if (entry.stream.subscribers().isEmpty()) {
      entry.stream.startAt(currentRevision);
    }
    entry.stream.subscribers().add(open);
    return () -> {
      open.open = false;
      if (entry.stream.subscribers().remove(open)) {
        release(id, entry);
      }
    };
  }

  private void release(RoomId id, Entry entry) {
    entries.computeIfPresent(
        id, (_, existing) -> existing == entry && --entry.subscriptions == 0 ? null : existing);
    if (entries.get(id) != entry) {
      var _ = entry.channel.thenAccept(RedisLink.Subscription::close);
    }
  }

  /**
   * Returns a future that completes when, after an outage, every instance has had the time to
   * report a newer copy: a change of an older copy would hide it.
   */
  CompletableFuture<Void> settled(RoomId id) {
    Entry entry = entries.get(id);
    return entry == null ? CompletableFuture.completedFuture(null) : entry.stream.settled();
  }

  /** Records that a commit was sent. */
  void commitStarted(RoomId id, String nonce, Room before, Room next, List<RoomEvent> events) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.commitStarted(
          nonce, new Committed(Revision.of(before), Revision.of(next), _ -> next, events));
    }
  }

  /** Records the answer to a commit. */
  void commitFinished(RoomId id, String nonce, boolean committed) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.commitFinished(nonce, committed);
    }
  }

  /** Delivers transient events of this instance. */
  void deliverTransient(RoomId id, Transient events) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stream.deliverTransient(events);
    }
  }

  @Override
  public CompletableFuture<@Nullable Revision> currentRevision(RoomId id) {
    String room = RoomKeys.of(id).room();
    return link.callAsync(redis -> redis.hmget(room, "epoch", "seq"))
        .<@Nullable Revision>thenApply(fields -> {
          KeyValue<String, byte[]> epoch = fields.getFirst();
          KeyValue<String, byte[]> seq = fields.getLast();
          return epoch.hasValue() && seq.hasValue()
              ? new Revision(number(epoch.getValue()), number(seq.getValue()))
              : null;
        });
  }

  private static long number(byte[] digits) {
    return Long.parseLong(RedisLink.text(digits));
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
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
  public void recheckChannel(RoomId id) {
    link.recheckChannel(RoomKeys.of(id).channel());
  }

  @Override
  public void close() {
    entries.forEach((id, entry) -> {
      entry.stream.subscribers().forEach(subscription -> subscription.open = false);
      entry.stream.subscribers().clear();
      entries.remove(id, entry);
      var _ = entry.channel.thenAccept(RedisLink.Subscription::close);
    });
  }
}
