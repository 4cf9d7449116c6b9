package dev.watchnchill.socketio.engine;

/** Durations of an {@link EngineConfig} in nanoseconds. */
record EngineTimeouts(
    long pingIntervalNanos,
    long pingTimeoutNanos,
    long connectTimeoutNanos,
    long attachmentsNanos,
    long upgradeTimeoutNanos,
    long httpIdleNanos,
    long bodyTimeoutNanos,
    long gateTimeoutNanos) {
  private static final long TICK_MIN_NANOS = 2_000_000;
  private static final long TICK_MAX_NANOS = 250_000_000;

  static EngineTimeouts of(EngineConfig config) {
    return new EngineTimeouts(
        config.pingInterval().toNanos(),
        config.pingTimeout().toNanos(),
        config.connectTimeout().toNanos(),
        config.inbound().attachmentTimeout().toNanos(),
        config.upgradeTimeout().toNanos(),
        config.httpIdleTimeout().toNanos(),
        config.connections().bodyTimeout().toNanos(),
        config.connections().gateTimeout().toNanos());
  }

  /** Returns the shortest duration. */
  long shortestNanos() {
    long shortest =
        Math.min(
            Math.min(Math.min(pingIntervalNanos, pingTimeoutNanos), httpIdleNanos),
            Math.min(Math.min(connectTimeoutNanos, upgradeTimeoutNanos), attachmentsNanos));
    return Math.min(shortest, Math.min(bodyTimeoutNanos, gateTimeoutNanos));
  }

  /**
   * Returns the least time between two checks of the deadlines: a fiftieth of the shortest
   * duration, within bounds.
   */
  long tickNanos() {
    return Math.clamp(shortestNanos() / 50, TICK_MIN_NANOS, TICK_MAX_NANOS);
  }
}
