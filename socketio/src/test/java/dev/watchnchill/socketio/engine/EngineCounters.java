package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the counters of an engine with the objects that it holds. */
public final class EngineCounters {
  private EngineCounters() {}

  /** Fails when a server that has ended still counts something. */
  public static void assertNothingLeft(EngineServer engine) {
    EngineMetrics metrics = engine.metrics();
    assertThat(engine.sessions()).as("sessions").isEmpty();
    assertThat(metrics.pollingSessions()).as("polling sessions").isZero();
    assertThat(metrics.websocketSessions()).as("websocket sessions").isZero();
    assertThat(metrics.websockets()).as("websockets").isZero();
    assertThat(metrics.moving.get()).as("connections between two event loops").isZero();
    assertThat(metrics.pendingHandshakes()).as("handshakes that wait for the gate").isZero();
    assertThat(engine.connectionLimiter().metrics().connections()).as("connections").isZero();
    assertThat(engine.connectionLimiter().addresses()).as("counted addresses").isZero();
    assertThat(metrics.finalPolls()).as("final polls").isZero();
    assertThat(engine.loops().connections()).as("connections per event loop").containsOnly(0);
  }
}
