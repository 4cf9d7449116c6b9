package dev.watchnchill.server.media.index;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of names and queries, in a form in which case, accents and separators are equal. */
final class FilmWords {
  private static final int QUERY_WORDS_MAX = 10;
  private static final int DIGITS_PADDED = 10;
  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

  private FilmWords() {}

  /** Returns the words of a text with one space before each of them; "" when there are none. */
  static String of(String text) {
    // Capitals first, because "ß" has no other way to be "ss".
    String letters =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    var words = new StringBuilder(letters.length() + 1);
    boolean between = true;
    for (int i = 0; i < letters.length(); ) {
      int point = letters.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        if (between) {
          words.append(' ');
          between = false;
        }
        appendPlain(words, point);
      } else if (!joins(point)) {
        between = true;
      }
    }
    return words.toString();
  }

  /** Returns whether a character stands inside of a word and is left out of it. */
  private static boolean joins(int point) {
    return point == '\''
        || point == 0x2019
        || Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.ENCLOSING_MARK;
  }

  /** Appends a letter; those with a stroke, which have no accent to take away, as without it. */
  private static void appendPlain(StringBuilder words, int point) {
    switch (point) {
      case 'ø' -> words.append('o');
      case 'ł' -> words.append('l');
      case 'đ', 'ð' -> words.append('d');
      case 'æ' -> words.append("ae");
      case 'œ' -> words.append("oe");
      case 'þ' -> words.append("th");
      default -> words.appendCodePoint(point);
    }
  }

  /** Returns the different words of a query, bounded in number, without spaces. */
  static List<String> ofQuery(String query) {
    return Arrays.stream(of(query).split(" ", -1))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(QUERY_WORDS_MAX)
        .toList();
  }

  /** Whether a word is a year, which the name of a film may have or not. */
  static boolean isYear(String word) {
    return YEAR.matcher(word).matches();
  }

  /** Returns a key that sorts names as people do: "Part 2" before "Part 10". */
  static String sortKey(String name) {
    String words = of(name);
    var key = new StringBuilder();
    for (int i = 0; i < words.length(); ) {
      int end = i;
      while (end < words.length() && words.charAt(end) >= '0' && words.charAt(end) <= '9') {
        end++;
      }
      if (end == i) {
        key.append(words.charAt(i++));
      } else {
        key.repeat('0', Math.max(0, DIGITS_PADDED - (end - i))).append(words, i, end);
        i = end;
      }
    }
    return key.toString();
  }
}
