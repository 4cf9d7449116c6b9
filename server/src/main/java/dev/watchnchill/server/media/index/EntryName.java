package dev.watchnchill.server.media.index;

import dev.watchnchill.party.name.VisibleText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The name of a file or folder, by its bytes on the disk.
 *
 * <p>Java decodes names by the locale of the process ({@code sun.jnu.encoding}). A container often
 * has none, and then every letter beyond ASCII is lost in the text of a path. The bytes are kept
 * inside of the path, and its URI shows them.
 *
 * @param raw the name as the system knows it
 * @param octets its bytes, one in each character
 */
record EntryName(Path raw, String octets) {
  private static final int SHOWN_MAX = 200;

  /** Returns the name at the end of a path. */
  static EntryName of(Path entry) {
    Path raw = entry.getFileName() == null ? entry : entry.getFileName();
    String text = raw.toString();
    return new EntryName(
        raw, text.chars().allMatch(c -> c < 0x7F) ? text : decoded(raw.toUri().getRawPath()));
  }

  /** Returns the bytes of the last segment of the path of a URI. */
  private static String decoded(String path) {
    // A name that is a folder where the process was started ends with a slash.
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    var octets = new StringBuilder();
    for (int i = path.lastIndexOf('/', end - 1) + 1; i < end; i++) {
      char c = path.charAt(i);
      if (c == '%') {
        octets.append((char) Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else {
        octets.append(c);
      }
    }
    return octets.toString();
  }

  /** Whether it begins with a dot, as names do that are not for people. */
  boolean hidden() {
    return octets.isEmpty() || octets.charAt(0) == '.';
  }

  /**
   * Returns the name in UTF-8, with U+FFFD in place of what is none. It may have any character of a
   * name, line ends among them.
   */
  String text() {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Returns the name as it is shown: visible characters in one line; "" when there are none. */
  String shown() {
    return VisibleText.clean(text(), SHOWN_MAX);
  }
}
