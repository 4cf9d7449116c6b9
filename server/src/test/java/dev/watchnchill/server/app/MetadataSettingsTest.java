package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.title.OembedReplies;
import dev.watchnchill.server.title.OembedStandIn;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataSettingsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Config.CommandLineOptions LOOPBACK =
      new Config.CommandLineOptions("127.0.0.1", 0, false, "", "");

  private static MetadataSettings from(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Config.from(environment, LOOPBACK).metadata();
  }

  @Test
  void MD11_metadata_is_on_by_default() {
    assertThat(from()).isEqualTo(new MetadataSettings(true, null));
    assertThat(from("METADATA", "off")).isEqualTo(new MetadataSettings(false, null));
    assertThat(from("METADATA_ENDPOINT", " https://oembed.example:8443/all?key=1 "))
        .isEqualTo(new MetadataSettings(true, URI.create("https://oembed.example:8443/all?key=1")));
    assertThatThrownBy(() -> from("METADATA", "yes")).hasMessageContaining("METADATA");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oembed.example",
        "/oembed",
        "ftp://oembed.example/s3cret",
        "file:///etc/s3cret",
        "https://ann:s3cret@oembed.example/",
        "https://oembed.example/#s3cret",
        "https://oembed.example:65536/s3cret",
        "https:///s3cret",
        "https:s3cret",
        "https://oembed.example/a s3cret"
      })
  void MD11_endpoint_that_is_no_web_address_is_rejected_in_one_line(String text) {
    assertThatThrownBy(() -> from("METADATA_ENDPOINT", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("METADATA_ENDPOINT must be ")
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }

  private static FilmDescription describedBy(Map<String, String> environment) throws Exception {
    try (var server = new Wiring(Config.from(environment, LOOPBACK))) {
      assertThat(server.start()).isPositive();
      CompletableFuture<FilmDescription> description =
          server
              .filmDescriptions()
              .describe(Media.parse("https://youtu.be/aqz-KE-bpKQ").orElseThrow());
      assertThat(description).succeedsWithin(SOON);
      return description.resultNow();
    }
  }

  @Test
  void MD11_server_asks_the_endpoint_of_its_operator_or_nobody() throws Exception {
    try (OembedStandIn endpoint = OembedStandIn.start()) {
      endpoint.answersAll(
          OembedReplies.json(OembedReplies.youtube("aqz-KE-bpKQ", "Big Buck Bunny")));
      String address = endpoint.endpoint().toString();
      assertThat(describedBy(Map.of("METADATA_ENDPOINT", address, "METADATA", "off")))
          .isEqualTo(FilmDescription.EMPTY);
      assertThat(endpoint.requests()).isEmpty();
      assertThat(describedBy(Map.of("METADATA_ENDPOINT", address)).title())
          .isEqualTo("Big Buck Bunny");
      assertThat(endpoint.requests()).hasSize(1);
    }
  }
}
