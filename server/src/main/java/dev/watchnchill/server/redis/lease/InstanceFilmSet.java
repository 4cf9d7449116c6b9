package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The set of the films that this instance has, in Redis for the other instances, and the way to
 * theirs (rule LB15).
 *
 * <p>The set is written in batches, each after the answer to the one before, so that thousands of
 * films delay neither rooms nor the lease. Its last member is a mark: a set without it is not
 * complete, and says nothing. It expires soon after its instance; one that Redis has lost is
 * written anew.
 *
 * <p>{@code add-films.lua} adds films and sets the end of the key. Key: {@link LeaseKeys#films}.
 * Arguments: the life of the key in ms, the mark, what has to be there already ({@code nothing},
 * {@code films} or {@code all}), then films. Answer: 0 when that is not there, and nothing was
 * added; else 1. {@code lacking-films.lua} has the same key. Arguments: the mark, then films.
 * Answer: those of the films that a complete set does not have.
 */
final class InstanceFilmSet {
  /** The life of a set after its last renewal, ms. */
  static final long LIFE_MS = 10_000;

  /** The longest wait for what other instances have, ms; then they count as having all films. */
  static final long PATIENCE_MS = 250;

  private static final Logger log = LoggerFactory.getLogger(InstanceFilmSet.class);
  private static final RedisScript ADD =
      RedisScript.read(InstanceFilmSet.class, ScriptOutputType.INTEGER, "add-films.lua");
  private static final RedisScript LACKING =
      RedisScript.read(InstanceFilmSet.class, ScriptOutputType.MULTI, "lacking-films.lua");

  /** The member of a complete set; no film has such an id. */
  private static final String MARK = "complete";

  private static final long RENEW_MS = 2_000;

  private final RedisLink redis;
  private final String key;
  private final int renewEvery;
  private @Nullable Set<String> wanted;

  /** The films that Redis has, or null when that is not known. */
  private @Nullable Set<String> written;

  private boolean writing;
  private boolean closed;
  private boolean lost;
  private int renewals;
  private String lastFailure = "";

  /**
   * @param tickMs how often {@link #renew} is called
   */
  InstanceFilmSet(RedisLink redis, InstanceId self, long tickMs) {
    this.redis = redis;
    this.key = LeaseKeys.films(self);
    this.renewEvery = (int) Math.max(1, RENEW_MS / tickMs);
  }

  /** Publishes films in place of those before. Never waits, never fails. */
  void publish(Set<String> mediaIds) {
    synchronized (this) {
      if (mediaIds.equals(wanted)) {
        return;
      }
      wanted = Set.copyOf(mediaIds);
    }
    proceed();
  }

  /** Writes the films again soon: Redis may have lost them. */
  synchronized void forget() {
    lost = true;
  }

  /** Lets the set live on, and writes what Redis does not have. Never waits, never fails. */
  void renew() {
    synchronized (this) {
      renewals++;
      boolean due = renewals % renewEvery == 0;
      if (!due && !lost && written != null && written.equals(wanted)) {
        return;
      }
    }
    proceed();
  }

  private void proceed() {
    Set<String> target;
    Set<String> from;
    synchronized (this) {
      target = wanted;
      if (writing || closed || target == null) {
        return;
      }
      writing = true;
      from = lost ? null : written;
      lost = false;
    }
    CompletableFuture<Boolean> work =
        from == null
            ? writeAll(target)
            : from.equals(target)
                ? redis.callAsync(commands -> commands.pexpire(key, LIFE_MS))
                : writeChange(from, target);
    var _ = work.whenComplete((there, failure) -> ended(target, there, failure));
  }

  private void ended(Set<String> target, @Nullable Boolean there, @Nullable Throwable failure) {
    boolean more;
    synchronized (this) {
      writing = false;
      written = failure == null && Boolean.TRUE.equals(there) ? target : null;
      more = written != null && !written.equals(wanted);
      report(failure);
    }
    if (more) {
      proceed();
    }
  }

  /** Logs a failure once; the lease's next renewals try again. */
  private void report(@Nullable Throwable failure) {
    String text = failure == null ? "" : failure.toString();
    if (!text.equals(lastFailure)) {
      lastFailure = text;
      if (failure != null) {
        log.info("The other servers do not know of this one's films yet: {}", text);
      }
    }
  }

  private CompletableFuture<Boolean> writeAll(Set<String> films) {
    CompletableFuture<?> work = redis.callAsync(commands -> commands.del(key));
    return add(work, "nothing", films);
  }

  private CompletableFuture<Boolean> writeChange(Set<String> from, Set<String> to) {
    CompletableFuture<?> work = CompletableFuture.completedFuture(null);
    List<byte[]> gone =
        from.stream().filter(film -> !to.contains(film)).map(RedisLink::bytes).toList();
    for (byte[][] batch : InstanceRoomSet.batches(gone)) {
      work = work.thenCompose(_ -> redis.callAsync(commands -> commands.srem(key, batch)));
    }
    var added = new HashSet<>(to);
    added.removeAll(from);
    return add(work, "all", added);
  }

  private CompletableFuture<Boolean> add(
      CompletableFuture<?> before, String needed, Set<String> films) {
    CompletableFuture<?> work = before;
    String needs = needed;
    List<byte[]> ids =
        Stream.concat(films.stream(), Stream.of(MARK)).map(RedisLink::bytes).toList();
    for (byte[][] batch : InstanceRoomSet.batches(ids)) {
      var arguments = new ArrayList<Object>(List.of(LIFE_MS, MARK, needs));
      arguments.addAll(List.of(batch));
      // A Redis that loses its data between two batches must not keep the second alone.
      needs = needs.equals("nothing") ? "films" : needs;
      work = work.thenCompose(_ -> redis.runAsync(ADD, List.of(key), arguments.toArray()));
    }
    return work.thenApply(answer -> Long.valueOf(1).equals(answer));
  }

  /**
   * Returns which of some films other instances lack, of those that have said so; within {@link
   * #PATIENCE_MS}, and never fails.
   */
  CompletableFuture<Map<InstanceId, Set<String>>> lacking(
      Set<InstanceId> instances, Collection<String> films) {
    if (films.isEmpty() || instances.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    var asked = new HashMap<InstanceId, CompletableFuture<Set<String>>>();
    Object[] arguments = Stream.concat(Stream.of(MARK), films.stream()).toArray();
    for (InstanceId one : instances) {
      asked.put(
          one,
          redis
              .runAsync(LACKING, List.of(LeaseKeys.films(one)), arguments)
              .thenApply(answer -> known(answer, films))
              .completeOnTimeout(Set.of(), PATIENCE_MS, TimeUnit.MILLISECONDS)
              .exceptionally(failure -> {
                log.debug("The films of {} cannot be read: {}", one, failure.toString());
                return Set.of();
              }));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> {
          var lacking = new HashMap<InstanceId, Set<String>>();
          asked.forEach((one, answer) -> {
            if (!answer.resultNow().isEmpty()) {
              lacking.put(one, answer.resultNow());
            }
          });
          return lacking;
        });
  }

  private static Set<String> known(Object answer, Collection<String> films) {
    var lacking = new HashSet<String>();
    if (answer instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof byte[] id) {
          lacking.add(RedisLink.text(id));
        }
      }
    }
    lacking.retainAll(films);
    return lacking;
  }

  /** Removes the set of an instance that ends. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    var _ = redis.callAsync(commands -> commands.del(key));
  }
}
