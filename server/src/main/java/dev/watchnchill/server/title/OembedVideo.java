package dev.watchnchill.server.title;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.provider.ProviderVideo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A video that an oEmbed endpoint may know.
 *
 * @param page the address by which the endpoint knows it, built from the video's id alone
 */
record OembedVideo(OembedProvider provider, String page) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Returns the video of a film; empty when no endpoint of the list knows it. */
  static Optional<OembedVideo> of(Media film) {
    return film.providerVideo().flatMap(OembedVideo::known);
  }

  private static Optional<OembedVideo> known(ProviderVideo video) {
    return switch (video) {
      case ProviderVideo.Youtube youtube ->
          of(OembedProvider.YOUTUBE, "https://www.youtube.com/watch?v=", youtube.id());
      case ProviderVideo.Vimeo vimeo -> vimeo(vimeo.id(), vimeo.hash());
      case ProviderVideo.Dailymotion dailymotion ->
          of(OembedProvider.DAILYMOTION, "https://www.dailymotion.com/video/", dailymotion.id());
      // Twitch has no endpoint; that of PeerTube is on a host that a user named.
      case ProviderVideo.Twitch _, ProviderVideo.Peertube _ -> Optional.empty();
    };
  }

  /**
   * @param hash makes an unlisted video known; null for a public one
   */
  private static Optional<OembedVideo> vimeo(String id, @Nullable String hash) {
    Optional<OembedVideo> listed = of(OembedProvider.VIMEO, "https://vimeo.com/", id);
    return hash == null
        ? listed
        : listed.flatMap(video -> of(OembedProvider.VIMEO, video.page() + "/", hash));
  }

  private static Optional<OembedVideo> of(OembedProvider provider, String before, String id) {
    return ID.matcher(id).matches()
        ? Optional.of(new OembedVideo(provider, before + id))
        : Optional.empty();
  }

  /** Returns the address of the request to an endpoint. */
  URI requestTo(URI endpoint) {
    return URI.create(
        endpoint
            + (endpoint.getRawQuery() == null ? "?" : "&")
            + "url="
            + URLEncoder.encode(page, StandardCharsets.UTF_8)
            + "&format=json");
  }
}
