package dev.watchnchill.server.password;

import dev.watchnchill.server.limit.ClientKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and checks the stored form of passwords by PBKDF2-HMAC-SHA256.
 *
 * <p>A hash takes a processor for a fraction of a second. So hashes are made on a few threads of
 * their own, never on the caller's, and the number of passwords that wait for them is bounded.
 * Clients take turns, so that one that guesses delays the others by one hash each. A future that
 * its caller has completed or cancelled is not computed. Whatever depends on a future runs on a
 * thread of the pool, so it should hand over anything long.
 */
public final class PasswordHasher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PasswordHasher.class);
  private static final long IDLE_S = 30;

  /**
   * The bounds of what passwords cost.
   *
   * @param iterations of the hash function for a new form
   * @param threads that make hashes at once
   * @param waitingMax passwords that may wait for these threads
   */
  public record Settings(int iterations, int threads, int waitingMax) {
    /** The iterations that OWASP recommends for PBKDF2-HMAC-SHA256. */
    public static final int ITERATIONS = 600_000;

    private static final int WAITING_MAX = 64;

    /**
     * @throws IllegalArgumentException when a figure is not positive, or its hashes would be too
     *     expensive to be checked
     */
    public Settings {
      if (iterations < 1 || iterations > StoredPassword.ITERATIONS_MAX) {
        throw new IllegalArgumentException("iterations: " + iterations);
      }
      if (threads < 1 || waitingMax < 1) {
        throw new IllegalArgumentException("threads: " + threads + ", waiting: " + waitingMax);
      }
    }

    /**
     * Returns the settings of production servers on a machine. Half of its processors stay free, or
     * the only one is shared.
     */
    public static Settings forProcessors(int processors) {
      return new Settings(ITERATIONS, Math.max(1, processors / 2), WAITING_MAX);
    }
  }

  /** The result of a check. */
  public sealed interface Verdict {}

  /** The password is the stored one. */
  public record Right() implements Verdict {}

  /** The password is another one, or the stored form cannot be read. */
  public record Wrong() implements Verdict {}

  private final Settings settings;
  private final Supplier<byte[]> salts;
  private final TurnQueue<ClientKey, Task<?>> waiting;
  // One run of {@link #runNext} for each password that waits.
  private final ThreadPoolExecutor pool;

  /** One password that waits for a thread. */
  private record Task<T>(CompletableFuture<T> result, Supplier<T> work) {
    /**
     * @param done is called when the thread is free for another, before whatever depends on this
     */
    void run(Runnable done) {
      if (result.isDone()) { // nobody waits for it any more
        done.run();
        return;
      }
      try {
        T value = work.get();
        done.run();
        result.complete(value);
      } catch (Throwable e) {
        done.run();
        result.completeExceptionally(e);
      }
    }

    void reject() {
      result.completeExceptionally(new HasherBusyException());
    }

    @Override
    public String toString() {
      return "Task[…]";
    }
  }

  /**
   * Creates a hasher; its threads start with the first password and end when there are none.
   *
   * @param salts returns 16 new random bytes for each call, on any thread
   */
  public PasswordHasher(Settings settings, Supplier<byte[]> salts) {
    this.settings = settings;
    this.salts = salts;
    this.waiting = new TurnQueue<>(settings.threads() + settings.waitingMax());
    this.pool =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            IDLE_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads());
    pool.allowCoreThreadTimeOut(true);
  }

  @SuppressWarnings("ThreadPriorityCheck") // helps where priorities count; the bound is the number
  private static ThreadFactory threads() {
    return Thread.ofPlatform()
        .daemon()
        .name("password-hasher-", 0)
        .priority(Thread.MIN_PRIORITY)
        .factory();
  }

  /**
   * Returns the stored form of a password. The future fails with {@link HasherBusyException} when
   * too many passwords wait.
   *
   * @param client who takes a turn
   */
  public CompletableFuture<String> hash(ClientKey client, String password) {
    return submit(
        client,
        () -> {
          byte[] salt = salts.get();
          if (salt.length != StoredPassword.SALT_BYTES) {
            throw new IllegalStateException("a salt of " + salt.length + " bytes");
          }
          return StoredPassword.of(password, salt, settings.iterations()).text();
        });
  }

  /**
   * Checks a password against a stored form. The future fails with {@link HasherBusyException} when
   * too many passwords wait.
   *
   * @param client who takes a turn
   */
  public CompletableFuture<Verdict> verify(ClientKey client, String password, String stored) {
    return submit(client, () -> verdict(password, stored));
  }

  private Verdict verdict(String password, String stored) {
    StoredPassword form = StoredPassword.parse(stored);
    if (form == null) {
      log.warn("A stored password cannot be read: no password matches until a host sets a new one");
      return new Wrong();
    }
    return form.matches(password) ? new Right() : new Wrong();
  }

  private <T> CompletableFuture<T> submit(ClientKey client, Supplier<T> work) {
    var task = new Task<T>(new CompletableFuture<>(), work);
    Task<?> rejected = waiting.add(client, task);
    if (rejected == null) {
      try {
        pool.execute(this::runNext);
      } catch (RejectedExecutionException e) {
        waiting.drain().forEach(Task::reject);
      }
    } else {
      rejected.reject();
    }
    return task.result();
  }

  private void runNext() {
    Task<?> next = waiting.poll();
    if (next != null) {
      next.run(waiting::done);
    }
  }

  /** Rejects the passwords that wait, and those that come later. Does not wait for running ones. */
  @Override
  public void close() {
    pool.shutdownNow();
    waiting.drain().forEach(Task::reject);
  }
}
