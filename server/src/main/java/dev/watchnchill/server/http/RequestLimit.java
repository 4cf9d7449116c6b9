package dev.watchnchill.server.http;

import dev.watchnchill.server.limit.ClientKey;
import java.util.concurrent.CompletionStage;

/** Limits the HTTP requests of a client address (rule RL1). */
public interface RequestLimit {
  /**
   * The decision on one request.
   *
   * @param allowed whether it may be answered
   * @param limit requests in one window
   * @param remaining how many more this window allows
   * @param retryAfterSeconds when it may try again, if it may not now
   */
  record Verdict(boolean allowed, int limit, int remaining, long retryAfterSeconds) {}

  /**
   * Counts one request of an address. Called on an event loop, so it does not wait. The answer may
   * come later, on any thread, but soon: a client is waiting for its page.
   */
  CompletionStage<Verdict> request(ClientKey client);
}
