package dev.watchnchill.server.title;

import java.net.URI;

/** The providers whose oEmbed endpoint the server asks (rule MD11). */
enum OembedProvider {
  YOUTUBE("https://www.youtube.com/oembed"),
  VIMEO("https://vimeo.com/api/oembed.json"),
  DAILYMOTION("https://www.dailymotion.com/services/oembed");

  private final URI endpoint;

  OembedProvider(String endpoint) {
    this.endpoint = URI.create(endpoint);
  }

  URI endpoint() {
    return endpoint;
  }

  /** Returns whether the provider's pictures are on that host (rule MD14). */
  boolean hasPostersOn(String host) {
    return switch (this) {
      case YOUTUBE -> host.equals("i.ytimg.com");
      case VIMEO -> host.equals("i.vimeocdn.com");
      case DAILYMOTION -> host.equals("s1.dmcdn.net") || host.equals("s2.dmcdn.net");
    };
  }
}
