package dev.watchnchill.party.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Normalises paths: encoded, with slashes only, without dot segments. */
final class Paths {
  private Paths() {}

  /** Returns the normal form of a path, which begins with a slash or is empty. */
  static String normal(String raw) {
    List<String> segments = new ArrayList<>();
    int start = raw.isEmpty() ? 0 : 1;
    while (true) {
      int end = start;
      while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '\\') {
        end++;
      }
      boolean last = end >= raw.length();
      String segment = PercentEncoding.PATH.encode(raw.substring(start, end));
      String dots = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (dots.equals("..") && !segments.isEmpty()) {
        segments.removeLast();
      }
      if (!dots.equals("..") && !dots.equals(".")) {
        segments.add(segment);
      } else if (last) {
        segments.add("");
      }
      if (last) {
        return "/" + String.join("/", segments);
      }
      start = end + 1;
    }
  }
}
