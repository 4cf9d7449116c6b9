package dev.watchnchill.server.runtime;

/** Server time: ms since the epoch, never running backwards (rule TL7). */
public interface ServerClock {
  /** Now, in whole ms. */
  long nowMs();

  /** Now, with fractions of a ms. */
  double nowExactMs();

  /** Which run of the clock this is; another one after a restart. */
  long clockEpoch();
}
