package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which pages are the server's own although Host does not say so. */
final class OwnOriginsTest {
  private static final List<String> PROXIES = List.of("127.0.0.0/8");
  private static final InetSocketAddress PROXY = peer("127.0.0.1");
  private static final InetSocketAddress STRANGER = peer("203.0.113.9");

  private static InetSocketAddress peer(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
  }

  /** Headers from {@code Name: value} lines that are separated by {@code |}. */
  private static HttpHeaders headers(String lines) {
    var headers = new DefaultHttpHeaders();
    for (String line : lines.split("\\|", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static OwnOrigins origins(@Nullable String publicUrl) {
    return new OwnOrigins(PROXIES, publicUrl == null ? null : PublicUrl.of(publicUrl));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "https://watch.example;X-Forwarded-Host: watch.example",
        "https://watch.example;X-Forwarded-Host: watch.example:443",
        "https://watch.example;X-Forwarded-Host: WATCH.example | X-Forwarded-Proto: https",
        "https://watch.example;X-Forwarded-Host: watch.example | X-Forwarded-Proto: wss",
        "https://watch.example;X-Forwarded-Host: watch.example, inner.lan",
        "https://watch.example;X-Forwarded-Host: watch.example | X-Forwarded-Proto: https, http",
        "https://watch.example:8443;X-Forwarded-Host: watch.example:8443",
        "https://watch.example:8443;X-Forwarded-Host: watch.example | X-Forwarded-Port: 8443",
        "https://watch.example:8443;Host: watch.example | X-Forwarded-Port: 8443",
        "http://my_nas.lan:3311;Host: my_nas.lan | X-Forwarded-Port: 3311",
        "https://[2001:db8::1]:8443;X-Forwarded-Host: [2001:db8::1]:8443",
        "'https://watch.example:8443';'Forwarded: for=1.2.3.4\\;host=\"watch.example:8443\"'",
        "'https://watch.example';'Forwarded: for=1.2.3.4\\;host=watch.example\\;proto=https'"
      })
  void TR14_host_reported_by_a_trusted_proxy_is_an_own_origin(String origin, String lines) {
    HttpHeaders headers = headers(lines.replace("\\;", ";"));
    assertThat(origins(null).isOwn(origin, PROXY, headers)).isTrue();
    assertThat(origins(null).isOwn(origin, STRANGER, headers)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "https://evil.example;X-Forwarded-Host: watch.example",
        "https://watch.example.evil.example;X-Forwarded-Host: watch.example",
        "https://watch.example;X-Forwarded-Host: watch.example:8443",
        "https://watch.example:8443;X-Forwarded-Host: watch.example",
        "http://watch.example;X-Forwarded-Host: watch.example | X-Forwarded-Proto: https",
        "https://watch.example;Host: watch.example:3000",
        "https://watch.example:8443;Host: watch.example | X-Forwarded-Port: x",
        "https://watch.example:8443;X-Forwarded-Port: 8443",
        "null;X-Forwarded-Host: null",
        "file://watch.example;X-Forwarded-Host: watch.example",
        "https://a@watch.example;X-Forwarded-Host: a@watch.example",
        "https://;X-Forwarded-Host: x"
      })
  void TR14_any_other_page_is_not(String origin, String lines) {
    assertThat(origins(null).isOwn(origin, PROXY, headers(lines))).isFalse();
  }

  @Test
  void TR14_public_url_is_own_whatever_the_headers_say() {
    OwnOrigins origins = origins("https://watch.example:8443/party/");
    assertThat(origins.isOwn("https://watch.example:8443", STRANGER, headers(""))).isTrue();
    assertThat(origins.isOwn("https://WATCH.example:8443", STRANGER, headers("Host: x"))).isTrue();
    assertThat(origins.isOwn("https://watch.example", STRANGER, headers(""))).isFalse();
    assertThat(origins.isOwn("http://watch.example:8443", STRANGER, headers(""))).isFalse();
    assertThat(PublicUrl.of("https://watch.example:443/").origin())
        .isEqualTo(WebOrigin.of("https://watch.example"));
    assertThat(PublicUrl.of("https://example.com/party/").path()).isEqualTo(new BasePath("/party"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"watch.example", "ftp://watch.example", "https://", "https://a b", "https://x:0"})
  void TR14_malformed_public_url_is_rejected_at_start(String text) {
    assertThatThrownBy(() -> PublicUrl.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void TR14_rejected_origin_is_logged_once_for_a_bounded_number_of_origins() {
    var logger = (Logger) LoggerFactory.getLogger(RefusedOrigins.class);
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    logger.addAppender(appender);
    try {
      OwnOrigins origins = origins(null);
      for (int i = 0; i < 1_000; i++) {
        origins.isOwn("https://watch.example:8443", PROXY, headers("Host: watch.example"));
        origins.isOwn("https://evil" + i + ".example", STRANGER, headers(""));
        origins.isOwn("https://" + "x".repeat(i * 10), STRANGER, headers(""));
        origins.isOwn("nonsense\u001b" + i, STRANGER, headers(""));
      }
      assertThat(appender.list).hasSize(RefusedOrigins.ORIGINS_MAX);
      assertThat(appender.list.getFirst().getFormattedMessage())
          .contains(
              "PUBLIC_URL=https://watch.example:8443", "ALLOWED_ORIGINS", "\"watch.example\"");
    } finally {
      logger.detachAppender(appender);
    }
  }

  @Test
  void TR17_page_is_secure_by_its_proxy_or_its_address() {
    HttpHeaders tls = headers("Host: x | X-Forwarded-Proto: https, http");
    assertThat(origins(null).isSecure(PROXY, tls)).isTrue();
    assertThat(origins(null).isSecure(STRANGER, tls)).isFalse();
    assertThat(origins(null).isSecure(PROXY, headers("X-Forwarded-Proto: http"))).isFalse();
    OwnOrigins known = origins("https://watch.example:8443");
    assertThat(known.isSecure(STRANGER, headers("Host: watch.example"))).isTrue();
    assertThat(known.isSecure(STRANGER, headers("Host: 192.0.2.1:3000"))).isFalse();
    assertThat(known.isSecure(PROXY, headers("Host: watch.example|X-Forwarded-Proto: http")))
        .isFalse();
  }
}
