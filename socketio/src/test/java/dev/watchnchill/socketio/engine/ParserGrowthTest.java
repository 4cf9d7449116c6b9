package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.CorsPolicy;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No parser of a request grows faster than its input: sixteen times the input costs about sixteen
 * times as much, where a quadratic parser would take 256 times as much.
 */
class ParserGrowthTest {
  private static final int SMALL = 1 << 15;
  private static final int FACTOR = 16;
  private static final int RUNS = 7;
  private static final double QUADRATIC = FACTOR * FACTOR;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
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

  /** A parser that is given one header of this value. */
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

  /** What stands around a long run of blanks: the worst kind for an expression that backtracks. */
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
        text("binary of line breaks", size -> "b" + "\r\n".repeat(size / 2), Payloads::binary),
        text("binary", size -> "b" + "AAAA".repeat(size / 4), Payloads::binary),
        header("Connection", "commas", repeat(","), WsHandshake::isRequested),
        header("Upgrade", "blanks", ParserGrowthTest::blanks, WsHandshake::isRequested),
        header(
            "Upgrade",
            "commas and blanks",
            size -> ", ".repeat(size / 2) + "x",
            WsHandshake::isRequested),
        header("Origin", "letters", repeat("A"), h -> Cors.responseHeaders(CORS, h)),
        header(
            "Origin", "slashes", size -> "http://" + "/".repeat(size), ParserGrowthTest::upgrade),
        header(
            "Origin", "colons", size -> "http://" + ":80".repeat(size), ParserGrowthTest::upgrade),
        header("Cookie", "semicolons", repeat(";"), CompactHeaders::copyOf),
        header(
            "Access-Control-Request-Headers",
            "commas",
            repeat(","),
            h -> Cors.addPreflight(new DefaultHttpHeaders(), h)),
        new Parser("Host of letters", size -> host("a".repeat(size))),
        new Parser("many headers", ParserGrowthTest::manyHeaders),
        text("Sec-WebSocket-Key", repeat("A"), ParserGrowthTest::key));
  }

  private static void split(String body) {
    Payloads.split(Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void upgrade(HttpHeaders headers) {
    assertThat(Cors.mayUpgrade(CORS, headers)).isFalse();
  }

  private static void key(String key) {
    assertThat(WsHandshake.isKey(key)).isFalse();
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
      assertThat(WsHandshake.isRequested(headers)).isFalse();
    };
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void RL16_cost_of_a_parser_grows_as_its_input_does(Parser parser) {
    double small = cost(parser.withInputOf().apply(SMALL));
    double large = cost(parser.withInputOf().apply(SMALL * FACTOR));
    // Below a tenth of a millisecond there is nothing to compare: it did not even look at it all.
    assertThat(large / Math.max(small, 100_000)).as(parser.name()).isLessThan(QUADRATIC / 3);
  }

  /** Processor time of this thread, so that other work on the machine does not count. */
  private static double cost(Runnable parse) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      parse.run();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  /** The measure itself must see a quadratic parser. */
  @org.junit.jupiter.api.Test
  void RL16_quadratic_parser_would_be_noticed() {
    var quadratic =
        text(
            "quadratic",
            size -> "x" + " ".repeat(size / 16) + "y",
            value -> List.of(value.split(" +z", -1)));
    double small = cost(quadratic.withInputOf().apply(SMALL));
    double large = cost(quadratic.withInputOf().apply(SMALL * FACTOR));
    assertThat(large / Math.max(small, 100_000)).isGreaterThan(QUADRATIC / 3);
  }
}
