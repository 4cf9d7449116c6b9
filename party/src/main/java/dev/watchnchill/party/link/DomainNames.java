package dev.watchnchill.party.link;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts domains to ASCII: UTS #46, non-transitional, as the WHATWG URL Standard calls it. */
final class DomainNames {
  private static final String PREFIX = "xn--";

  private DomainNames() {}

  /** Returns the domain in ASCII and small letters, or null when it is invalid. */
  static @Nullable String toAscii(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    boolean ascii = isAscii(domain);
    if (ascii && !lower.startsWith(PREFIX) && !lower.contains("." + PREFIX)) {
      return lower;
    }
    String mapped = mapped(domain);
    if (mapped == null) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    for (String label : mapped.split("\\.", -1)) {
      String unicode = label.startsWith(PREFIX) ? decoded(label) : label;
      if (unicode == null || !isValid(unicode)) {
        return null;
      }
      labels.add(unicode);
    }
    return BidiRule.holds(labels) ? encoded(labels) : null;
  }

  private static @Nullable String encoded(List<String> labels) {
    var out = new ArrayList<String>(labels.size());
    for (String label : labels) {
      String encoded = isAscii(label) ? label : Punycode.encode(label);
      if (encoded == null) {
        return null;
      }
      out.add(isAscii(label) ? label : PREFIX + encoded);
    }
    return String.join(".", out);
  }

  /** Returns the decoded label of a Punycode prefix, or null when it should not have one. */
  private static @Nullable String decoded(String label) {
    String unicode = isAscii(label) ? Punycode.decode(label.substring(PREFIX.length())) : null;
    return unicode == null || isAscii(unicode) ? null : unicode;
  }

  /** Returns the mapped domain, or null when it has a code point that no domain may have. */
  private static @Nullable String mapped(String domain) {
    IdnaTable table = IdnaTable.get();
    var out = new StringBuilder(domain.length());
    for (int i = 0; i < domain.length(); ) {
      int point = domain.codePointAt(i);
      i += Character.charCount(point);
      String mapping = table.mapping(point);
      if (mapping != null) {
        out.append(mapping);
      } else if (table.valid(point)) {
        out.appendCodePoint(point);
      } else if (!table.ignored(point)) {
        return null;
      }
    }
    return Normalizer.normalize(out, Normalizer.Form.NFC);
  }

  /** Checks the validity criteria of UTS #46, section 4.1, without the one of hyphens. */
  private static boolean isValid(String label) {
    if (label.isEmpty()) {
      return true;
    }
    IdnaTable table = IdnaTable.get();
    return !label.startsWith(PREFIX)
        && Normalizer.isNormalized(label, Normalizer.Form.NFC)
        && !isMark(label.codePointAt(0))
        && label.codePoints().allMatch(point -> point != '.' && table.valid(point))
        && joinersHold(label.codePoints().toArray(), table);
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** Checks the ContextJ rules of RFC 5892 for zero-width joiners and non-joiners. */
  private static boolean joinersHold(int[] points, IdnaTable table) {
    for (int i = 0; i < points.length; i++) {
      if (points[i] != 0x200c && points[i] != 0x200d) {
        continue;
      }
      if (i > 0 && table.virama(points[i - 1])) {
        continue;
      }
      if (points[i] == 0x200d || !joinsAround(points, i, table)) {
        return false;
      }
    }
    return true;
  }

  private static boolean joinsAround(int[] points, int at, IdnaTable table) {
    int before = at - 1;
    while (before >= 0 && table.transparent(points[before])) {
      before--;
    }
    int after = at + 1;
    while (after < points.length && table.transparent(points[after])) {
      after++;
    }
    return before >= 0
        && after < points.length
        && table.joinsBefore(points[before])
        && table.joinsAfter(points[after]);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
