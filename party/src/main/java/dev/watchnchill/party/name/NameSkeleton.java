package dev.watchnchill.party.name;

import java.text.Normalizer;

/**
 * The look of a name that has letters beyond ASCII, for comparison with other names (rule RT23).
 *
 * <p>It is the skeleton of UTS #39, made coarser. Compatible forms such as full-width letters, case
 * and the letters that differ in one case alone ({@code I} and {@code l}) do not count. As letters
 * can look alike in capitals and differ when they are small, as Latin {@code k} and Cyrillic {@code
 * к} do, there is a second skeleton, of the name in capitals.
 */
public final class NameSkeleton {
  private final String asShown;
  private final String inCapitals;

  private NameSkeleton(String asShown, String inCapitals) {
    this.asShown = asShown;
    this.inCapitals = inCapitals;
  }

  /** Returns whether a name without letters beyond ASCII needs no skeleton of its own. */
  public static boolean isPlain(String name) {
    return AsciiText.is(name);
  }

  /** Returns the skeleton of a name without invisible characters. */
  public static NameSkeleton of(String name) {
    String asShown = skeleton(name);
    String inCapitals = skeleton(inCapitals(name));
    return new NameSkeleton(asShown, inCapitals.equals(asShown) ? asShown : inCapitals);
  }

  /** Returns whether a reader could take both names for one. */
  public boolean matches(NameSkeleton other) {
    return asShown.equals(other.asShown) || inCapitals.equals(other.inCapitals);
  }

  /**
   * Returns whether a reader could take this name for one of ASCII characters.
   *
   * @param plain the other name in small letters; it keeps no skeleton, and none is created
   */
  public boolean matchesPlain(String plain) {
    return isSkeletonOf(asShown, plain) || isSkeletonOf(inCapitals, plain);
  }

  private static boolean isSkeletonOf(String skeleton, String plain) {
    int at = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == 'm') {
        if (!skeleton.startsWith("rn", at)) {
          return false;
        }
        at += 2;
      } else if (at < skeleton.length() && skeleton.charAt(at) == plainSkeleton(c)) {
        at++;
      } else {
        return false;
      }
    }
    return at == skeleton.length();
  }

  private static char plainSkeleton(char c) {
    return switch (c) {
      case 'l', '1' -> 'i';
      case '0' -> 'o';
      default -> c;
    };
  }

  private static String skeleton(String name) {
    ConfusablesTable table = ConfusablesTable.get();
    String likened = table.likened(Normalizer.normalize(name, Normalizer.Form.NFD));
    // Full-width letters and other compatible forms, most of which UTS #39 does not list.
    likened = table.likened(Normalizer.normalize(likened, Normalizer.Form.NFKD));
    return folded(Normalizer.normalize(likened, Normalizer.Form.NFKD));
  }

  private static String inCapitals(String name) {
    var capitals = new StringBuilder(name.length());
    name.codePoints().forEach(point -> capitals.appendCodePoint(Character.toUpperCase(point)));
    return capitals.toString();
  }

  private static String folded(String likened) {
    var folded = new StringBuilder(likened.length());
    likened
        .codePoints()
        .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
        .forEach(point -> {
          switch (point) {
            // UTS #39 takes I for l, and m for rn: their other cases follow.
            case 'l' -> folded.append('i');
            case 'm' -> folded.append("rn");
            default -> folded.appendCodePoint(point);
          }
        });
    return folded.toString();
  }
}
