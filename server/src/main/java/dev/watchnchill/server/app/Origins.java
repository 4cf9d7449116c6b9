package dev.watchnchill.server.app;

import dev.watchnchill.party.link.WebAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Parses origins of web pages into the form in which browsers send them (rule TR20). */
final class Origins {
  private Origins() {}

  /**
   * Reads origins separated by commas.
   *
   * @throws IllegalArgumentException with a message for the operator when one is no origin
   */
  static List<String> parse(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> read(text).orElseThrow(() -> refused(text)))
        .distinct()
        .toList();
  }

  /** Reads scheme, host and perhaps a port, with or without a slash behind. */
  static Optional<String> read(String text) {
    return WebAddress.parse(text)
        .filter(address ->
            !address.credentials()
                && address.path().equals("/")
                && address.query() == null
                && address.fragment() == null
                && !address.host().contains("*"))
        .map(WebAddress::origin);
  }

  private static IllegalArgumentException refused(String text) {
    String shown = text.replaceAll("\\p{C}", "?");
    return new IllegalArgumentException(
        "ALLOWED_ORIGINS: '"
            + shown
            + "' is no origin; write scheme, host and port only: https://app.example:8443");
  }
}
