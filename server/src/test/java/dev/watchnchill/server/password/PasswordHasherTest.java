package dev.watchnchill.server.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.password.PasswordHasher.Right;
import dev.watchnchill.server.password.PasswordHasher.Settings;
import dev.watchnchill.server.password.PasswordHasher.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PasswordHasherTest {
  private static final ClientKey EVE = ClientKey.of("192.0.2.1");
  private static final ClientKey ANN = ClientKey.of("2001:db8::1");
  private static final String SECRET = "correct horse battery";
  private static final Settings FAST = new Settings(2, 1, 4);

  private final List<PasswordHasher> opened = new ArrayList<>();
  private final AtomicInteger salts = new AtomicInteger();

  /** Stops threads of the pool inside of a hash. */
  private final CountDownLatch mayContinue = new CountDownLatch(1);

  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayContinue.countDown();
    opened.forEach(PasswordHasher::close);
  }

  private byte[] salt() {
    byte[] salt = new byte[16];
    salt[0] = (byte) salts.incrementAndGet();
    return salt;
  }

  private byte[] saltLater() {
    begun.countDown();
    try {
      mayContinue.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return salt();
  }

  private PasswordHasher hasher(Settings settings) {
    var hasher = new PasswordHasher(settings, this::salt);
    opened.add(hasher);
    return hasher;
  }

  /** Returns a hasher that makes no hash until it may. */
  private PasswordHasher stopped(Settings settings) {
    var hasher = new PasswordHasher(settings, this::saltLater);
    opened.add(hasher);
    return hasher;
  }

  private static Throwable failure(CompletableFuture<?> future) {
    try {
      future.join();
      throw new AssertionError("there is a result");
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  @Test
  void password_is_right_or_wrong() {
    PasswordHasher hasher = hasher(FAST);
    String stored = hasher.hash(EVE, SECRET).join();

    assertThat(stored).startsWith("pbkdf2-sha256$2$").doesNotContain(SECRET);
    assertThat(hasher.verify(EVE, SECRET, stored).join()).isEqualTo(new Right());
    assertThat(hasher.verify(EVE, "another", stored).join()).isEqualTo(new Wrong());
  }

  @Test
  void two_forms_of_one_password_differ() {
    PasswordHasher hasher = hasher(FAST);

    assertThat(hasher.hash(EVE, SECRET).join()).isNotEqualTo(hasher.hash(EVE, SECRET).join());
  }

  @Test
  void older_form_is_checked_by_its_own_count() {
    String old = hasher(FAST).hash(EVE, SECRET).join();
    PasswordHasher today = hasher(new Settings(3, 1, 4));

    assertThat(today.verify(EVE, SECRET, old).join()).isEqualTo(new Right());
    assertThat(today.verify(EVE, "another", old).join()).isEqualTo(new Wrong());
    String stored = today.hash(EVE, SECRET).join();
    assertThat(today.verify(EVE, SECRET, stored).join()).isEqualTo(new Right());
    assertThat(hasher(FAST).verify(EVE, SECRET, stored).join()).isEqualTo(new Right());
  }

  @Test
  void production_makes_600000_iterations_on_half_of_the_processors() {
    assertThat(Settings.forProcessors(1)).isEqualTo(new Settings(600_000, 1, 64));
    assertThat(Settings.forProcessors(2).threads()).isEqualTo(1);
    assertThat(Settings.forProcessors(9).threads()).isEqualTo(4);
    for (int iterations : new int[] {0, -1, 6_000_001}) {
      assertThatThrownBy(() -> new Settings(iterations, 1, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void hashes_are_made_by_daemons_of_lowest_priority_and_not_by_the_caller() {
    PasswordHasher hasher = stopped(FAST);
    CompletableFuture<Thread> hashing =
        hasher.hash(EVE, SECRET).thenApply(_ -> Thread.currentThread());
    CompletableFuture<Thread> verifying =
        hasher.verify(EVE, SECRET, "").thenApply(_ -> Thread.currentThread());
    mayContinue.countDown();

    for (CompletableFuture<Thread> thread : List.of(hashing, verifying)) {
      assertThat(thread.join().getName()).startsWith("password-hasher-");
      assertThat(thread.join().isDaemon()).isTrue();
    }
    assertThat(hashing.join().getPriority()).isEqualTo(Thread.MIN_PRIORITY);
  }

  @Test
  void flood_of_guesses_is_rejected_at_once_and_what_waits_is_still_checked() {
    String stored = hasher(FAST).hash(EVE, SECRET).join();
    PasswordHasher hasher = stopped(FAST);
    var first = hasher.hash(EVE, SECRET); // takes the only thread
    var waiting = new ArrayList<CompletableFuture<PasswordHasher.Verdict>>();
    for (int i = 0; i < 4; i++) {
      waiting.add(hasher.verify(EVE, SECRET, stored));
    }
    for (int i = 0; i < 200; i++) {
      CompletableFuture<?> rejected =
          i % 2 == 0 ? hasher.verify(EVE, SECRET, stored) : hasher.hash(EVE, SECRET);
      assertThat(rejected).isDone();
      assertThat(failure(rejected)).isInstanceOf(HasherBusyException.class);
    }
    assertThat(first).isNotDone();
    mayContinue.countDown();

    assertThat(first.join()).isNotEmpty();
    assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo(new Right()));
    assertThat(hasher.verify(EVE, "another", stored).join()).isEqualTo(new Wrong());
  }

  @Test
  void clients_take_turns_however_many_passwords_one_of_them_gives() {
    PasswordHasher hasher = stopped(FAST);
    var order = new CopyOnWriteArrayList<String>();
    var all = new ArrayList<CompletableFuture<?>>();
    for (String name : List.of("first", "second", "third", "fourth")) {
      all.add(hasher.hash(EVE, SECRET).thenRun(() -> order.add(name)));
    }
    all.add(hasher.hash(ANN, SECRET).thenRun(() -> order.add("friend")));
    mayContinue.countDown();
    all.forEach(CompletableFuture::join);

    // Two may have begun before the friend came: the one under way, and none after it.
    assertThat(order.indexOf("friend")).isLessThanOrEqualTo(2);
    order.remove("friend");
    assertThat(order).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void client_with_few_passwords_has_a_place_in_a_full_queue() {
    String stored = hasher(FAST).hash(EVE, SECRET).join();
    PasswordHasher hasher = stopped(FAST);
    var first = hasher.hash(EVE, SECRET); // takes the only thread
    var guesses = new ArrayList<CompletableFuture<PasswordHasher.Verdict>>();
    for (int i = 0; i < 4; i++) {
      guesses.add(hasher.verify(EVE, "another", stored));
    }
    var friend = hasher.verify(ANN, SECRET, stored);
    assertThat(failure(guesses.removeLast())).isInstanceOf(HasherBusyException.class);
    assertThat(friend).isNotDone();
    mayContinue.countDown();

    assertThat(friend.join()).isEqualTo(new Right());
    assertThat(first.join()).isNotEmpty();
    assertThat(guesses).allSatisfy(one -> assertThat(one.join()).isEqualTo(new Wrong()));
  }

  @Test
  void hash_that_nobody_waits_for_any_more_is_not_made() {
    PasswordHasher hasher = stopped(FAST);
    var first = hasher.hash(EVE, SECRET);
    var cancelled = hasher.hash(EVE, SECRET);
    cancelled.cancel(false);
    var last = hasher.hash(EVE, SECRET);
    mayContinue.countDown();
    first.join();
    last.join();

    assertThat(salts).hasValue(2);
  }

  @Test
  void closed_hasher_rejects_what_waits_and_what_comes() throws InterruptedException {
    PasswordHasher hasher = stopped(FAST);
    var running = hasher.hash(EVE, SECRET);
    begun.await();
    var waiting = hasher.hash(EVE, SECRET);
    hasher.close();

    assertThat(failure(waiting)).isInstanceOf(HasherBusyException.class);
    assertThat(failure(hasher.verify(EVE, SECRET, ""))).isInstanceOf(HasherBusyException.class);
    mayContinue.countDown();
    assertThat(running.join()).isNotEmpty();
  }

  @Test
  void unreadable_form_matches_no_password_and_the_log_does_not_quote_it() {
    var log = (Logger) LoggerFactory.getLogger(PasswordHasher.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try {
      PasswordHasher hasher = hasher(FAST);
      assertThat(hasher.verify(EVE, SECRET, "stored in clear: " + SECRET).join())
          .isEqualTo(new Wrong());
      assertThat(hasher.verify(EVE, SECRET, SECRET).join()).isEqualTo(new Wrong());
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.toString()).doesNotContain(SECRET);
  }

  @Test
  void no_text_of_a_result_or_a_failure_has_the_password() {
    PasswordHasher hasher = hasher(FAST);
    String stored = hasher.hash(EVE, SECRET).join();
    var broken = new PasswordHasher(FAST, () -> new byte[3]);
    opened.add(broken);
    Throwable failure = failure(broken.hash(EVE, SECRET));
    PasswordHasher busy = stopped(new Settings(1, 1, 1));
    var texts =
        new ArrayList<Object>(
            List.of(
                hasher,
                failure,
                hasher.verify(EVE, SECRET, stored).join(),
                busy.hash(EVE, SECRET),
                busy.hash(EVE, SECRET),
                failure(busy.hash(EVE, SECRET))));
    assertThat(failure).hasMessageContaining("salt");
    assertThat(texts).allSatisfy(one -> assertThat(one.toString()).doesNotContain(SECRET));
  }
}
