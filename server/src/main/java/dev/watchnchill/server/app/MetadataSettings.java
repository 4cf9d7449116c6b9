package dev.watchnchill.server.app;

import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.title.OembedDescriptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The choice of where titles of films come from (rules MD11 to MD13).
 *
 * @param on whether providers are asked
 * @param endpoint an address that is asked instead of the providers' own endpoints, or null
 */
record MetadataSettings(boolean on, @Nullable URI endpoint) {
  private static final int PORT_MAX = 65_535;

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException with a message for the operator when a value is invalid
   */
  static MetadataSettings from(Variables in) {
    String endpoint = in.text("METADATA_ENDPOINT", "");
    return new MetadataSettings(
        in.flag("METADATA", true), endpoint.isEmpty() ? null : parse(endpoint));
  }

  private static URI parse(String text) {
    try {
      var address = new URI(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web
          && address.getHost() != null
          && address.getPort() <= PORT_MAX
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // as any other address that cannot be used
    }
    // Not the address, which may hold a key.
    throw new IllegalArgumentException(
        "METADATA_ENDPOINT must be an http or https address without a user name and fragment");
  }

  /** Returns the descriptions of films; nothing is requested before the first film. */
  FilmDescriptions open(LongSupplier nowMs) {
    if (!on) {
      return OembedDescriptions.ofFilesAlone();
    }
    return endpoint == null
        ? OembedDescriptions.ofProviders(nowMs)
        : OembedDescriptions.by(endpoint, nowMs);
  }
}
