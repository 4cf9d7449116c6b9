package dev.watchnchill.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.party.RoomId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Counts wrong passwords of client addresses in this process's memory. */
public final class MemoryGuessLimit implements GuessLimit {
  /** Pairs of address and room remembered at once; beyond it the ones unused longest start anew. */
  private static final int PAIRS_MAX = 200_000;

  private final Rates rates;
  private final LongSupplier nowMs;
  private final Cache<Pair, Attempts> attempts;

  private record Pair(ClientKey client, RoomId room) {}

  /** The attempts of an address for a room; guarded by itself. */
  private static final class Attempts {
    private long startMs;
    private int window; // the number of the window, so that an attempt ends in its own alone
    private int wrong;
    private int taken; // and not ended
  }

  /** Creates a limit without counts. */
  public MemoryGuessLimit(Rates rates, LongSupplier nowMs) {
    this.rates = rates;
    this.nowMs = nowMs;
    this.attempts =
        Caffeine.newBuilder()
            .maximumSize(PAIRS_MAX)
            .expireAfterAccess(Duration.ofMillis(2 * rates.windowMs()))
            .build();
  }

  private Attempts of(ClientKey client, RoomId room) {
    return attempts.get(new Pair(client, room), _ -> new Attempts());
  }

  /** Begins a new window when the last one is over or has nothing in it. */
  private void begin(Attempts of, long now) {
    if (of.wrong + of.taken == 0 || now - of.startMs >= rates.windowMs()) {
      of.startMs = now;
      of.window++;
      of.wrong = 0;
      of.taken = 0;
    }
  }

  /** Takes an attempt, as {@link #take}. */
  public Answer takeNow(ClientKey client, RoomId room) {
    long now = nowMs.getAsLong();
    Attempts of = of(client, room);
    synchronized (of) {
      begin(of, now);
      if (of.wrong + of.taken < rates.max()) {
        of.taken++;
        return new Taken(new LocalAttempt(of, of.window));
      }
      long left = rates.windowMs() - (now - of.startMs);
      return new TooMany(of.wrong >= rates.max() ? left : Math.min(left, rates.checkedInMs()));
    }
  }

  /** Counts a wrong password for which another limit had given the attempt. */
  public void countWrong(ClientKey client, RoomId room) {
    long now = nowMs.getAsLong();
    Attempts of = of(client, room);
    synchronized (of) {
      begin(of, now);
      of.wrong = Math.min(of.wrong + 1, rates.max());
    }
  }

  @Override
  public CompletionStage<Answer> take(ClientKey client, RoomId room) {
    return CompletableFuture.completedStage(takeNow(client, room));
  }

  private static final class LocalAttempt implements Attempt {
    private final Attempts of;
    private final int window;
    private boolean ended;

    private LocalAttempt(Attempts of, int window) {
      this.of = of;
      this.window = window;
    }

    @Override
    public void wrong() {
      end(1);
    }

    @Override
    public void giveBack() {
      end(0);
    }

    private void end(int wrong) {
      synchronized (of) {
        if (!ended && of.window == window) {
          of.taken--;
          of.wrong += wrong;
        }
        ended = true;
      }
    }
  }
}
