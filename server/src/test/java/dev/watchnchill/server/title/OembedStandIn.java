package dev.watchnchill.server.title;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.watchnchill.party.link.QueryParameters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for the oEmbed endpoints of YouTube, Vimeo and Dailymotion, on a free port of the
 * loopback. Its answers are modelled on those that the providers document and give: see {@link
 * OembedReplies}. A page without an answer is unknown (404). It also stands in for a user's own
 * host, of which the tests assert that nobody asks it.
 */
public final class OembedStandIn implements AutoCloseable {
  /** Sends an answer to a request. */
  public interface Reply {
    void send(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final AtomicInteger aborted = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Reply otherwise = OembedReplies.status(404, "Not Found");

  private OembedStandIn(HttpServer server) {
    this.server = server;
  }

  /** Starts one. */
  public static OembedStandIn start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var standIn = new OembedStandIn(server);
      server.setExecutor(standIn.threads);
      server.createContext("/", standIn::handle);
      server.start();
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    requests.add(exchange.getRequestMethod() + " " + uri);
    String page = QueryParameters.first(uri.getRawQuery(), "url");
    try (exchange) {
      (page == null ? otherwise : replies.getOrDefault(page, otherwise)).send(exchange);
    } catch (IOException _) {
      aborted.incrementAndGet();
    }
  }

  /** The address of its endpoint. */
  public URI endpoint() {
    return URI.create(origin() + "/oembed");
  }

  /** Its scheme, host and port. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a page in that way from now on. */
  public void answers(String page, Reply reply) {
    replies.put(page, reply);
  }

  /** Answers every page without an answer of its own in that way from now on. */
  public void answersAll(Reply reply) {
    otherwise = reply;
  }

  /** Method, path and query of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Answers that the client did not read to their end. */
  int aborted() {
    return aborted.get();
  }

  /** A reply that does not begin before {@link #release}. */
  Reply held(Reply reply) {
    return exchange -> {
      awaitRelease(Long.MAX_VALUE);
      reply.send(exchange);
    };
  }

  /** Lets the held replies go. */
  void release() {
    released.countDown();
  }

  /** A reply of that status and type whose body has no end. */
  Reply endless(int status, String type) {
    return exchange -> {
      OutputStream body = OembedReplies.begin(exchange, status, type, 0);
      body.write("{\"title\":\"".getBytes(StandardCharsets.UTF_8));
      byte[] piece = "x".repeat(8_192).getBytes(StandardCharsets.UTF_8);
      while (released.getCount() > 0) {
        body.write(piece);
        body.flush();
      }
    };
  }

  /** A reply that sends a character every 20 ms and has no end. */
  Reply dripping() {
    return exchange -> {
      OutputStream body = OembedReplies.begin(exchange, 200, "application/json", 0);
      while (!awaitRelease(20)) {
        body.write(' ');
        body.flush();
      }
    };
  }

  private boolean awaitRelease(long ms) {
    try {
      return released.await(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
