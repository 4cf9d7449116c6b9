package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The origin that goes into the policy of the document around a PeerTube player (TR17). */
final class PeertubeFrameTest {
  @ParameterizedTest
  @CsvSource({
    "https://tube.example,https://tube.example",
    "https://Tube.Example:443,https://tube.example",
    "https%3A%2F%2Ftube.example%3A9000,https://tube.example:9000",
    "https://[2001:db8::1]:8443,https://[2001:db8::1]:8443",
  })
  void TR17_instance_is_the_origin_in_its_normal_form(String named, String origin) {
    assertThat(PeertubeFrame.instance("/peertube.html?id=x&origin=" + named, true))
        .contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/peertube.html",
        "/peertube.html?",
        "/peertube.html?origin=",
        "/peertube.html?origin=tube.example",
        "/peertube.html?origin=javascript:alert(1)",
        "/peertube.html?origin=https://tube.example/path",
        "/peertube.html?origin=https://tube.example;sandbox",
        "/peertube.html?origin=https://tube.example%20https:",
        "/peertube.html?origin=https://tube.example%0d%0aX:1",
        "/peertube.html?origin=https://*",
        "/peertube.html?origin='self'",
        "/peertube.html?origin=https://'none'",
        "/peertube.html?origin=https://user@tube.example",
      })
  void TR17_other_addresses_allow_no_frame(String uri) {
    assertThat(PeertubeFrame.instance(uri, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void TR17_instance_without_tls_only_on_pages_without_tls(boolean secure, boolean allowed) {
    assertThat(
            PeertubeFrame.instance("/peertube.html?origin=http://tube.example", secure).isPresent())
        .isEqualTo(allowed);
  }
}
