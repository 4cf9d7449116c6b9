package dev.watchnchill.socketio.limit;

import java.time.Duration;

/**
 * Limits of what clients send. They are checked before a packet's JSON is parsed.
 *
 * @param authLengthMax characters of a CONNECT packet's payload
 * @param jsonTokensMax JSON tokens of one packet
 * @param attachmentBytesMax bytes of all attachments of one packet
 * @param attachmentTimeout time for the attachments of one packet to arrive
 * @param connection rate budget of one session
 * @param client rate budget of all sessions with the same client key
 * @param bufferedBytesMax bytes of incomplete input of all connections: incomplete frames, messages
 *     and bodies, and packets that wait for their attachments or for a middleware. Above it the
 *     newest sessions that are not kept are closed
 * @param heapPercentMax share of the heap that may be in use after a collection of the old
 *     generation before sessions are closed in the same way; 100 for no limit
 */
public record InboundLimits(
    int authLengthMax,
    int jsonTokensMax,
    int attachmentBytesMax,
    Duration attachmentTimeout,
    RateBudget connection,
    RateBudget client,
    long bufferedBytesMax,
    int heapPercentMax) {
  private static final long BUFFERED_BYTES_MIN = 16L << 20;

  /** Default limits. */
  public static final InboundLimits DEFAULT =
      new InboundLimits(
          8_192,
          100_000,
          4_000_000,
          Duration.ofSeconds(10),
          new RateBudget(1_000, 5_000, 4_000_000, 16_000_000),
          new RateBudget(10_000, 50_000, 16_000_000, 64_000_000),
          Math.max(BUFFERED_BYTES_MIN, Runtime.getRuntime().maxMemory() / 8),
          85);

  /** Checks every range. */
  public InboundLimits {
    RangeChecks.within("authLengthMax", authLengthMax, 2, 1 << 20);
    RangeChecks.within("jsonTokensMax", jsonTokensMax, 16, 10_000_000);
    RangeChecks.within("attachmentBytesMax", attachmentBytesMax, 1, 1 << 30);
    RangeChecks.within("attachmentTimeout", attachmentTimeout.toMillis(), 10, 3_600_000);
    RangeChecks.within("bufferedBytesMax", bufferedBytesMax, 1024, Long.MAX_VALUE);
    RangeChecks.within("heapPercentMax", heapPercentMax, 1, 100);
  }

  /** Returns these limits with others for the payload of CONNECT and for JSON. */
  public InboundLimits withJson(int authLength, int jsonTokens) {
    return new InboundLimits(
        authLength,
        jsonTokens,
        attachmentBytesMax,
        attachmentTimeout,
        connection,
        client,
        bufferedBytesMax,
        heapPercentMax);
  }

  /** Returns these limits with others for attachments. */
  public InboundLimits withAttachments(int bytes, Duration timeout) {
    return new InboundLimits(
        authLengthMax,
        jsonTokensMax,
        bytes,
        timeout,
        connection,
        client,
        bufferedBytesMax,
        heapPercentMax);
  }

  /** Returns these limits with other rate budgets. */
  public InboundLimits withBudgets(RateBudget ofConnection, RateBudget ofClient) {
    return new InboundLimits(
        authLengthMax,
        jsonTokensMax,
        attachmentBytesMax,
        attachmentTimeout,
        ofConnection,
        ofClient,
        bufferedBytesMax,
        heapPercentMax);
  }

  /** Returns these limits with others for the memory of all connections together. */
  public InboundLimits withMemory(long bufferedBytes, int heapPercent) {
    return new InboundLimits(
        authLengthMax,
        jsonTokensMax,
        attachmentBytesMax,
        attachmentTimeout,
        connection,
        client,
        bufferedBytes,
        heapPercent);
  }
}
