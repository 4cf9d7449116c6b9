package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The two headers by which proxies name a client, together and apart. */
final class ForwardedHeaderTest {
  private static final List<String> PROXIES = List.of("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/64");
  private static final InetSocketAddress PROXY =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711);

  private static HttpHeaders headers(String... namesAndValues) {
    var headers = new DefaultHttpHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  private static String client(ForwardingHeader header, HttpHeaders headers) {
    var addresses = new ClientAddresses(PROXIES, header);
    InetAddress certain = addresses.certain(PROXY, headers);
    String counted = addresses.of(PROXY, headers);
    assertThat(certain == null ? counted : certain.getHostAddress()).isEqualTo(counted);
    return counted + (certain == null ? "?" : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=203.0.113.21|203.0.113.21",
        "For=203.0.113.21|203.0.113.21",
        "for=\"[2001:db8:1::1]:4711\";proto=https|2001:db8:1:0:0:0:0:1",
        "proto=https;for=203.0.113.21;by=10.0.0.1|203.0.113.21",
        "for=6.6.6.6, for=203.0.113.21|203.0.113.21",
        "for=203.0.113.21, for=10.0.0.2|203.0.113.21",
        "for=203.0.113.21,,for=\"[2001:db8::5]\"|203.0.113.21",
        "for=6.6.6.6, for=\"203.0.113.21:80\" ; host=\"a,b;c\"|203.0.113.21",
        // A quote that a client leaves open takes nothing of what the proxy appends.
        "for=\"6.6.6.6, for=203.0.113.21|203.0.113.21",
        "for=6.6.6.6;a=\", for=\"[2001:db8:1::1]:4711\"|2001:db8:1:0:0:0:0:1",
        "for=unknown|127.0.0.1?",
        "for=_hidden|127.0.0.1?",
        "for=6.6.6.6, for=unknown|127.0.0.1?",
        "for=6.6.6.6, for=_hidden, for=10.0.0.2|10.0.0.2?",
        "for=6.6.6.6, proto=https|127.0.0.1?",
        "for=6.6.6.6;for=203.0.113.21|127.0.0.1?",
        "203.0.113.21|127.0.0.1?",
        "for=visitor.example|127.0.0.1?",
        "''|127.0.0.1?"
      })
  void TR13_forwarded_is_read_from_the_right(String forwarded, String client) {
    HttpHeaders one = headers("Forwarded", forwarded);
    assertThat(client(ForwardingHeader.EITHER, one)).isEqualTo(client);
    assertThat(client(ForwardingHeader.FORWARDED, one)).isEqualTo(client);
    assertThat(client(ForwardingHeader.X_FORWARDED_FOR, one)).isEqualTo("127.0.0.1");
  }

  @Test
  void TR13_lines_of_one_header_are_one_list() {
    HttpHeaders lines =
        headers("Forwarded", "for=6.6.6.6", "Forwarded", "for=203.0.113.21", "Forwarded", "");
    assertThat(client(ForwardingHeader.EITHER, lines)).isEqualTo("127.0.0.1?");
    HttpHeaders two =
        headers("Forwarded", "for=6.6.6.6", "Forwarded", "for=203.0.113.21, for=10.0.0.2");
    assertThat(client(ForwardingHeader.EITHER, two)).isEqualTo("203.0.113.21");
  }

  @Test
  void TR13_client_cannot_spoof_by_the_header_that_its_proxy_does_not_write() {
    String real = "203.0.113.21";
    // A proxy of X-Forwarded-For alone, and one of Forwarded alone.
    HttpHeaders first = headers("X-Forwarded-For", real, "Forwarded", "for=6.6.6.6");
    HttpHeaders second = headers("Forwarded", "for=" + real, "X-Forwarded-For", "6.6.6.6");
    assertThat(client(ForwardingHeader.EITHER, first)).isEqualTo("127.0.0.1?");
    assertThat(client(ForwardingHeader.EITHER, second)).isEqualTo("127.0.0.1?");
    assertThat(client(ForwardingHeader.X_FORWARDED_FOR, first)).isEqualTo(real);
    assertThat(client(ForwardingHeader.FORWARDED, second)).isEqualTo(real);
    HttpHeaders both = headers("Forwarded", "for=\"203.0.113.21:9\"", "X-Forwarded-For", real);
    assertThat(client(ForwardingHeader.EITHER, both)).isEqualTo(real);
    HttpHeaders nonsense = headers("X-Forwarded-For", real, "Forwarded", "for=\"");
    assertThat(client(ForwardingHeader.EITHER, nonsense)).isEqualTo("127.0.0.1?");
  }

  @Test
  void TR12_list_of_trusted_proxies_that_does_not_end_is_read_to_a_bound() {
    HttpHeaders endless = headers("X-Forwarded-For", "6.6.6.6" + ",10.0.0.1".repeat(100_000));
    assertThat(client(ForwardingHeader.EITHER, endless)).isEqualTo("10.0.0.1?");
    HttpHeaders empty = headers("X-Forwarded-For", "6.6.6.6" + ",".repeat(100) + "10.0.0.1");
    assertThat(client(ForwardingHeader.EITHER, empty)).isEqualTo("10.0.0.1?");
    HttpHeaders behind = headers("X-Forwarded-For", "6.6.6.6,".repeat(100_000) + "203.0.113.21");
    assertThat(client(ForwardingHeader.EITHER, behind)).isEqualTo("203.0.113.21");
  }

  @Test
  void TR12_header_that_cannot_be_read_is_warned_of_once_and_harmlessly() {
    var logger = (Logger) LoggerFactory.getLogger(ForwardingWarnings.class);
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    logger.addAppender(appender);
    try {
      var addresses = new ClientAddresses(PROXIES);
      for (int i = 0; i < 100; i++) {
        String hostile = "203.0.113.21, un\nknown\u001b[31m" + "x".repeat(500) + i;
        HttpHeaders unchecked =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        unchecked.add("X-Forwarded-For", hostile);
        addresses.of(PROXY, unchecked);
        addresses.of(PROXY, headers("X-Forwarded-For", "1.1.1.1", "Forwarded", "for=2.2.2.2"));
      }
      List<String> lines = appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst())
          .contains("127.0.0.1", "X-Forwarded-For", "un?known?[31mxxx")
          .doesNotContain("\n", "\u001b")
          .hasSizeLessThan(300);
      assertThat(lines.getLast()).contains("FORWARDING_HEADER");
    } finally {
      logger.detachAppender(appender);
    }
  }

  @Test
  void TR13_setting_is_checked() {
    assertThat(ForwardingHeader.of("Forwarded")).isEqualTo(ForwardingHeader.FORWARDED);
    assertThat(ForwardingHeader.of("X-Forwarded-For")).isEqualTo(ForwardingHeader.X_FORWARDED_FOR);
    assertThatThrownBy(() -> ForwardingHeader.of("x-real-ip"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x-real-ip");
  }
}
