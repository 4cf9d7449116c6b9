package dev.watchnchill.load.scenario;

import java.util.function.ToDoubleFunction;

/** Puts commands of several kinds in an order in which each kind comes evenly. */
final class CommandMix<K> {
  private final K[] kinds;
  private final double[] weights;
  private final double[] due;
  private double total;

  /** Creates a mix; a kind of the weight 0 never comes. */
  CommandMix(K[] kinds, ToDoubleFunction<K> weightOf) {
    this.kinds = kinds.clone();
    this.weights = new double[kinds.length];
    this.due = new double[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      weights[i] = weightOf.applyAsDouble(kinds[i]);
      total += weights[i];
    }
  }

  /** Returns the kind of the next command. */
  K next() {
    int most = 0;
    for (int i = 0; i < due.length; i++) {
      due[i] += weights[i];
      if (due[i] > due[most]) {
        most = i;
      }
    }
    due[most] -= total;
    return kinds[most];
  }
}
