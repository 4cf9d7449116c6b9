package dev.watchnchill.server.title;

import dev.watchnchill.server.title.OembedAnswer.Described;
import dev.watchnchill.server.title.OembedAnswer.Failed;
import dev.watchnchill.server.title.OembedAnswer.Missing;
import dev.watchnchill.server.title.OembedAnswer.NotAsked;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one request to an oEmbed endpoint, bounded in time, size and type (rule MD15). Requests
 * wait on virtual threads of their own; the first one starts the HTTP client, so that a server that
 * makes none does not pay for it.
 */
final class OembedClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OembedClient.class);

  /** The time of a request, from the resolution of the name to the last byte. */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  static final int BODY_BYTES_MAX = 65_536;

  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Statuses for a malformed, private, forbidden, unknown or deleted video. */
  private static final Set<Integer> MISSING = Set.of(400, 401, 403, 404, 410);

  private static final Set<String> TYPES = Set.of("application/json", "text/json");
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,5}");
  private static final long PAUSE_S_MAX = 600;

  private final Function<OembedProvider, URI> endpoints;
  private final Duration deadline;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("titles-", 0).factory());
  private @Nullable HttpClient http;
  private boolean closed;

  /**
   * Creates a client; it starts nothing.
   *
   * @param endpoints the address of each provider's endpoint
   */
  OembedClient(Function<OembedProvider, URI> endpoints, Duration deadline) {
    this.endpoints = endpoints;
    this.deadline = deadline;
  }

  /** Asks for a video. Never waits and never fails; the answer comes on a thread of its own. */
  CompletableFuture<OembedAnswer> ask(OembedVideo video) {
    try {
      return CompletableFuture.supplyAsync(() -> request(video), threads)
          .exceptionally(failure -> {
            log.error("A request for a title has failed", failure);
            return new Failed(0);
          });
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(new NotAsked());
    }
  }

  private OembedAnswer request(OembedVideo video) {
    HttpClient client = client();
    if (client == null) {
      return new NotAsked();
    }
    HttpRequest request =
        HttpRequest.newBuilder(video.requestTo(endpoints.apply(video.provider())))
            .header("Accept", "application/json")
            .header("User-Agent", "WatchNChill")
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, OembedClient::body);
    try {
      return read(exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS), video.provider());
    } catch (ExecutionException | TimeoutException _) {
      return new Failed(0);
    } catch (InterruptedException _) {
      return new NotAsked(); // the server is shutting down
    } finally {
      exchange.cancel(true); // no effect on a request that has ended
    }
  }

  /** Returns the HTTP client, or null after the end. */
  private synchronized @Nullable HttpClient client() {
    if (http == null && !closed) {
      // Its own threads resolve names, which may hold a thread for long.
      http =
          HttpClient.newBuilder()
              .followRedirects(Redirect.NEVER)
              .version(Version.HTTP_1_1)
              .connectTimeout(deadline)
              .build();
    }
    return closed ? null : http;
  }

  private static OembedAnswer read(HttpResponse<byte[]> response, OembedProvider provider) {
    int status = response.statusCode();
    if (status == OK && isJson(response.headers())) {
      return OembedJson.read(response.body(), provider)
          .<OembedAnswer>map(Described::new)
          .orElseGet(() -> new Failed(0));
    }
    if (MISSING.contains(status)) {
      return new Missing();
    }
    return new Failed(status == TOO_MANY_REQUESTS ? pauseMs(response.headers()) : 0);
  }

  private static boolean isJson(HttpHeaders headers) {
    String type = headers.firstValue("Content-Type").orElse("").split(";", 2)[0];
    return TYPES.contains(type.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns how long the endpoint asks not to be asked, ms; 0 when it names no seconds. */
  private static long pauseMs(HttpHeaders headers) {
    String seconds = headers.firstValue("Retry-After").orElse("").strip();
    return SECONDS.matcher(seconds).matches()
        ? 1_000 * Math.min(PAUSE_S_MAX, Long.parseLong(seconds))
        : 0;
  }

  /** Returns a reader of the body; of an answer that is no description nothing is read. */
  private static BodySubscriber<byte[]> body(ResponseInfo head) {
    return head.statusCode() == OK && isJson(head.headers())
        ? BodySubscribers.limiting(BodySubscribers.ofByteArray(), BODY_BYTES_MAX)
        : new UnreadBody();
  }

  /** Ends all requests; later ones are answered with {@link NotAsked}. Never waits. */
  @Override
  public void close() {
    threads.shutdownNow();
    synchronized (this) {
      closed = true;
      if (http != null) {
        http.shutdownNow();
      }
    }
  }
}
