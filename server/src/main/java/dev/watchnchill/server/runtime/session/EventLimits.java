package dev.watchnchill.server.runtime.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.server.limit.ClientKey;
import java.time.Duration;

/**
 * The limits of events, for each connection (rule RL5) and for all connections of a client address
 * together (rule RL23). Any thread.
 */
public final class EventLimits {
  /** Addresses remembered at once; beyond it the ones unused longest start anew. */
  private static final int ADDRESSES_MAX = 200_000;

  /** Longer than any bucket needs to fill up again. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final double connectionScale;
  private final double addressScale;
  private final Cache<ClientKey, TokenBuckets> addresses =
      Caffeine.newBuilder().maximumSize(ADDRESSES_MAX).expireAfterAccess(KEPT).build();

  /**
   * @param connectionScale multiplies burst and rate of each bucket of a connection
   * @param addressFactor how many times as much all connections of one address may send together
   */
  public EventLimits(double connectionScale, double addressFactor) {
    this.connectionScale = connectionScale;
    this.addressScale = connectionScale * addressFactor;
  }

  /** Returns the limits of a new connection. */
  public ConnectionLimits connection(ClientKey client) {
    TokenBuckets shared = addresses.get(client, _ -> new TokenBuckets(addressScale));
    return new ConnectionLimits(client, connectionScale, shared);
  }
}
