package dev.watchnchill.party.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent encoding, with the set of characters that each part of an address encodes. */
enum PercentEncoding {
  PATH(" \"#<>?^`{}"),
  QUERY(" \"#<>'"),
  FRAGMENT(" \"<>`");

  private static final String DIGITS = "0123456789ABCDEF";

  private final String encoded;

  PercentEncoding(String encoded) {
    this.encoded = encoded;
  }

  /** Returns the text with all characters encoded that are not ASCII, a control, or of this set. */
  String encode(String text) {
    int i = 0;
    while (i < text.length() && !encodes(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length() + 32).append(text, 0, i);
    // A lone surrogate becomes U+FFFD, as in a browser.
    byte[] bytes = scalars(text.substring(i)).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (b >= 0 && !encodes((char) b)) {
        out.append((char) b);
      } else {
        out.append('%').append(DIGITS.charAt((b >> 4) & 0xf)).append(DIGITS.charAt(b & 0xf));
      }
    }
    return out.toString();
  }

  private boolean encodes(char c) {
    return c < ' ' || c > '~' || encoded.indexOf(c) >= 0;
  }

  /** Returns the text with each lone surrogate replaced by U+FFFD. */
  static String scalars(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Returns the text decoded, as UTF-8; invalid bytes become U+FFFD. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = scalars(text).getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low < 0) {
        out.write(bytes[i]);
      } else {
        out.write(high * 16 + low);
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
