package dev.watchnchill.server.password;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryAddressLeases;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Hashes and checks the passwords that clients give.
 *
 * <p>Each check takes one attempt of the limit of wrong ones before it begins, so that a client
 * cannot have more checked by sending many at once. Right passwords cost as much as wrong ones: one
 * address has a share of the places in the hasher's queue, and others find one.
 */
public final class PasswordGuard {
  /** When a client may try again after too many others, ms: by then most of them are done. */
  private static final long BUSY_RETRY_MS = 2_000;

  /** Passwords of one address that are hashed or checked at once: a quarter of the queue. */
  private static final int PER_ADDRESS_MAX = 16;

  private final MemoryAddressLeases underWay = new MemoryAddressLeases(PER_ADDRESS_MAX);
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
   * Returns the stored form of a password that a client sets. The future fails with {@link
   * HasherBusyException} when too many passwords wait, of this client or of all.
   */
  public CompletableFuture<String> hash(ClientKey client, String password) {
    MemoryAddressLeases.Lease lease = underWay.acquire(client);
    return lease == null
        ? CompletableFuture.failedFuture(new HasherBusyException())
        : hasher.hash(client, password).whenComplete((_, _) -> lease.close());
  }

  /**
   * Checks a password that a client gives for a room. Does not wait; the answer may come on any
   * thread.
   *
   * @param stored the stored form of the room's password
   */
  public CompletableFuture<PasswordCheck> check(
      ClientKey client, RoomId room, String password, String stored) {
    MemoryAddressLeases.Lease lease = underWay.acquire(client);
    if (lease == null) {
      outcomes.accept(PasswordOutcome.BUSY);
      return CompletableFuture.completedFuture(busy());
    }
    return limit
        .take(client, room)
        .toCompletableFuture()
        .thenCompose(answer ->
            switch (answer) {
              case GuessLimit.Taken(var attempt) -> verify(client, attempt, password, stored);
              case GuessLimit.TooMany(long retryInMs) ->
                  CompletableFuture.completedFuture(
                      new PasswordCheck.Rejected(PasswordOutcome.LIMITED, retryInMs));
            })
        .whenComplete((check, _) -> {
          lease.close();
          if (check != null) {
            outcomes.accept(outcome(check));
          }
        });
  }

  private CompletableFuture<PasswordCheck> verify(
      ClientKey client, GuessLimit.Attempt attempt, String password, String stored) {
    return hasher
        .verify(client, password, stored)
        .handle((verdict, failure) -> {
          if (failure != null) {
            attempt.giveBack(); // nothing was learnt about the password
            return notChecked(failure);
          }
          return switch (verdict) {
            case PasswordHasher.Right _ -> {
              attempt.giveBack();
              yield new PasswordCheck.Right();
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
      return busy();
    }
    throw new CompletionException(failure);
  }

  private static PasswordCheck busy() {
    return new PasswordCheck.Rejected(PasswordOutcome.BUSY, BUSY_RETRY_MS);
  }

  private static PasswordOutcome outcome(PasswordCheck check) {
    return switch (check) {
      case PasswordCheck.Right _ -> PasswordOutcome.RIGHT;
      case PasswordCheck.Wrong _ -> PasswordOutcome.WRONG;
      case PasswordCheck.Rejected rejected -> rejected.outcome();
    };
  }
}
