package dev.watchnchill.party.chat;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a text that is exactly one emoji of UTS #51: a pictograph with its style and its skin
 * tone, a flag, a keycap, or several pictographs that are joined (rule CH9).
 */
public final class Emoji {
  /** Most code points of an emoji. */
  static final int POINTS_MAX = 10;

  /** Most UTF-16 characters of an emoji. */
  private static final int LENGTH_MAX = 2 * POINTS_MAX;

  /** Most bytes of an emoji in UTF-8. */
  static final int BYTES_MAX = 40;

  private static final int JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int TAG_FIRST = 0xE0020;
  private static final int TAG_LAST = 0xE007E;
  private static final int TAG_END = 0xE007F;
  private static final int REGION_FIRST = 0x1F1E6;
  private static final int REGION_LAST = 0x1F1FF;
  private static final int UTF8_TWO_BYTES = 0x80;
  private static final int UTF8_THREE_BYTES = 0x800;

  private final int[] points;
  private final StringBuilder normal = new StringBuilder();
  private int at;

  private Emoji(int[] points) {
    this.points = points;
  }

  /**
   * Returns the emoji that a text is, or null for any other text. The style is there where a
   * pictograph needs it, and nowhere else, so that equal pictures are equal texts.
   */
  public static @Nullable String read(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return null;
    }
    int[] points = text.codePoints().toArray();
    if (points.length > POINTS_MAX) {
      return null;
    }
    var reader = new Emoji(points);
    if (!reader.readWhole()) {
      return null;
    }
    String emoji = reader.normal.toString();
    int[] written = emoji.codePoints().toArray();
    return written.length <= POINTS_MAX && bytes(written) <= BYTES_MAX ? emoji : null;
  }

  private boolean readWhole() {
    boolean read =
        isRegion(peek())
            ? readFlag()
            : isKeycapBase(peek())
                ? readKeycap()
                : peek() == BLACK_FLAG ? readBlackFlag() : readJoined();
    return read && at == points.length;
  }

  /** Reads the two letters of a region. */
  private boolean readFlag() {
    take();
    if (!isRegion(peek())) {
      return false;
    }
    take();
    return true;
  }

  private boolean readKeycap() {
    take();
    if (peek() == EMOJI_STYLE) {
      at++;
    }
    if (peek() != KEYCAP) {
      return false;
    }
    normal.appendCodePoint(EMOJI_STYLE);
    take();
    return true;
  }

  /** Reads a black flag alone, with the tags of a part of a country, or joined to a picture. */
  private boolean readBlackFlag() {
    if (points.length == 1 || !isTag(points[1])) {
      return readJoined();
    }
    take();
    while (isTag(peek())) {
      take();
    }
    if (peek() != TAG_END) {
      return false;
    }
    take();
    return true;
  }

  private boolean readJoined() {
    while (readPictograph()) {
      if (peek() != JOINER) {
        return true;
      }
      take();
    }
    return false;
  }

  private boolean readPictograph() {
    int base = peek();
    if (base < 0
        || !Character.isEmoji(base)
        || Character.isEmojiModifier(base)
        || isKeycapBase(base)
        || isRegion(base)) {
      return false;
    }
    take();
    if (peek() == EMOJI_STYLE) {
      at++;
    }
    if (peek() >= 0 && Character.isEmojiModifier(peek())) {
      boolean takesTone = Character.isEmojiModifierBase(base);
      take();
      return takesTone;
    }
    if (!Character.isEmojiPresentation(base)) {
      normal.appendCodePoint(EMOJI_STYLE);
    }
    return true;
  }

  /** Returns the next code point, or -1 at the end. */
  private int peek() {
    return at < points.length ? points[at] : -1;
  }

  private void take() {
    normal.appendCodePoint(points[at]);
    at++;
  }

  private static boolean isRegion(int point) {
    return point >= REGION_FIRST && point <= REGION_LAST;
  }

  private static boolean isTag(int point) {
    return point >= TAG_FIRST && point <= TAG_LAST;
  }

  private static boolean isKeycapBase(int point) {
    return point == '#' || point == '*' || (point >= '0' && point <= '9');
  }

  private static int bytes(int[] points) {
    int bytes = 0;
    for (int point : points) {
      bytes +=
          point < UTF8_TWO_BYTES
              ? 1
              : point < UTF8_THREE_BYTES ? 2 : Character.isBmpCodePoint(point) ? 3 : 4;
    }
    return bytes;
  }
}
