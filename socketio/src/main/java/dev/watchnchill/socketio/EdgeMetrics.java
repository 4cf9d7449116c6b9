package dev.watchnchill.socketio;

/**
 * Counters of a server's TCP connections.
 *
 * @param connections open connections
 * @param refusedByAddress connections closed because their address had too many
 * @param refusedByTotal connections closed because there were too many in all
 * @param evicted idle connections closed to make room for new ones
 * @param acceptFailures failed attempts to accept, for lack of file descriptors most of the time
 * @param proxyHeadersRefused connections closed for a missing, broken or unwanted PROXY header
 */
public record EdgeMetrics(
    int connections,
    long refusedByAddress,
    long refusedByTotal,
    long evicted,
    long acceptFailures,
    long proxyHeadersRefused) {
  /** No connection so far. */
  public static final EdgeMetrics NONE = new EdgeMetrics(0, 0, 0, 0, 0, 0);
}
