package dev.watchnchill.load.measure;

import org.HdrHistogram.Histogram;

/** The latencies of deliveries in microseconds, by the kind of command. */
final class Latencies {
  private static final int DIGITS = 3;

  final Histogram messages = new Histogram(DIGITS);
  final Histogram controls = new Histogram(DIGITS);
  final Histogram others = new Histogram(DIGITS);

  /** Adds the latencies of another loop. */
  void add(Latencies other) {
    messages.add(other.messages);
    controls.add(other.controls);
    others.add(other.others);
  }

  /** Returns the latencies of all kinds. */
  Histogram all() {
    Histogram all = others.copy();
    all.add(messages);
    all.add(controls);
    return all;
  }

  Latencies copy() {
    Latencies copy = new Latencies();
    copy.add(this);
    return copy;
  }
}
