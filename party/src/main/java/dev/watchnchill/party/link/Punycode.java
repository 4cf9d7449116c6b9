package dev.watchnchill.party.link;

import org.jspecify.annotations.Nullable;

/** Encodes and decodes labels of domains with Punycode (RFC 3492). */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  /** Longest label: no longer one fits into a domain, and the algorithm is quadratic. */
  private static final int LENGTH_MAX = Hosts.LENGTH_MAX;

  private Punycode() {}

  /** Returns the encoded label without its prefix, or null when it is too long. */
  static @Nullable String encode(String label) {
    int[] points = label.codePoints().toArray();
    if (points.length > LENGTH_MAX) {
      return null;
    }
    var out = new StringBuilder();
    for (int point : points) {
      if (point < INITIAL_N) {
        out.append((char) point);
      }
    }
    int basic = out.length();
    int handled = basic;
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    long delta = 0;
    int bias = INITIAL_BIAS;
    while (handled < points.length) {
      int next = Integer.MAX_VALUE;
      for (int point : points) {
        if (point >= n && point < next) {
          next = point;
        }
      }
      delta += (long) (next - n) * (handled + 1);
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          long q = delta;
          for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
              break;
            }
            out.append(digit((int) (t + (q - t) % (BASE - t))));
            q = (q - t) / (BASE - t);
          }
          out.append(digit((int) q));
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  /** Returns the decoded label, without its prefix, or null when it is invalid or too long. */
  static @Nullable String decode(String encoded) {
    int dash = encoded.lastIndexOf('-');
    if (encoded.length() > LENGTH_MAX) {
      return null;
    }
    var out = new StringBuilder(dash > 0 ? encoded.substring(0, dash) : "");
    int count = out.length();
    int n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    for (int in = dash > 0 ? dash + 1 : 0; in < encoded.length(); ) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = in < encoded.length() ? valueOf(encoded.charAt(in++)) : -1;
        if (digit < 0) {
          return null;
        }
        i += digit * weight;
        int t = threshold(k, bias);
        if (i > Integer.MAX_VALUE) {
          return null;
        }
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
        if (weight > Integer.MAX_VALUE) {
          return null;
        }
      }
      count++;
      bias = adapt(i - before, count, before == 0);
      n = (int) Math.min(Integer.MAX_VALUE, n + i / count);
      i %= count;
      if (n > Character.MAX_CODE_POINT) {
        return null;
      }
      out.insert(out.offsetByCodePoints(0, (int) i), Character.toString(n));
      i++;
    }
    return out.toString();
  }

  private static int threshold(int k, int bias) {
    return Math.clamp((long) k - bias, T_MIN, T_MAX);
  }

  private static int adapt(long delta, int count, boolean first) {
    long rest = first ? delta / DAMP : delta / 2;
    rest += rest / count;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int valueOf(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0' + 26;
    }
    int letter = c | 0x20;
    return c < 0x80 && letter >= 'a' && letter <= 'z' ? letter - 'a' : -1;
  }
}
