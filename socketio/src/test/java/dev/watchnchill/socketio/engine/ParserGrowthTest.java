package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.http.CompactHeaders;
import dev.watchnchill.socketio.http.CorsHeaders;
import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.http.HostHeader;
import dev.watchnchill.socketio.http.RequestTarget;
import dev.watchnchill.socketio.support.ParserCost;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Growth of the cost of every parser of a request, with inputs that are hard for each of them. */
class ParserGrowthTest {
  private static final CorsPolicy CORS = CorsPolicy.of(Set.of("https://app.example"), true);

  record Parser(String name, IntFunction<Runnable> withInputOf) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Parser text(String name, IntFunction<String> input, Consumer<String> parser) {
    return new Parser(
        name,
        size -> {
          String value = input.apply(size);
          return () -> parser.accept(value);
        });
  }

  /** Returns a parser of one header, whose value has a name. */
  private static Parser header(
      String header, String value, IntFunction<String> input, Consumer<HttpHeaders> parser) {
    return new Parser(
        header + " of " + value,
        size -> {
          var headers = new DefaultHttpHeaders().add(header, input.apply(size));
          headers.add("Host", "x");
          return () -> parser.accept(headers);
        });
  }

  private static IntFunction<String> repeat(String unit) {
    return size -> unit.repeat(size / unit.length());
  }

  /**
   * Returns a long run of blanks between two letters, which is hard for backtracking expressions.
   */
  private static String blanks(int size) {
    return "x" + " ".repeat(size) + "y";
  }

  static Stream<Parser> parsers() {
    return Stream.of(
        text("path of letters", repeat("a"), RequestTarget::path),
        text("path of slashes", repeat("/"), RequestTarget::path),
        text("absolute target", size -> "http://" + "a".repeat(size), RequestTarget::path),
        text("query of ampersands", size -> "/?" + "&".repeat(size), RequestTarget::query),
        text("query of equals signs", size -> "/?" + "=".repeat(size), RequestTarget::query),
        text("query of escapes", size -> "/?a=" + repeat("%41").apply(size), RequestTarget::query),
        text("query of pluses", size -> "/?a=" + "+".repeat(size), RequestTarget::query),
        text(
            "query of parameters", size -> "/?" + repeat("a=b&").apply(size), RequestTarget::query),
        text("payload of separators", repeat("\u001e"), ParserGrowthTest::split),
        text("payload of packets", repeat("4ab\u001e"), ParserGrowthTest::split),
        text("payload of one packet", repeat("a"), ParserGrowthTest::split),
        text("payload of wide characters", repeat("é"), ParserGrowthTest::split),
        text(
            "binary of line breaks", size -> "b" + "\r\n".repeat(size / 2), PollingPayload::binary),
        text("binary", size -> "b" + "AAAA".repeat(size / 4), PollingPayload::binary),
        header("Connection", "commas", repeat(","), WebSocketHandshake::isRequested),
        header("Upgrade", "blanks", ParserGrowthTest::blanks, WebSocketHandshake::isRequested),
        header(
            "Upgrade",
            "commas and blanks",
            size -> ", ".repeat(size / 2) + "x",
            WebSocketHandshake::isRequested),
        header("Origin", "letters", repeat("A"), h -> CorsHeaders.responseHeaders(CORS, h)),
        header(
            "Origin", "slashes", size -> "http://" + "/".repeat(size), ParserGrowthTest::upgrade),
        header(
            "Origin", "colons", size -> "http://" + ":80".repeat(size), ParserGrowthTest::upgrade),
        header("Cookie", "semicolons", repeat(";"), CompactHeaders::copyOf),
        header(
            "Access-Control-Request-Headers",
            "commas",
            repeat(","),
            h -> CorsHeaders.addPreflight(new DefaultHttpHeaders(), h)),
        new Parser("Host of letters", size -> host("a".repeat(size))),
        new Parser("many headers", ParserGrowthTest::manyHeaders),
        text("Sec-WebSocket-Key", repeat("A"), ParserGrowthTest::key));
  }

  private static void split(String body) {
    PollingPayload.split(Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void upgrade(HttpHeaders headers) {
    assertThat(CorsHeaders.mayUpgrade(CORS, headers)).isFalse();
  }

  private static void key(String key) {
    assertThat(WebSocketHandshake.isKey(key)).isFalse();
    assertThat(Base64.getDecoder().decode("AAAA")).isNotEmpty();
  }

  private static Runnable host(String value) {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.headers().set("Host", value);
    return () -> assertThat(HostHeader.isValid(request)).isTrue();
  }

  private static Runnable manyHeaders(int size) {
    var headers = new DefaultHttpHeaders();
    for (int i = 0; i < size / 8; i++) {
      headers.add("x" + i, "1");
    }
    return () -> {
      assertThat(CompactHeaders.copyOf(headers).isEmpty()).isFalse();
      assertThat(WebSocketHandshake.isRequested(headers)).isFalse();
    };
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void RL16_cost_of_a_parser_grows_as_its_input_does(Parser parser) {
    ParserCost.assertLinear(parser.name(), parser.withInputOf(), Runnable::run);
  }

  @Test
  void RL16_quadratic_parser_would_be_noticed() {
    IntFunction<String> blanks = size -> "x" + " ".repeat(size / 40) + "y";
    assertThat(ParserCost.growth(blanks, value -> List.of(value.split(" +z", -1))))
        .isGreaterThan(ParserCost.LINEAR_GROWTH_MAX);
  }
}
