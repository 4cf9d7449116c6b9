package dev.watchnchill.server.runtime.port;

import java.util.concurrent.CompletableFuture;

/** The links to films that were renewed, as instances share them (rule LB11). */
public interface RenewedLinks {
  /** The links of a server without other instances, which knows its own. */
  RenewedLinks NONE =
      new RenewedLinks() {
        @Override
        public void renewed(String token, long expiresAtMs, long lifeMs) {}

        @Override
        public CompletableFuture<Long> expiry(String token) {
          return CompletableFuture.completedFuture(0L);
        }
      };

  /**
   * Records that the link of a token is valid for longer. Never waits, never fails.
   *
   * @param expiresAtMs until when, server ms
   * @param lifeMs how long that is from now
   */
  void renewed(String token, long expiresAtMs, long lifeMs);

  /**
   * Returns until when some instance has renewed the link of a token, server ms; 0 when none has,
   * or that is not known in time. Never fails.
   */
  CompletableFuture<Long> expiry(String token);
}
