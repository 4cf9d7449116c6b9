package dev.watchnchill.server.app;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.limit.InboundLimits;
import dev.watchnchill.socketio.limit.RateBudget;

/** Configures the limits of inbound messages (rules RL18 to RL21). */
final class InboundRules {
  /**
   * Largest payload. The largest event of the contract about one film is a link of 4,096 characters
   * with each of them escaped in JSON: 24 kB. 50 links of 1,300 characters fit in too (QU1).
   */
  private static final int PAYLOAD_BYTES_MAX = 64 * 1024;

  /** The contract's deepest payload is 3 deep; unknown fields (FR12) may be deeper. */
  private static final int JSON_DEPTH_MAX = 16;

  private static final int JSON_TOKENS_MAX = 1_000;
  private static final int AUTH_LENGTH_MAX = 4_096;

  /**
   * Budget of one connection: twice what all classes of RL5 allow together (100 events per second,
   * bursts of 520), and the bytes of the largest of those events.
   */
  private static final RateBudget CONNECTION = new RateBudget(200, 1_000, 256 * 1024, 512 * 1024);

  private InboundRules() {}

  /**
   * Configures the limits.
   *
   * @param socketsPerAddressMax sockets that an address may have at once (RL2)
   * @param eventRateScale multiplies the limits of RL5; a scale above 1 widens the budgets too
   */
  static void apply(
      SocketIoConfig.Builder builder, int socketsPerAddressMax, double eventRateScale) {
    RateBudget connection = CONNECTION.times(Math.max(1, eventRateScale));
    // The clients behind one address do not all reach their limits at the same time.
    RateBudget client = connection.times(Math.max(2, socketsPerAddressMax / 2.0));
    builder
        .maxPayloadBytes(PAYLOAD_BYTES_MAX)
        .attachmentsMax(0)
        .namespacesMax(1)
        .jsonDepthMax(JSON_DEPTH_MAX)
        .inbound(
            InboundLimits.DEFAULT
                .withJson(AUTH_LENGTH_MAX, JSON_TOKENS_MAX)
                .withBudgets(connection, client));
  }
}
