package dev.watchnchill.server.wire;

/** Events that share one token bucket (rule RL5). */
public enum EventClass {
  /** Entering and leaving rooms. */
  ENTRY(0, 60, 5),
  /** What hosts do. */
  CONTROL(1, 100, 30),
  /** Clocks, positions and reports. */
  SYNC(2, 100, 20),
  /** Messages. */
  CHAT(3, 100, 20),
  /** Typing signs, which are dropped in silence. */
  TYPING(4, 60, 20);

  private final int index;
  private final int burst;
  private final int perSecond;

  EventClass(int index, int burst, int perSecond) {
    this.index = index;
    this.burst = burst;
    this.perSecond = perSecond;
  }

  /** Its place in a socket's buckets, counted from 0. */
  public int index() {
    return index;
  }

  /** How many may come at once. */
  public int burst() {
    return burst;
  }

  /** How many may come each second in the long run. */
  public int perSecond() {
    return perSecond;
  }
}
