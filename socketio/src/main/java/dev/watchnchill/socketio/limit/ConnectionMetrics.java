package dev.watchnchill.socketio.limit;

/**
 * Counters of a server's TCP connections.
 *
 * @param connections open connections
 * @param rejectedByAddress connections closed because their address had too many
 * @param rejectedByTotal connections closed because there were too many in total
 * @param evicted idle connections closed to make room for new ones
 * @param acceptFailures failed attempts to accept, mostly for lack of file descriptors
 * @param proxyHeadersRejected connections closed for a missing, broken or untrusted PROXY header
 */
public record ConnectionMetrics(
    int connections,
    long rejectedByAddress,
    long rejectedByTotal,
    long evicted,
    long acceptFailures,
    long proxyHeadersRejected) {
  /** Metrics of a server that has had no connection. */
  public static final ConnectionMetrics NONE = new ConnectionMetrics(0, 0, 0, 0, 0, 0);
}
