package dev.watchnchill.party.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a reader takes for one character: the extended grapheme clusters of UAX #29, as {@code
 * Intl.Segmenter} of a browser does.
 */
public final class GraphemeClusters {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private GraphemeClusters() {}

  /** Returns the number of clusters of a text of bounded length. */
  public static int count(String text) {
    if (AsciiText.is(text)) {
      return text.length();
    }
    Matcher clusters = CLUSTER.matcher(text);
    int count = 0;
    while (clusters.find()) {
      count++;
    }
    return count;
  }

  /**
   * Returns the end of the last cluster of a text that ends within its first characters. Of a first
   * cluster that is longer it is an end between two code points.
   */
  public static int endWithin(String text, int lengthMax) {
    if (text.length() <= lengthMax) {
      return text.length();
    }
    int end = 0;
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find() && clusters.end() <= lengthMax) {
      end = clusters.end();
    }
    if (end > 0) {
      return end;
    }
    return Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax;
  }
}
