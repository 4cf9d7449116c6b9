package dev.watchnchill.server.wire;

/** The classes of events that share one token bucket (rule RL5). */
public enum EventClass {
  /** Entering and leaving rooms. */
  ENTRY(0, 60, 5),
  /** Commands of hosts. */
  CONTROL(1, 100, 30),
  /** Clocks, positions and reports. */
  SYNC(2, 100, 20),
  /** Chat messages, their changes and reactions to them, and votes. */
  CHAT(3, 100, 20),
  /** Typing, which is dropped in silence over the limit. */
  TYPING(4, 60, 20),
  /** Changes of the queue's list; each film that is added takes a token. */
  QUEUE(5, 100, 5),
  /** Shared subtitles; each part of a text takes several tokens. */
  SUBTITLES(6, 300, 20),
  /** Reactions to the film. */
  FILM_REACTION(7, 5, 5),
  /** Signals between the browsers of speakers; a long one takes several tokens. */
  SIGNAL(8, 300, 30),
  /** Reports of who speaks, which are dropped in silence over the limit. */
  SPEAKING(9, 8, 4);

  private final int index;
  private final int burst;
  private final int perSecond;

  EventClass(int index, int burst, int perSecond) {
    this.index = index;
    this.burst = burst;
    this.perSecond = perSecond;
  }

  /** Returns whether an event over the limit gets no error message. */
  public boolean dropsInSilence() {
    return this == TYPING || this == SPEAKING;
  }

  /** Returns its index among a socket's buckets, from 0. */
  public int index() {
    return index;
  }

  /** Returns how many may come at once. */
  public int burst() {
    return burst;
  }

  /** Returns how many may come per second in the long run. */
  public int perSecond() {
    return perSecond;
  }
}
