package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the counters of an engine with what it really holds. */
public final class EngineTruth {
  private EngineTruth() {}

  /** Fails when a server that has ended still counts something. */
  public static void assertNothingLeft(EngineServer engine) {
    EngineMetrics metrics = engine.metrics();
    assertThat(engine.sessions()).as("sessions").isEmpty();
    assertThat(metrics.pollingSessions()).as("polling sessions").isZero();
    assertThat(metrics.websocketSessions()).as("websocket sessions").isZero();
    assertThat(metrics.websockets()).as("websockets").isZero();
    assertThat(metrics.moving.get()).as("connections between two event loops").isZero();
    assertThat(metrics.pendingAdmissions()).as("handshakes that wait for the gate").isZero();
    assertThat(engine.connections().metrics().connections()).as("connections").isZero();
    assertThat(engine.connections().addresses()).as("counted addresses").isZero();
    assertThat(metrics.lastPolls()).as("last polls").isZero();
    assertThat(engine.loops().connections()).as("connections per event loop").containsOnly(0);
  }
}
