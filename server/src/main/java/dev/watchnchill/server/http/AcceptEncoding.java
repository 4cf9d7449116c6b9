package dev.watchnchill.server.http;

/**
 * Reads an {@code Accept-Encoding} header in one pass (RFC 9110, section 12.5.3; rule TR11).
 *
 * <p>Written by hand: a regular expression for the optional white space around {@code ;} goes back
 * over it once for each character, which takes seconds for a value of 15,000 spaces.
 */
final class AcceptEncoding {
  private AcceptEncoding() {}

  /** Returns whether the header names that coding with a weight other than 0. */
  static boolean accepts(String header, String coding) {
    int start = 0;
    while (start <= header.length()) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      int semicolon = header.indexOf(';', start, end);
      String name = header.substring(start, semicolon < 0 ? end : semicolon).strip();
      if (name.equalsIgnoreCase(coding)) {
        return semicolon < 0 || !isZeroWeight(header.substring(semicolon + 1, end).strip());
      }
      start = end + 1;
    }
    return false;
  }

  /** Returns whether the text is {@code q=0}, or the same with decimals that are all 0. */
  private static boolean isZeroWeight(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase("q")) {
      return false;
    }
    String weight = parameter.substring(equals + 1).strip();
    if (weight.isEmpty() || weight.charAt(0) != '0') {
      return false;
    }
    for (int i = 1; i < weight.length(); i++) {
      char c = weight.charAt(i);
      if (c != '0' && !(i == 1 && c == '.')) {
        return false;
      }
    }
    return true;
  }
}
