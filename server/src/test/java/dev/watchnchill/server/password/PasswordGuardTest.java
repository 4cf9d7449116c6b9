package dev.watchnchill.server.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.password.PasswordHasher.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PasswordGuardTest {
  private static final ClientKey EVE = ClientKey.of("192.0.2.1");
  private static final ClientKey ANN = ClientKey.of("2001:db8::1");
  private static final RoomId ROOM = new RoomId("ROOM01");
  private static final String SECRET = "correct horse battery";

  private final CountDownLatch mayContinue = new CountDownLatch(1);
  private final AtomicLong nowMs = new AtomicLong(5_000);
  private final MemoryGuessLimit limit = new MemoryGuessLimit(GuessLimit.DEFAULT, nowMs::get);
  private final LinkedBlockingQueue<PasswordOutcome> outcomes = new LinkedBlockingQueue<>();
  private final PasswordHasher hasher =
      new PasswordHasher(new Settings(2, 1, 4), PasswordGuardTest::salt);
  private final PasswordHasher stopped = new PasswordHasher(new Settings(2, 1, 4), this::saltLater);
  private final PasswordGuard guard = new PasswordGuard(hasher, limit, outcomes::add);
  private final String stored = hasher.hash(EVE, SECRET).join();

  private static byte[] salt() {
    return new byte[16];
  }

  private byte[] saltLater() {
    try {
      mayContinue.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return salt();
  }

  @AfterEach
  void close() {
    mayContinue.countDown();
    hasher.close();
    stopped.close();
  }

  private PasswordCheck check(String password) {
    return guard.check(EVE, ROOM, password, stored).join();
  }

  @Test
  void sixth_password_after_five_wrong_ones_is_not_checked_even_if_it_is_right() {
    for (int i = 0; i < 5; i++) {
      assertThat(check("guess " + i)).isEqualTo(new PasswordCheck.Wrong());
    }
    assertThat(check(SECRET))
        .isEqualTo(new PasswordCheck.Rejected(PasswordOutcome.LIMITED, 600_000));
    nowMs.addAndGet(600_000);
    assertThat(check(SECRET)).isEqualTo(new PasswordCheck.Right());
    assertThat(outcomes)
        .containsExactly(
            PasswordOutcome.WRONG,
            PasswordOutcome.WRONG,
            PasswordOutcome.WRONG,
            PasswordOutcome.WRONG,
            PasswordOutcome.WRONG,
            PasswordOutcome.LIMITED,
            PasswordOutcome.RIGHT);
  }

  @Test
  void right_passwords_use_up_nothing_and_clear_nothing() {
    for (int i = 0; i < 4; i++) {
      check("guess");
    }
    for (int i = 0; i < 20; i++) {
      assertThat(check(SECRET)).isEqualTo(new PasswordCheck.Right());
    }
    assertThat(check("guess")).isEqualTo(new PasswordCheck.Wrong());
    assertThat(check("guess")).isInstanceOf(PasswordCheck.Rejected.class);
  }

  @Test
  void of_a_hundred_guesses_at_once_five_are_checked() {
    var slow = new PasswordGuard(stopped, limit, outcomes::add);
    var first = stopped.hash(EVE, SECRET); // so that no check ends before all have begun
    var checks = new ArrayList<CompletableFuture<PasswordCheck>>();
    for (int i = 0; i < 100; i++) {
      checks.add(slow.check(EVE, ROOM, "guess " + i, stored));
    }
    // Four wait for the thread, the fifth finds them waiting and gives its attempt back, as do all
    // that follow: so no more than four are checked here.
    assertThat(checks.stream().filter(check -> !check.isDone())).hasSize(4);
    mayContinue.countDown();
    first.join();
    assertThat(checks.stream().filter(check -> check.join() instanceof PasswordCheck.Wrong))
        .hasSize(4);
    assertThat(slow.check(EVE, ROOM, "guess", stored).join()).isEqualTo(new PasswordCheck.Wrong());
    assertThat(slow.check(EVE, ROOM, "guess", stored).join())
        .isEqualTo(new PasswordCheck.Rejected(PasswordOutcome.LIMITED, 600_000));
  }

  @Test
  void guesses_of_many_threads_are_checked_five_times() throws Exception {
    try (var wide = new PasswordHasher(new Settings(2, 2, 200), PasswordGuardTest::salt);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shared = new PasswordGuard(wide, limit, outcomes::add);
      var start = new CyclicBarrier(100);
      var checks = new ArrayList<Future<PasswordCheck>>();
      for (int i = 0; i < 100; i++) {
        String guess = "guess " + i;
        checks.add(
            threads.submit(() -> {
              start.await();
              return shared.check(EVE, ROOM, guess, stored).join();
            }));
      }
      for (Future<PasswordCheck> check : checks) {
        check.get();
      }
    }
    assertThat(outcomes.stream().filter(PasswordOutcome.WRONG::equals)).hasSize(5);
    assertThat(outcomes).hasSize(100).doesNotContain(PasswordOutcome.RIGHT);
  }

  @Test
  void password_that_was_not_checked_is_no_guess() {
    var busy = new PasswordGuard(stopped, limit, outcomes::add);
    for (int i = 0; i < 5; i++) {
      var _ = stopped.hash(EVE, SECRET); // one on the thread, four waiting
    }
    for (int i = 0; i < 20; i++) {
      assertThat(busy.check(EVE, ROOM, "guess", stored).join())
          .isEqualTo(new PasswordCheck.Rejected(PasswordOutcome.BUSY, 2_000));
    }
    assertThat(outcomes).hasSize(20).containsOnly(PasswordOutcome.BUSY);
    for (int i = 0; i < 5; i++) {
      assertThat(check("guess")).isEqualTo(new PasswordCheck.Wrong());
    }
  }

  @Test
  void one_address_does_not_fill_the_queue_with_right_passwords_or_new_ones() {
    try (var wide = new PasswordHasher(new Settings(2, 1, 64), this::saltLater)) {
      var shared = new PasswordGuard(wide, GuessLimit.UNLIMITED, outcomes::add);
      var first = shared.hash(EVE, SECRET); // on the thread
      var checks = new ArrayList<CompletableFuture<PasswordCheck>>();
      for (int i = 0; i < 100; i++) {
        checks.add(shared.check(EVE, ROOM, SECRET, stored));
      }
      assertThat(checks.stream().filter(check -> !check.isDone())).hasSize(15);
      assertThat(outcomes).hasSize(85).containsOnly(PasswordOutcome.BUSY);
      assertThatThrownBy(() -> shared.hash(EVE, SECRET).join())
          .hasCauseInstanceOf(HasherBusyException.class);
      var neighbour = shared.check(ANN, ROOM, SECRET, stored);
      assertThat(neighbour).isNotDone();
      mayContinue.countDown();
      assertThat(first.join()).isNotEmpty();
      assertThat(neighbour.join()).isEqualTo(new PasswordCheck.Right());
      checks.forEach(CompletableFuture::join);
      assertThat(shared.check(EVE, ROOM, SECRET, stored).join())
          .isEqualTo(new PasswordCheck.Right());
    }
  }

  @Test
  void failed_check_is_no_guess_and_counts_as_nothing() {
    GuessLimit broken = (_, _) -> CompletableFuture.failedStage(new IllegalStateException("away"));
    var failing = new PasswordGuard(hasher, broken, outcomes::add);
    assertThatThrownBy(() -> failing.check(EVE, ROOM, SECRET, stored).join())
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(outcomes).isEmpty();
    assertThat(List.of(check(SECRET))).containsExactly(new PasswordCheck.Right());
  }
}
