package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The contract of every {@link GuessLimit}. */
abstract class GuessLimitContract {
  static final ClientKey EVE = ClientKey.of("192.0.2.1");
  static final ClientKey ANN = ClientKey.of("2001:db8::1");
  static final RoomId ROOM = new RoomId("ROOM01");
  static final RoomId OTHER = new RoomId("ROOM02");
  static final GuessLimit.Rates RATES = new GuessLimit.Rates(5, 600_000, 1_000);

  /** Returns a new limit of five. */
  abstract GuessLimit limit();

  /** Advances the time of the limit. */
  abstract void advance(long ms);

  static GuessLimit.Answer answer(GuessLimit limit, ClientKey client, RoomId room) {
    return limit.take(client, room).toCompletableFuture().join();
  }

  static GuessLimit.Attempt take(GuessLimit limit, ClientKey client, RoomId room) {
    if (answer(limit, client, room) instanceof GuessLimit.Taken(var attempt)) {
      return attempt;
    }
    throw new AssertionError("no attempt is left");
  }

  static void guessWrong(GuessLimit limit, ClientKey client, RoomId room, int times) {
    for (int i = 0; i < times; i++) {
      take(limit, client, room).wrong();
    }
  }

  static long retryInMs(GuessLimit limit, ClientKey client, RoomId room) {
    if (answer(limit, client, room) instanceof GuessLimit.TooMany(long retryInMs)) {
      return retryInMs;
    }
    throw new AssertionError("there is an attempt");
  }

  @Test
  void five_wrong_passwords_use_up_the_window() {
    GuessLimit limit = limit();
    guessWrong(limit, EVE, ROOM, 5);
    assertThat(retryInMs(limit, EVE, ROOM)).isBetween(1_001L, 600_000L);
    advance(600_020);
    guessWrong(limit, EVE, ROOM, 5);
    assertThat(retryInMs(limit, EVE, ROOM)).isBetween(1_001L, 600_000L);
  }

  @Test
  void other_addresses_and_other_rooms_have_attempts_of_their_own() {
    GuessLimit limit = limit();
    guessWrong(limit, EVE, ROOM, 5);
    guessWrong(limit, ANN, ROOM, 5);
    guessWrong(limit, EVE, OTHER, 5);
    assertThat(retryInMs(limit, EVE, ROOM)).isPositive();
    assertThat(retryInMs(limit, ANN, ROOM)).isPositive();
    assertThat(retryInMs(limit, EVE, OTHER)).isPositive();
  }

  @Test
  void of_a_hundred_guesses_at_once_five_are_checked() {
    GuessLimit limit = limit();
    var answers = new ArrayList<CompletionStage<GuessLimit.Answer>>();
    for (int i = 0; i < 100; i++) {
      answers.add(limit.take(EVE, ROOM));
    }
    List<GuessLimit.Answer> given =
        answers.stream().map(answer -> answer.toCompletableFuture().join()).toList();
    assertThat(given.stream().filter(GuessLimit.Taken.class::isInstance)).hasSize(5);
  }

  @Test
  void rejected_guess_waits_for_the_checks_that_run_and_not_for_the_window() {
    GuessLimit limit = limit();
    guessWrong(limit, EVE, ROOM, 3);
    GuessLimit.Attempt fourth = take(limit, EVE, ROOM);
    GuessLimit.Attempt fifth = take(limit, EVE, ROOM);
    assertThat(retryInMs(limit, EVE, ROOM)).isEqualTo(1_000);
    fourth.giveBack();
    fourth = take(limit, EVE, ROOM);
    fourth.wrong();
    assertThat(retryInMs(limit, EVE, ROOM)).isEqualTo(1_000);
    fifth.wrong();
    assertThat(retryInMs(limit, EVE, ROOM)).isGreaterThan(1_000);
  }

  @Test
  void right_password_gives_back_its_own_attempt_alone() {
    GuessLimit limit = limit();
    guessWrong(limit, EVE, ROOM, 4);
    for (int i = 0; i < 20; i++) {
      take(limit, EVE, ROOM).giveBack();
    }
    guessWrong(limit, EVE, ROOM, 1);
    assertThat(retryInMs(limit, EVE, ROOM)).isGreaterThan(1_000);
  }

  @Test
  void attempt_ends_once() {
    GuessLimit limit = limit();
    guessWrong(limit, EVE, ROOM, 3);
    GuessLimit.Attempt wrong = take(limit, EVE, ROOM);
    wrong.wrong();
    wrong.wrong();
    wrong.giveBack();
    GuessLimit.Attempt right = take(limit, EVE, ROOM);
    right.giveBack();
    right.giveBack();
    right.wrong();
    guessWrong(limit, EVE, ROOM, 1);
    assertThat(retryInMs(limit, EVE, ROOM)).isGreaterThan(1_000);
  }

  @Test
  void attempt_that_ends_after_its_window_changes_no_later_one() {
    GuessLimit limit = limit();
    GuessLimit.Attempt right = take(limit, EVE, ROOM);
    GuessLimit.Attempt wrong = take(limit, EVE, ROOM);
    advance(600_020);
    guessWrong(limit, EVE, ROOM, 4);
    right.giveBack();
    wrong.wrong();
    guessWrong(limit, EVE, ROOM, 1);
    assertThat(retryInMs(limit, EVE, ROOM)).isGreaterThan(1_000);
  }

  @Test
  void window_begins_anew_when_all_attempts_were_given_back() {
    GuessLimit limit = limit();
    take(limit, EVE, ROOM).giveBack();
    advance(300_000);
    guessWrong(limit, EVE, ROOM, 5);
    advance(300_020);
    assertThat(retryInMs(limit, EVE, ROOM)).isBetween(200_000L, 300_000L);
  }

  @Test
  void attempt_that_never_ends_is_free_after_the_window() {
    GuessLimit limit = limit();
    for (int i = 0; i < 5; i++) {
      var _ = take(limit, EVE, ROOM);
    }
    assertThat(retryInMs(limit, EVE, ROOM)).isEqualTo(1_000);
    advance(600_020);
    guessWrong(limit, EVE, ROOM, 5);
  }
}
