package dev.watchnchill.server.title;

import dev.watchnchill.server.title.OembedAnswer.Described;
import dev.watchnchill.server.title.OembedAnswer.Failed;
import dev.watchnchill.server.title.OembedAnswer.Missing;
import dev.watchnchill.server.title.OembedAnswer.NotAsked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the load on one oEmbed endpoint (rule MD16): few requests at once, few that wait, and none
 * for a while after several failures in a row.
 */
final class OembedEndpoint {
  private static final Logger log = LoggerFactory.getLogger(OembedEndpoint.class);

  static final int IN_FLIGHT_MAX = 4;
  static final int WAITING_MAX = 64;
  static final int FAILURES_MAX = 5;
  static final long PAUSE_MS = 60_000;

  private final String name;
  private final Function<OembedVideo, CompletableFuture<OembedAnswer>> client;
  private final LongSupplier nowMs;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private int inFlight;
  private int failures;
  private boolean pauseLogged;
  private long pausedUntilMs = Long.MIN_VALUE;

  private record Request(OembedVideo video, CompletableFuture<OembedAnswer> answer) {}

  /**
   * Creates an endpoint without requests.
   *
   * @param name the host, for the log
   * @param client makes one request, and never fails
   */
  OembedEndpoint(
      String name,
      Function<OembedVideo, CompletableFuture<OembedAnswer>> client,
      LongSupplier nowMs) {
    this.name = name;
    this.client = client;
    this.nowMs = nowMs;
  }

  /** Asks for a video, now or when earlier requests have ended. Never waits, never fails. */
  CompletableFuture<OembedAnswer> ask(OembedVideo video) {
    var request = new Request(video, new CompletableFuture<>());
    synchronized (this) {
      if (isPaused() || waiting.size() == WAITING_MAX) {
        return CompletableFuture.completedFuture(new NotAsked());
      }
      if (inFlight == IN_FLIGHT_MAX) {
        waiting.add(request);
        return request.answer();
      }
      inFlight++;
    }
    send(request);
    return request.answer();
  }

  private boolean isPaused() {
    return nowMs.getAsLong() < pausedUntilMs;
  }

  private void send(Request request) {
    var _ = client.apply(request.video()).thenAccept(answer -> ended(request, answer));
  }

  private void ended(Request request, OembedAnswer answer) {
    List<Request> dropped = List.of();
    Request next;
    synchronized (this) {
      count(answer);
      if (isPaused()) {
        dropped = List.copyOf(waiting);
        waiting.clear();
      }
      next = waiting.poll();
      inFlight -= next == null ? 1 : 0;
    }
    if (next != null) {
      send(next);
    }
    request.answer().complete(answer);
    dropped.forEach(each -> each.answer().complete(new NotAsked()));
  }

  private void count(OembedAnswer answer) {
    switch (answer) {
      case Described _, Missing _ -> {
        if (pauseLogged) {
          log.info("{} describes films again", name);
        }
        pauseLogged = false;
        failures = 0;
      }
      case Failed(long pauseMs) -> {
        failures++;
        // Failures go on being counted, so after a pause the first one begins the next.
        if (pauseMs > 0 || failures >= FAILURES_MAX) {
          pause(pauseMs > 0 ? pauseMs : PAUSE_MS);
        }
      }
      case NotAsked _ -> {}
    }
  }

  private void pause(long ms) {
    pausedUntilMs = Math.max(pausedUntilMs, nowMs.getAsLong() + ms);
    if (!pauseLogged) {
      log.warn("{} describes no films: it is asked again every {} s", name, ms / 1_000);
    }
    pauseLogged = true;
  }
}
