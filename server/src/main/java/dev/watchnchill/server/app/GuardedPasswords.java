package dev.watchnchill.server.app;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.password.HasherBusyException;
import dev.watchnchill.server.password.PasswordCheck;
import dev.watchnchill.server.password.PasswordGuard;
import dev.watchnchill.server.runtime.port.Passwords;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Gives rooms the {@link PasswordGuard} of the server. */
record GuardedPasswords(PasswordGuard guard) implements Passwords {
  @Override
  public CompletableFuture<@Nullable String> hash(ClientKey client, String password) {
    return guard
        .hash(client, password)
        .<@Nullable String>thenApply(stored -> stored)
        .exceptionally(failure -> {
          if (Futures.cause(failure) instanceof HasherBusyException) {
            return null;
          }
          throw new CompletionException(failure);
        });
  }

  @Override
  public CompletableFuture<Check> check(
      ClientKey client, RoomId room, String password, String stored) {
    return guard
        .check(client, room, password, stored)
        .thenApply(check ->
            switch (check) {
              case PasswordCheck.Right _ -> new Right();
              case PasswordCheck.Wrong _ -> new Wrong();
              case PasswordCheck.Rejected rejected -> new Rejected(rejected.retryInMs());
            });
  }
}
