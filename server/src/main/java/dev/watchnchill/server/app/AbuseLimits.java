package dev.watchnchill.server.app;

import dev.watchnchill.server.limit.EntryLimit;

/**
 * The limits that keep one client address from using up the server (rules RL8 to RL11 and RL23).
 * Those of RL8 to RL10 count over all instances.
 *
 * @param connectsMax CONNECT packets in a minute
 * @param entriesMax entries in a minute
 * @param missesMax unknown rooms named in one window
 * @param missesWindowMs length of that window
 * @param roomsPerAddressMax live rooms created
 * @param awaySeatsMax seats held without a socket
 * @param eventsPerAddressFactor how many times the limits of one connection (rule RL5) all
 *     connections of one address have together
 * @param roomsBytesMax estimated bytes of live rooms from which this instance creates none
 */
record AbuseLimits(
    int connectsMax,
    int entriesMax,
    int missesMax,
    long missesWindowMs,
    int roomsPerAddressMax,
    int awaySeatsMax,
    double eventsPerAddressFactor,
    long roomsBytesMax) {
  static final long MINUTE_MS = 60_000;

  /** Share of the heap that live rooms may take by their estimate. */
  private static final double HEAP_SHARE = 0.4;

  /**
   * Developers run whole test suites from one address, so each limit per address is this many times
   * as high outside of production.
   */
  private static final int DEVELOPMENT_FACTOR = 10;

  /** Figures for one socket that an address may have at once (rule RL2). */
  private static final int CONNECTS_PER_SOCKET = 60;

  private static final int ENTRIES_PER_SOCKET = 60;
  private static final int MISSES_PER_SOCKET = 3;
  private static final int ROOMS_PER_SOCKET = 10;
  private static final int AWAY_SEATS_PER_SOCKET = 10;
  private static final double EVENTS_PER_SOCKET = 0.5;
  private static final double EVENTS_FACTOR_MIN = 2;

  AbuseLimits {
    require(connectsMax >= 1, "RATE_LIMIT_CONNECT_MAX_PER_IP must be at least 1");
    require(entriesMax >= 1, "RATE_LIMIT_ENTRY_MAX_PER_IP must be at least 1");
    require(missesMax >= 1, "RATE_LIMIT_MISS_MAX_PER_IP must be at least 1");
    require(missesWindowMs >= 1, "RATE_LIMIT_MISS_WINDOW_MS must be at least 1");
    require(roomsPerAddressMax >= 1, "RATE_LIMIT_ROOM_MAX_PER_IP must be at least 1");
    require(awaySeatsMax >= 1, "RATE_LIMIT_AWAY_MAX_PER_IP must be at least 1");
    require(roomsBytesMax >= 1, "ROOMS_BYTES_MAX must be at least 1");
  }

  /** Reads the environment. */
  static AbuseLimits from(
      Variables in, boolean production, int socketsPerAddressMax, double eventRateScale) {
    double sockets = (double) socketsPerAddressMax * (production ? 1 : DEVELOPMENT_FACTOR);
    double paced = sockets * eventRateScale;
    return new AbuseLimits(
        in.whole("RATE_LIMIT_CONNECT_MAX_PER_IP", CONNECTS_PER_SOCKET * paced),
        in.whole("RATE_LIMIT_ENTRY_MAX_PER_IP", ENTRIES_PER_SOCKET * paced),
        in.whole("RATE_LIMIT_MISS_MAX_PER_IP", MISSES_PER_SOCKET * sockets),
        in.number("RATE_LIMIT_MISS_WINDOW_MS", 600_000),
        in.whole("RATE_LIMIT_ROOM_MAX_PER_IP", ROOMS_PER_SOCKET * sockets),
        in.whole("RATE_LIMIT_AWAY_MAX_PER_IP", AWAY_SEATS_PER_SOCKET * sockets),
        Math.max(EVENTS_FACTOR_MIN, EVENTS_PER_SOCKET * sockets),
        in.bytes("ROOMS_BYTES_MAX", (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE)));
  }

  EntryLimit.Rates entryRates() {
    return new EntryLimit.Rates(entriesMax, MINUTE_MS, missesMax, missesWindowMs);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
