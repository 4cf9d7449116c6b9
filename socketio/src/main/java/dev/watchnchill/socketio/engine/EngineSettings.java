package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.SocketIoConfig;

/** The durations of a configuration in nanoseconds, and what follows from them. */
record EngineSettings(
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

  static EngineSettings of(SocketIoConfig config) {
    return new EngineSettings(
        config.pingInterval().toNanos(),
        config.pingTimeout().toNanos(),
        config.connectTimeout().toNanos(),
        config.inbound().attachmentTimeout().toNanos(),
        config.upgradeTimeout().toNanos(),
        config.httpIdleTimeout().toNanos(),
        config.edge().bodyTimeout().toNanos(),
        config.edge().gateTimeout().toNanos());
  }

  /** How often deadlines are looked at: a fiftieth of the shortest of them. */
  long tickNanos() {
    long shortest =
        Math.min(
            Math.min(Math.min(pingIntervalNanos, pingTimeoutNanos), httpIdleNanos),
            Math.min(Math.min(connectTimeoutNanos, upgradeTimeoutNanos), attachmentsNanos));
    shortest = Math.min(shortest, Math.min(bodyTimeoutNanos, gateTimeoutNanos));
    return Math.clamp(shortest / 50, TICK_MIN_NANOS, TICK_MAX_NANOS);
  }
}
