package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisFailures;
import dev.watchnchill.server.redis.client.RedisLink;
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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The streams of the rooms that this server has subscribers for. */
final class RoomStreams implements RoomStream.Source, AutoCloseable {
  private final RedisLink link;
  private final String origin;
  private final BiFunction<RoomId, Revision, CompletableFuture<@Nullable List<Committed>>> since;
  private final Map<RoomId, Entry> entries = new ConcurrentHashMap<>();

  /** A stream, its channel, and how many subscriptions it has or is about to have. */
  private final class Entry {
    final RoomStream stream;
    final CompletableFuture<RedisLink.Subscription> channel;
    // Guarded by the map of entries.
    int users;

    Entry(RoomId id) {
      stream = new RoomStream(id, origin, RoomStreams.this);
      channel = link.subscribe(RoomKeys.of(id).channel(), stream);
    }
  }

  RoomStreams(
      RedisLink link,
      String origin,
      BiFunction<RoomId, Revision, CompletableFuture<@Nullable List<Committed>>> since) {
    this.link = link;
    this.origin = origin;
    this.since = since;
  }

  /** The rooms that have subscribers here. */
  Set<RoomId> ids() {
    return Set.copyOf(entries.keySet());
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#subscribe}. */
  CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    Entry entry =
        entries.compute(
            id,
            (_, there) -> {
              Entry used = there == null ? new Entry(id) : there;
              used.users++;
              return used;
            });
    return entry
        .channel
        // Only now: what is published from here on is received.
        .thenCompose(_ -> standing(id))
        .handle((standing, failure) -> {
          if (failure != null) {
            release(id, entry);
            throw RedisFailures.unavailable(failure);
          }
          return join(id, entry, standing, new RoomStream.Open(subscriber));
        });
  }

  private Subscription join(
      RoomId id, Entry entry, @Nullable Revision standing, RoomStream.Open open) {
    if (entry.stream.subscribers().isEmpty()) {
      entry.stream.beginAt(standing);
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
    entries.computeIfPresent(id, (_, there) -> there == entry && --entry.users == 0 ? null : there);
    if (entries.get(id) != entry) {
      var _ = entry.channel.thenAccept(RedisLink.Subscription::close);
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
  public CompletableFuture<@Nullable Revision> standing(RoomId id) {
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
  public void suspect(RoomId id) {
    link.suspect(RoomKeys.of(id).channel());
  }

  @Override
  public void close() {
    entries.forEach((id, entry) -> {
      entry.stream.subscribers().forEach(one -> one.open = false);
      entry.stream.subscribers().clear();
      entries.remove(id, entry);
      var _ = entry.channel.thenAccept(RedisLink.Subscription::close);
    });
  }
}
