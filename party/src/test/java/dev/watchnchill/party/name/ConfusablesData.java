package dev.watchnchill.party.name;

import com.ibm.icu.text.SpoofChecker;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the table of look-alikes from the data of ICU4J. Its version decides the version of
 * Unicode: 76 has Unicode 16, as JDK 25 has.
 *
 * <p>The class's output is {@code confusables.txt}.
 */
final class ConfusablesData {
  private static final SpoofChecker ICU =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

  private ConfusablesData() {}

  /**
   * Code points in a row: one that looks like a text, or several that look like several in a row.
   */
  private record Row(int first, int last, String likeness) {
    boolean goesOnWith(int point, String likenessOfPoint) {
      return last + 1 == point
          && isOnePoint(likeness)
          && isOnePoint(likenessOfPoint)
          && likenessOfPoint.codePointAt(0) - likeness.codePointAt(0) == point - first;
    }

    String line() {
      String range = first == last ? hex(first) : hex(first) + "-" + hex(last);
      return range
          + " "
          + likeness.codePoints().mapToObj(Row::hex).collect(Collectors.joining(","));
    }

    private static boolean isOnePoint(String text) {
      return text.codePointCount(0, text.length()) == 1;
    }

    private static String hex(int point) {
      return Integer.toHexString(point);
    }
  }

  /** Returns the prototype of a text by ICU: its skeleton (UTS #39). */
  static String skeleton(String text) {
    return ICU.getSkeleton(text);
  }

  /** Whether the table has to know a code point: after NFD it can occur in a name. */
  static boolean canOccur(int point) {
    return (NameCharacters.isLetterOrDigit(point)
            || NameCharacters.isMark(point)
            || " -_.!?'".indexOf(point) >= 0)
        && !NameCharacters.isInvisible(point)
        && Normalizer.isNormalized(Character.toString(point), Normalizer.Form.NFD);
  }

  static String table() {
    List<Row> rows = new ArrayList<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String likeness = canOccur(point) ? skeleton(Character.toString(point)) : "";
      if (likeness.isEmpty() || likeness.equals(Character.toString(point))) {
        continue;
      }
      Row last = rows.isEmpty() ? null : rows.getLast();
      if (last != null && last.goesOnWith(point, likeness)) {
        rows.set(rows.size() - 1, new Row(last.first, point, last.likeness));
      } else {
        rows.add(new Row(point, point, likeness));
      }
    }
    return """
    # UTS #39, Unicode 16.0: letters, marks and digits, and what they look like (for a range: what the first looks like,
    # and so on). Written by ConfusablesData of the tests; data under the Unicode License v3, by way of ICU4J 76.1.
    """
        + rows.stream().map(row -> row.line() + "\n").collect(Collectors.joining());
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    System.out.writeBytes(table().getBytes(StandardCharsets.US_ASCII));
  }
}
