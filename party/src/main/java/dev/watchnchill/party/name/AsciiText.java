package dev.watchnchill.party.name;

/** Recognises texts of ASCII characters, which need no table of Unicode. */
final class AsciiText {
  private static final int ASCII_END = 0x80;

  private AsciiText() {}

  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII_END) {
        return false;
      }
    }
    return true;
  }
}
