package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Trim;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.ProcessorTime;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.RequestDecoder;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Feeds every parser that runs on a network thread with its worst kind of input in growing sizes.
 *
 * <p>Ten times the input may cost ten times the work, never a hundred times. The test compares the
 * processor time of this thread between sizes, never with a fixed duration.
 */
final class LinearParsersTest {
  private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};
  // Between linear (10) and quadratic (100) growth.
  private static final int GROWTH_MAX = 40;
  // Below it, fetching new memory for an input of megabytes dominates. A quadratic parser of the
  // largest input takes minutes.
  private static final long NANOS_MIN = 1_000_000;

  private static final InetSocketAddress PROXY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final AssetResponses ASSETS =
      new AssetResponses(Assets.load(), new OwnOrigins(List.of("127.0.0.0/8"), null));
  private static final DirectoryRoute DIRECTORY =
      DirectoryRoute.of((_, _) -> CompletableFuture.completedFuture(new byte[0]));
  private static final ClientAddresses ADDRESSES =
      new ClientAddresses(List.of("127.0.0.0/8", "10.0.0.0/8"));
  private static final RequestDecoder DECODER = new RequestDecoder(1_000);

  private static Consumer<String> asset(String path, String header) {
    return value -> {
      var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
      request.headers().set(header, value);
      ASSETS.respond(path, request, PROXY).release();
    };
  }

  private static void page(String path) {
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    ASSETS.respond(HttpRoutes.pathOf(path), request, PROXY).release();
  }

  private static Consumer<String> forwarded(String name) {
    return value -> {
      var headers = new DefaultHttpHeaders();
      headers.add(name, value);
      ADDRESSES.of(PROXY, headers);
    };
  }

  private static Consumer<String> host(String name) {
    var origins = new OwnOrigins(List.of("127.0.0.0/8"), null);
    return value -> {
      var headers = new DefaultHttpHeaders();
      headers.add(name, value);
      origins.isOwn("https://watch.example.com", PROXY, headers);
    };
  }

  private static Consumer<String> field(ClientEvent event, String field) {
    return field(event, field, NamePolicy.BASE);
  }

  private static Consumer<String> field(ClientEvent event, String field, NamePolicy names) {
    return value ->
        DECODER.decode(
            event,
            JsonNodeFactory.instance.objectNode().put("roomId", "ABC123").put(field, value),
            names);
  }

  private static Consumer<String> anyName() {
    return field(ClientEvent.CREATE_ROOM, "hostName", NamePolicy.UNICODE);
  }

  private static Arguments parser(String name, Consumer<String> parse, IntFunction<String> worst) {
    return Arguments.of(name, parse, worst);
  }

  private static String spaces(int n) {
    return " ".repeat(n);
  }

  static Stream<Arguments> parsers() {
    return Stream.of(
        parser(
            "Accept-Encoding through the file server",
            asset("/assets/app-123.js", "Accept-Encoding"),
            n -> "x" + spaces(n) + "y"),
        parser("Accept-Encoding, spaces", LinearParsersTest::encodings, n -> "x" + spaces(n) + "y"),
        parser("Accept-Encoding, items", LinearParsersTest::encodings, ","::repeat),
        parser("Accept-Encoding, weights", LinearParsersTest::encodings, "br;"::repeat),
        parser(
            "Accept-Encoding, zeros", LinearParsersTest::encodings, n -> "br;q=0." + "0".repeat(n)),
        parser(
            "Accept-Encoding, spaced weight",
            LinearParsersTest::encodings,
            n -> "br" + spaces(n) + ";" + spaces(n) + "q" + spaces(n) + "=" + spaces(n) + "0x"),
        parser(
            "If-None-Match through the file server",
            asset("/assets/app-123.js", "If-None-Match"),
            "\"x\","::repeat),
        parser("If-None-Match, tags", list -> EntityTags.match(list, "\"abc\""), "\"x\","::repeat),
        parser("If-None-Match, open", list -> EntityTags.match(list, "\"abc\""), "W/\""::repeat),
        parser("If-None-Match, commas", list -> EntityTags.match(list, "\"abc\""), ", "::repeat),
        parser(
            "Range through the file server", asset("/media/sample.mp4", "Range"), n -> ranges(n)),
        parser("Range, ranges", range -> ByteRange.of(range, 1_000), LinearParsersTest::ranges),
        parser("Range, digits", range -> ByteRange.of(range, 1_000), n -> "bytes=" + "9".repeat(n)),
        parser("Range, spaces", range -> ByteRange.of(range, 1_000), n -> spaces(n) + "bytes"),
        parser("If-Range", asset("/media/sample.mp4", "If-Range"), "\"x\","::repeat),
        parser("Accept of a page", asset("/no/page", "Accept"), "text/htm,"::repeat),
        parser("Accept of metrics", Metrics::contentType, "application/openmetrics-tex,"::repeat),
        parser("path, slashes", LinearParsersTest::page, "/"::repeat),
        parser("path, room", LinearParsersTest::page, n -> "/room/" + "x".repeat(n) + "/"),
        parser("path, query", LinearParsersTest::page, n -> "/create" + "?".repeat(n)),
        parser("query of the directory", LinearParsersTest::directory, "limit=%31&"::repeat),
        parser("X-Forwarded-For, items", forwarded("X-Forwarded-For"), "10.0.0.1,"::repeat),
        parser("X-Forwarded-For, commas", forwarded("X-Forwarded-For"), ","::repeat),
        parser("X-Forwarded-For, one item", forwarded("X-Forwarded-For"), "1"::repeat),
        parser("X-Forwarded-For, colons", forwarded("X-Forwarded-For"), ":"::repeat),
        parser("Forwarded, elements", forwarded("Forwarded"), "for=10.0.0.1,"::repeat),
        parser("Forwarded, parameters", forwarded("Forwarded"), "for;"::repeat),
        parser("Forwarded, quotes", forwarded("Forwarded"), "\"\\"::repeat),
        parser("X-Forwarded-Host", host("X-Forwarded-Host"), "a.example:8,"::repeat),
        parser("X-Forwarded-Proto", host("X-Forwarded-Proto"), "https,"::repeat),
        parser("X-Forwarded-Port", host("X-Forwarded-Port"), "8,"::repeat),
        parser("host of Forwarded", host("Forwarded"), "host=\";"::repeat),
        parser("Host", host("Host"), ":"::repeat),
        parser("Origin", WebOrigin::of, n -> "http://" + ":".repeat(n)),
        parser("node", ForwardedNode::address, n -> "[" + ":".repeat(n) + "]:1"),
        parser("element", text -> ForwardedElement.parameter(text, "for"), "a=\";"::repeat),
        parser("name, spaces", field(ClientEvent.CREATE_ROOM, "hostName"), n -> spaces(n) + "y"),
        parser("name, letters", field(ClientEvent.CREATE_ROOM, "hostName"), "ab "::repeat),
        parser("name in any script, spaces", anyName(), n -> "\u3000".repeat(n) + "y"),
        parser("name in any script, marks", anyName(), n -> "a" + "\u0315\u0300".repeat(n)),
        parser("room id", field(ClientEvent.JOIN_ROOM, "roomId"), "A"::repeat),
        parser("host token", field(ClientEvent.JOIN_ROOM, "hostToken"), "0000-"::repeat),
        parser("user id", field(ClientEvent.PROMOTE_HOST, "userId"), "f"::repeat),
        parser("message", field(ClientEvent.SEND_MESSAGE, "message"), n -> "x" + spaces(n) + "y"),
        parser("trim", Trim::both, n -> "\u00a0".repeat(n) + "x" + "\ufeff".repeat(n)),
        parser("link, length", Media::parse, n -> "http://h/" + "%".repeat(n) + ".mp4"),
        parser("link, spaces", Media::parse, n -> spaces(n) + "x" + spaces(n)),
        parser(
            "link of an event",
            field(ClientEvent.SET_VIDEO, "videoUrl"),
            n -> "https://youtube.com/watch?" + "v&".repeat(n)));
  }

  private static void directory(String query) {
    DIRECTORY.answer("/api/rooms?" + query).join().release();
  }

  private static void encodings(String header) {
    AcceptEncoding.accepts(header, "br");
  }

  private static String ranges(int n) {
    return "bytes=" + "0-0,".repeat(n);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parsers")
  void TR11_parser_is_no_worse_than_linear(
      String name, Consumer<String> parse, IntFunction<String> worst) {
    for (int i = 0; i < 200; i++) {
      parse.accept(worst.apply(100)); // warm
    }
    long before = nanos(parse, worst.apply(SIZES[0]));
    for (int step = 1; step < SIZES.length; step++) {
      long now = nanos(parse, worst.apply(SIZES[step]));
      assertThat(now / (double) before)
          .as("%s: growth from %d to %d", name, SIZES[step - 1], SIZES[step])
          .isLessThan(GROWTH_MAX);
      before = now;
    }
  }

  private static long nanos(Consumer<String> parse, String input) {
    return ProcessorTime.leastNanos(() -> parse.accept(input), NANOS_MIN);
  }
}
