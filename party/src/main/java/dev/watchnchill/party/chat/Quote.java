package dev.watchnchill.party.chat;

import dev.watchnchill.party.name.GraphemeClusters;

/** The beginning of a message that another one answers (rule CH6). */
public final class Quote {
  /** Most UTF-16 characters of a quote, before the mark that closes a spoiler. */
  static final int LENGTH_MAX = 120;

  private static final String SPOILER = "||";

  private Quote() {}

  /**
   * Returns the beginning of a text, in whole grapheme clusters. When the end of a spoiler is cut
   * off, the result ends with the closing mark, so that clients still hide the spoiler.
   */
  public static String of(String text) {
    if (text.length() <= LENGTH_MAX) {
      return text;
    }
    int end = GraphemeClusters.endWithin(text, LENGTH_MAX);
    String begin = text.substring(0, end);
    int marks = marks(begin);
    if (marks % 2 == 1) {
      return begin + SPOILER;
    }
    // Marks in code, and more than two bars in a row, may be counted otherwise by a reader. What
    // follows the last mark is hidden then, if another mark follows in the text.
    boolean mayBeHidden = marks > 0 && text.indexOf(SPOILER, end - 1) >= 0;
    return mayBeHidden ? begin.substring(0, begin.lastIndexOf(SPOILER) + SPOILER.length()) : begin;
  }

  private static int marks(String text) {
    int marks = 0;
    int at = text.indexOf(SPOILER);
    while (at >= 0) {
      marks++;
      at = text.indexOf(SPOILER, at + SPOILER.length());
    }
    return marks;
  }
}
