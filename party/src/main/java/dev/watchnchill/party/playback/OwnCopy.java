package dev.watchnchill.party.playback;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.name.VisibleText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The description of a file that each viewer plays from its own disk (rules OC1 and OC2). Nothing
 * else of the file is ever sent.
 *
 * @param name the name of the file, as a title has it
 * @param bytes its size
 * @param durationMs its length
 * @param sha256 the SHA-256 of its first, middle and last MiB, in hexadecimal, joined by dots
 */
public record OwnCopy(String name, long bytes, long durationMs, String sha256) {
  /** The scheme of its links. */
  private static final String SCHEME = "local:";

  /** Longest name, in code points. */
  static final int NAME_POINTS_MAX = 200;

  /** Largest size: what every client can count exactly. */
  private static final long BYTES_MAX = (1L << 53) - 1;

  private static final long DURATION_MAX_MS = 7L * 24 * 3_600_000;

  private static final Pattern WHOLE = Pattern.compile("\\d{1,16}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,9})?");
  private static final Pattern HASHES =
      Pattern.compile("[0-9a-fA-F]{64}\\.[0-9a-fA-F]{64}\\.[0-9a-fA-F]{64}");

  /** Returns whether a text claims to be the link of an own copy. */
  static boolean isLink(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** Parses a link; empty when it describes no file. */
  public static Optional<OwnCopy> parse(String link) {
    if (!isLink(link)) {
      return Optional.empty();
    }
    Map<String, String> fields =
        QueryParameters.of(link.substring(SCHEME.length())).stream()
            .collect(
                Collectors.toMap(
                    QueryParameters.Parameter::name,
                    QueryParameters.Parameter::value,
                    (first, _) -> first));
    String size = fields.getOrDefault("size", "");
    String seconds = fields.getOrDefault("duration", "");
    String sha256 = fields.getOrDefault("sha256", "");
    if (!WHOLE.matcher(size).matches()
        || !SECONDS.matcher(seconds).matches()
        || !HASHES.matcher(sha256).matches()) {
      return Optional.empty();
    }
    String name = VisibleText.clean(fields.getOrDefault("name", ""), NAME_POINTS_MAX);
    long bytes = Long.parseLong(size);
    long durationMs =
        new BigDecimal(seconds).movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValue();
    boolean possible =
        !name.isEmpty()
            && bytes > 0
            && bytes <= BYTES_MAX
            && durationMs > 0
            && durationMs <= DURATION_MAX_MS;
    return possible
        ? Optional.of(new OwnCopy(name, bytes, durationMs, sha256.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** Returns its length in seconds. */
  public double durationSeconds() {
    return durationMs / 1000.0;
  }

  /** Returns its link in the normal form, the same for equal descriptions. */
  public String link() {
    String seconds = BigDecimal.valueOf(durationMs, 3).stripTrailingZeros().toPlainString();
    return SCHEME
        + "name="
        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")
        + "&size="
        + bytes
        + "&duration="
        + seconds
        + "&sha256="
        + sha256;
  }
}
