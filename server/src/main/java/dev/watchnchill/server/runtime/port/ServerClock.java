package dev.watchnchill.server.runtime.port;

/** Server time: ms since the epoch, never running backwards (rule TL7). */
public interface ServerClock {
  /** Returns the present time in whole ms. */
  long nowMs();

  /** Returns the present time with fractions of a ms. */
  double nowExactMs();

  /** Returns the id of this clock, which differs after a restart. */
  long clockEpoch();
}
