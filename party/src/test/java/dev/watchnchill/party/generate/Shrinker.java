package dev.watchnchill.party.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Searches for the shortest and smallest sequence of choices with which a property still fails: it
 * leaves out runs of choices, then makes single choices smaller, for as long as either helps.
 */
final class Shrinker {
  private final Predicate<List<Long>> fails;
  private int triesLeft;
  private List<Long> best;

  private Shrinker(List<Long> failing, Predicate<List<Long>> fails, int tries) {
    this.fails = fails;
    this.triesLeft = tries;
    this.best = failing;
  }

  /**
   * Returns the simplest failing sequence that so many tries find.
   *
   * @param failing a sequence that fails
   * @param fails whether a sequence fails
   */
  static List<Long> shrink(List<Long> failing, Predicate<List<Long>> fails, int tries) {
    var shrinker = new Shrinker(failing, fails, tries);
    List<Long> before;
    do {
      before = shrinker.best;
      shrinker.leaveOut();
      shrinker.lower();
    } while (!shrinker.best.equals(before) && shrinker.triesLeft > 0);
    return shrinker.best;
  }

  private void leaveOut() {
    for (int run = Math.max(1, best.size() / 2); run >= 1; run = run > 16 ? run / 2 : run - 1) {
      for (int from = best.size() - run; from >= 0; from--) {
        var shorter = new ArrayList<>(best.subList(0, from));
        shorter.addAll(best.subList(from + run, best.size()));
        if (takes(shorter)) {
          from = Math.min(from, best.size() - run + 1);
        }
      }
    }
  }

  private void lower() {
    for (int at = 0; at < best.size(); at++) {
      if (best.get(at) == 0 || takes(with(at, 0))) {
        continue;
      }
      long passes = 0;
      while (at < best.size() && best.get(at) - passes > 1) {
        long middle = passes + (best.get(at) - passes) / 2;
        if (!takes(with(at, middle))) {
          passes = middle;
        }
      }
    }
  }

  private List<Long> with(int at, long choice) {
    var changed = new ArrayList<>(best);
    changed.set(at, choice);
    return changed;
  }

  private boolean takes(List<Long> candidate) {
    if (triesLeft <= 0) {
      return false;
    }
    triesLeft--;
    boolean failed = fails.test(candidate);
    if (failed) {
      best = candidate;
    }
    return failed;
  }
}
