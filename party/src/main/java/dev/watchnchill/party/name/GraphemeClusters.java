package dev.watchnchill.party.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what a reader takes for one character: the extended grapheme clusters of UAX #29, as
 * {@code Intl.Segmenter} of a browser does.
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
}
