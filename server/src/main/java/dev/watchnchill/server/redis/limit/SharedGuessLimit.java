package dev.watchnchill.server.redis.limit;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts the wrong passwords of an address for a room on all instances together. When Redis does
 * not answer in time, the instance counts alone.
 *
 * <p>To take an attempt is one run of {@code take-guess.lua}. Key: {@code guesses:{room}:} and a
 * hash of the address; a hash with {@code window}, its begin in ms of Redis' time, which tells it
 * from others, {@code wrong}, and {@code taken}, the attempts that have not ended. Arguments: the
 * length of a window in ms, the maximum, and after how long an attempt may have ended. Answer: the
 * window in which the attempt was taken; or, negative, after how many ms there may be one.
 *
 * <p>To end an attempt is one run of {@code end-guess.lua}. Arguments: its window, and 1 when the
 * password was wrong, else 0. Answer: 1, or 0 when that window is over. When it is lost, the
 * attempt stays taken until the window ends.
 */
public final class SharedGuessLimit implements GuessLimit {
  private static final RedisScript TAKE =
      RedisScript.read(SharedGuessLimit.class, ScriptOutputType.INTEGER, "take-guess.lua");
  private static final RedisScript END =
      RedisScript.read(SharedGuessLimit.class, ScriptOutputType.INTEGER, "end-guess.lua");

  private static final int ADDRESS_BYTES = 16;

  private final RedisLink redis;
  private final Rates rates;
  private final long timeoutMs;
  private final MemoryGuessLimit localLimit;

  /**
   * @param timeoutMs how long a client may wait for Redis
   * @param localLimit counts while Redis does not answer
   */
  public SharedGuessLimit(
      RedisLink redis, Rates rates, long timeoutMs, MemoryGuessLimit localLimit) {
    this.redis = redis;
    this.rates = rates;
    this.timeoutMs = timeoutMs;
    this.localLimit = localLimit;
  }

  /** Returns the key, with a hash of the address that differs from room to room. */
  private static String key(ClientKey client, RoomId room) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((room.value() + ' ' + client.text()).getBytes(StandardCharsets.UTF_8));
      return "guesses:{" + room.value() + "}:" + HexFormat.of().formatHex(hash, 0, ADDRESS_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public CompletionStage<Answer> take(ClientKey client, RoomId room) {
    var answer = new CompletableFuture<Answer>();
    var _ =
        redis
            .runAsync(
                TAKE,
                List.of(key(client, room)),
                rates.windowMs(),
                rates.max(),
                rates.checkedInMs())
            .thenApply(value -> answer(client, room, value))
            .whenComplete((shared, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else if (!answer.complete(shared) && shared instanceof Taken(Attempt attempt)) {
                attempt.giveBack(); // too late: the client has the answer of this instance
              }
            });
    return answer
        .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> localLimit.takeNow(client, room));
  }

  private Answer answer(ClientKey client, RoomId room, @Nullable Object value) {
    if (value instanceof Long number && number != 0) {
      return number > 0 ? new Taken(new SharedAttempt(client, room, number)) : new TooMany(-number);
    }
    throw new IllegalStateException("Redis does not say whether there is an attempt: " + value);
  }

  private final class SharedAttempt implements Attempt {
    private final ClientKey client;
    private final RoomId room;
    private final long window;
    private final AtomicBoolean ended = new AtomicBoolean();

    private SharedAttempt(ClientKey client, RoomId room, long window) {
      this.client = client;
      this.room = room;
      this.window = window;
    }

    @Override
    public void wrong() {
      if (ended.compareAndSet(false, true)) {
        localLimit.countWrong(
            client, room); // so that an outage of Redis gives no new attempts here
        end(1);
      }
    }

    @Override
    public void giveBack() {
      if (ended.compareAndSet(false, true)) {
        end(0);
      }
    }

    private void end(int wrong) {
      var _ = redis.runAsync(END, List.of(key(client, room)), window, wrong);
    }
  }
}
