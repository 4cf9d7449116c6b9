package dev.watchnchill.party.link;

import static java.lang.Character.DIRECTIONALITY_ARABIC_NUMBER;
import static java.lang.Character.DIRECTIONALITY_BOUNDARY_NEUTRAL;
import static java.lang.Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR;
import static java.lang.Character.DIRECTIONALITY_EUROPEAN_NUMBER;
import static java.lang.Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR;
import static java.lang.Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR;
import static java.lang.Character.DIRECTIONALITY_LEFT_TO_RIGHT;
import static java.lang.Character.DIRECTIONALITY_NONSPACING_MARK;
import static java.lang.Character.DIRECTIONALITY_OTHER_NEUTRALS;
import static java.lang.Character.DIRECTIONALITY_RIGHT_TO_LEFT;
import static java.lang.Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;

import java.util.List;

/** The Bidi rule of RFC 5893 for the labels of a domain that has right-to-left characters. */
final class BidiRule {
  private BidiRule() {}

  /** Returns whether no label breaks the rule; without right-to-left characters none does. */
  static boolean holds(List<String> labels) {
    boolean bidi =
        labels.stream()
            .flatMapToInt(String::codePoints)
            .map(Character::getDirectionality)
            .anyMatch(d ->
                d == DIRECTIONALITY_RIGHT_TO_LEFT
                    || d == DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                    || d == DIRECTIONALITY_ARABIC_NUMBER);
    return !bidi || labels.stream().allMatch(label -> label.isEmpty() || holds(label));
  }

  private static boolean holds(String label) {
    int[] kinds = label.codePoints().map(Character::getDirectionality).toArray();
    int last = kinds.length - 1;
    while (last > 0 && kinds[last] == DIRECTIONALITY_NONSPACING_MARK) {
      last--;
    }
    boolean european = false;
    boolean arabic = false;
    boolean leftToRight = kinds[0] == DIRECTIONALITY_LEFT_TO_RIGHT;
    for (int kind : kinds) {
      if (!isNeutral(kind) && !(leftToRight ? isLeft(kind) : isRight(kind))) {
        return false;
      }
      european |= kind == DIRECTIONALITY_EUROPEAN_NUMBER;
      arabic |= kind == DIRECTIONALITY_ARABIC_NUMBER;
    }
    if (leftToRight) {
      return isLeft(kinds[last]);
    }
    boolean rightStart =
        kinds[0] == DIRECTIONALITY_RIGHT_TO_LEFT || kinds[0] == DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    return rightStart && isRight(kinds[last]) && !(european && arabic);
  }

  private static boolean isLeft(int kind) {
    return kind == DIRECTIONALITY_LEFT_TO_RIGHT || kind == DIRECTIONALITY_EUROPEAN_NUMBER;
  }

  private static boolean isRight(int kind) {
    return kind == DIRECTIONALITY_RIGHT_TO_LEFT
        || kind == DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
        || kind == DIRECTIONALITY_ARABIC_NUMBER
        || kind == DIRECTIONALITY_EUROPEAN_NUMBER;
  }

  private static boolean isNeutral(int kind) {
    return kind == DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR
        || kind == DIRECTIONALITY_COMMON_NUMBER_SEPARATOR
        || kind == DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR
        || kind == DIRECTIONALITY_OTHER_NEUTRALS
        || kind == DIRECTIONALITY_BOUNDARY_NEUTRAL
        || kind == DIRECTIONALITY_NONSPACING_MARK;
  }
}
