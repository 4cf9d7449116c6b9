package dev.watchnchill.socketio;

import java.time.Duration;

/**
 * The limits of what clients send. They are checked before a packet's JSON is parsed.
 *
 * @param authLengthMax characters of a CONNECT packet's payload
 * @param jsonTokensMax JSON tokens of one packet
 * @param attachmentBytesMax bytes of all attachments of one packet
 * @param attachmentTimeout time for the attachments of one packet to arrive
 * @param connection budget of one session
 * @param client budget of all sessions with the same {@link SocketIoConfig#clientKey()}
 * @param bufferedBytesMax bytes of unfinished input of all connections together: half-received
 *     frames, messages and bodies, and packets that wait for their attachments or for a middleware.
 *     Above it the newest sessions that are not {@linkplain Socket#keepUnderPressure kept} are
 *     closed
 * @param heapPercentMax share of the heap that may be in use after a collection of old objects,
 *     before sessions are closed in the same way; 100 for no such limit
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

  /** The limits of a server that is not told otherwise. */
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
    within("authLengthMax", authLengthMax, 2, 1 << 20);
    within("jsonTokensMax", jsonTokensMax, 16, 10_000_000);
    within("attachmentBytesMax", attachmentBytesMax, 1, 1 << 30);
    within("attachmentTimeout", attachmentTimeout.toMillis(), 10, 3_600_000);
    within("bufferedBytesMax", bufferedBytesMax, 1024, Long.MAX_VALUE);
    within("heapPercentMax", heapPercentMax, 1, 100);
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

  /** Returns these limits with other budgets. */
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

  private static void within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", not " + value);
    }
  }
}
