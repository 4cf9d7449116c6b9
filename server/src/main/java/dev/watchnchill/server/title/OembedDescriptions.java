package dev.watchnchill.server.title;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Describes films of known providers by their oEmbed endpoints, and files by their names (rules
 * MD11 to MD13).
 */
public final class OembedDescriptions implements FilmDescriptions {
  private final OembedClient client;
  private final Map<OembedProvider, OembedEndpoint> endpoints = new EnumMap<>(OembedProvider.class);
  private final DescriptionCache cache;

  private OembedDescriptions(
      Function<OembedProvider, URI> addresses, Duration deadline, LongSupplier nowMs) {
    client = new OembedClient(addresses, deadline);
    var byAddress = new HashMap<URI, OembedEndpoint>();
    for (OembedProvider provider : OembedProvider.values()) {
      endpoints.put(
          provider,
          byAddress.computeIfAbsent(
              addresses.apply(provider),
              address -> new OembedEndpoint(address.getHost(), client::ask, nowMs)));
    }
    cache = new DescriptionCache(this::ask, nowMs);
  }

  /** Returns descriptions by the endpoints of the providers. */
  public static OembedDescriptions ofProviders(LongSupplier nowMs) {
    return new OembedDescriptions(OembedProvider::endpoint, OembedClient.DEADLINE, nowMs);
  }

  /** Returns descriptions by one endpoint, which the operator has chosen, for all providers. */
  public static OembedDescriptions by(URI endpoint, LongSupplier nowMs) {
    return by(endpoint, OembedClient.DEADLINE, nowMs);
  }

  static OembedDescriptions by(URI endpoint, Duration deadline, LongSupplier nowMs) {
    return new OembedDescriptions(_ -> endpoint, deadline, nowMs);
  }

  /** Returns descriptions by the names of files, without any request. */
  public static FilmDescriptions ofFilesAlone() {
    return film -> CompletableFuture.completedFuture(FileTitle.describe(film));
  }

  @Override
  public CompletableFuture<FilmDescription> describe(Media film) {
    return OembedVideo.of(film)
        .map(cache::get)
        .orElseGet(() -> CompletableFuture.completedFuture(FileTitle.describe(film)));
  }

  private CompletableFuture<OembedAnswer> ask(OembedVideo video) {
    return Objects.requireNonNull(endpoints.get(video.provider())).ask(video);
  }

  @Override
  public void close() {
    client.close();
  }
}
