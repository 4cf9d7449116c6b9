package dev.watchnchill.server.password;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Checks the passwords that clients give, within the limit of wrong ones. Each check takes one
 * attempt before it begins, so that a client cannot have more checked by sending many at once.
 */
public final class PasswordGuard {
  /** When a client may try again after too many others, ms: by then most of them are done. */
  private static final long BUSY_RETRY_MS = 2_000;

  private final PasswordHasher hasher;
  private final GuessLimit limit;
  private final Consumer<PasswordOutcome> outcomes;

  /**
   * @param outcomes counts each check
   */
  public PasswordGuard(
      PasswordHasher hasher, GuessLimit limit, Consumer<PasswordOutcome> outcomes) {
    this.hasher = hasher;
    this.limit = limit;
    this.outcomes = outcomes;
  }

  /**
   * Checks a password that a client gives for a room. Does not wait; the answer may come on any
   * thread.
   *
   * @param stored the stored form of the room's password
   */
  public CompletableFuture<PasswordCheck> check(
      ClientKey client, RoomId room, String password, String stored) {
    return limit
        .take(client, room)
        .toCompletableFuture()
        .thenCompose(answer ->
            switch (answer) {
              case GuessLimit.Taken(var attempt) -> verify(attempt, password, stored);
              case GuessLimit.TooMany(long retryInMs) ->
                  CompletableFuture.completedFuture(
                      new PasswordCheck.Rejected(PasswordOutcome.LIMITED, retryInMs));
            })
        .whenComplete((check, _) -> {
          if (check != null) {
            outcomes.accept(outcome(check));
          }
        });
  }

  private CompletableFuture<PasswordCheck> verify(
      GuessLimit.Attempt attempt, String password, String stored) {
    return hasher
        .verify(password, stored)
        .handle((verdict, failure) -> {
          if (failure != null) {
            attempt.giveBack(); // nothing was learnt about the password
            return notChecked(failure);
          }
          return switch (verdict) {
            case PasswordHasher.Right(boolean outdated) -> {
              attempt.giveBack();
              yield new PasswordCheck.Right(outdated);
            }
            case PasswordHasher.Wrong _ -> {
              attempt.wrong();
              yield new PasswordCheck.Wrong();
            }
          };
        });
  }

  private static PasswordCheck notChecked(Throwable failure) {
    if (failure instanceof HasherBusyException) {
      return new PasswordCheck.Rejected(PasswordOutcome.BUSY, BUSY_RETRY_MS);
    }
    throw new CompletionException(failure);
  }

  private static PasswordOutcome outcome(PasswordCheck check) {
    return switch (check) {
      case PasswordCheck.Right _ -> PasswordOutcome.RIGHT;
      case PasswordCheck.Wrong _ -> PasswordOutcome.WRONG;
      case PasswordCheck.Rejected rejected -> rejected.outcome();
    };
  }
}
