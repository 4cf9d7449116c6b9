package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.limit.InboundLimits;
import dev.watchnchill.socketio.limit.RateBudget;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of what a client sends: sizes, JSON, attachments, and packets before CONNECT. */
class InboundLimitsTest {
  private static final String ONE_ATTACHMENT = "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]";

  private SocketIoTestServer server = SocketIoTestServer.start();

  @AfterEach
  void assertNothingBuffered() {
    server.awaitSessions(0);
    await().until(() -> server.metrics().bufferedBytes() == 0);
    server.close();
  }

  private void configure(UnaryOperator<SocketIoConfig.Builder> settings) {
    server.close();
    server = SocketIoTestServer.start(settings);
  }

  private void limits(UnaryOperator<InboundLimits> change) {
    configure(config -> config.inbound(change.apply(InboundLimits.DEFAULT)));
  }

  private long parseErrors() {
    return server.metrics().closes().getOrDefault(CloseReason.PARSE_ERROR, 0L);
  }

  private void assertClosed(RawWebSocket socket) throws IOException {
    assertThat(socket.readClose()).isEqualTo(1000);
    await().until(() -> parseErrors() == 1);
  }

  private RawWebSocket unconnected() throws IOException {
    RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET);
    socket.readText();
    return socket;
  }

  @Test
  void RL18_event_before_connect_closes() throws IOException {
    try (RawWebSocket socket = unconnected()) {
      socket.sendText("42[\"echo\"]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_binary_event_before_connect_closes_without_waiting_for_attachments()
      throws IOException {
    try (RawWebSocket socket = unconnected()) {
      socket.sendText(
          "451-[\"echo\",{\"_placeholder\":true,\"num\":0},\"" + "x".repeat(900_000) + "\"]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_acknowledgement_before_connect_closes() throws IOException {
    try (RawWebSocket socket = unconnected()) {
      socket.sendText("461-0[{\"_placeholder\":true,\"num\":0}]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_json_is_not_parsed_before_connect() throws IOException {
    try (RawWebSocket socket = unconnected()) {
      // Not JSON: the packet is rejected at its head.
      socket.sendText("42[[[[");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_binary_header_closes_where_attachments_are_not_allowed() throws IOException {
    configure(config -> config.attachmentsMax(0));
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText(ONE_ATTACHMENT);
      assertClosed(socket);
    }
  }

  @Test
  void RL18_binary_frame_closes_at_its_first_part_where_attachments_are_not_allowed()
      throws IOException {
    configure(config -> config.attachmentsMax(0));
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.send(RawWebSocket.BINARY, new byte[10]);
      assertClosed(socket);
    }
  }

  @Test
  void RL18_missing_attachments_close_the_session_after_the_timeout() throws IOException {
    limits(limits -> limits.withAttachments(1_000, Duration.ofMillis(60)));
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText(ONE_ATTACHMENT);
      assertClosed(socket);
    }
  }

  @Test
  void RL18_attachments_in_time_cancel_the_timeout() throws IOException {
    limits(limits -> limits.withAttachments(1_000, Duration.ofMillis(200)));
    try (RawWebSocket socket = RawWebSocket.connect(server.port());
        RawWebSocket late = RawWebSocket.connect(server.port())) {
      socket.sendText(ONE_ATTACHMENT);
      socket.sendBinary(new byte[1_000]);
      assertThat(socket.readText()).startsWith("451-");
      late.sendText(ONE_ATTACHMENT);
      assertClosed(late);
      socket.readBinary();
      socket.sendText("42[\"echo\"]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\"]");
    }
  }

  @Test
  void RL18_attachments_are_bounded_in_bytes() throws IOException {
    limits(limits -> limits.withAttachments(1_000, Duration.ofSeconds(10)));
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText(
          "452-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
      socket.sendBinary(new byte[600]);
      socket.sendBinary(new byte[401]);
      assertClosed(socket);
    }
  }

  @Test
  void RL18_attachment_is_used_once() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText(
          "451-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
      socket.sendBinary(new byte[10]);
      assertClosed(socket);
    }
  }

  @Test
  void RL18_long_auth_payload_closes() throws IOException {
    limits(limits -> limits.withJson(100, 1_000));
    try (RawWebSocket fits = unconnected();
        RawWebSocket tooLong = unconnected()) {
      fits.sendText("40{\"a\":\"" + "x".repeat(92) + "\"}");
      assertThat(fits.readText()).startsWith("40{");
      tooLong.sendText("40{\"a\":\"" + "x".repeat(93) + "\"}");
      assertClosed(tooLong);
    }
  }

  @Test
  void RL18_json_of_too_many_tokens_closes() throws IOException {
    limits(limits -> limits.withJson(100, 50));
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText("42[\"echo\"" + ",1".repeat(40) + "]");
      assertThat(socket.readText()).startsWith("42[\"echoed\"");
      socket.sendText("42[\"echo\"" + ",1".repeat(60) + "]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_long_field_name_closes() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText("42[\"echo\",{\"" + "n".repeat(512) + "\":1}]");
      assertThat(socket.readText()).startsWith("42[\"echoed\"");
      socket.sendText("42[\"echo\",{\"" + "n".repeat(513) + "\":1}]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_packets_that_wait_for_a_middleware_are_bounded_in_bytes() throws IOException {
    var never = new CompletableFuture<MiddlewareDecision>();
    configure(config -> config.maxPayloadBytes(10_000));
    CompletionStage<MiddlewareDecision> verdict = never;
    server.main().use(handshake -> verdict);
    try (RawWebSocket socket = unconnected()) {
      socket.sendText("40");
      socket.sendText("42[\"echo\",\"" + "x".repeat(6_000) + "\"]");
      await().until(() -> server.metrics().bufferedBytes() > 6_000);
      socket.sendText("42[\"echo\",\"" + "x".repeat(6_000) + "\"]");
      assertClosed(socket);
    }
  }

  @Test
  void RL18_compressed_frame_closes() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.send(0xC1, new byte[] {1, 2, 3});
      assertThat(socket.readClose()).isEqualTo(1002);
    }
  }

  @Test
  void RL18_limit_out_of_range_is_named_in_the_error() {
    InboundLimits limits = InboundLimits.DEFAULT;
    assertThatThrownBy(() -> limits.withJson(0, 100)).hasMessageContaining("authLengthMax");
    assertThatThrownBy(() -> limits.withJson(100, 0)).hasMessageContaining("jsonTokensMax");
    assertThatThrownBy(() -> limits.withAttachments(0, Duration.ofSeconds(1)))
        .hasMessageContaining("attachmentBytesMax");
    assertThatThrownBy(() -> limits.withAttachments(1, Duration.ZERO))
        .hasMessageContaining("attachmentTimeout");
    assertThatThrownBy(() -> limits.withMemory(0, 50)).hasMessageContaining("bufferedBytesMax");
    assertThatThrownBy(() -> limits.withMemory(1 << 20, 101))
        .hasMessageContaining("heapPercentMax");
    assertThatThrownBy(() -> new RateBudget(0, 1, 1, 1)).hasMessageContaining("at least 1");
  }
}
