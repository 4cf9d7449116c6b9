package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.LaneTask;
import dev.watchnchill.socketio.packet.PacketEncoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The acknowledgements one socket has asked its client for. Confined to the event loop. */
final class PendingAcks {
  private record Waiting(CompletableFuture<List<JsonNode>> answer, Future<?> timer) {}

  private final Socket socket;
  private final Map<Long, Waiting> waiting = new HashMap<>();

  PendingAcks(Socket socket) {
    this.socket = socket;
  }

  /** Encodes on the caller's thread as far as errors go, and sends in the lane's order. */
  static void send(
      Socket socket,
      Duration timeout,
      String event,
      @Nullable Object[] args,
      CompletableFuture<List<JsonNode>> answer) {
    @Nullable Object[] copy = args.clone();
    long id = socket.connection().nextAckId();
    Frame frame = PacketEncoder.event(socket.namespace().name(), id, event, copy, null);
    socket
        .lane()
        .post(
            new LaneTask() {
              @Override
              public void run() {
                try {
                  socket.pendingAcks().register(id, timeout, frame, answer);
                } finally {
                  frame.release();
                }
              }

              @Override
              public void discard() {
                frame.release();
                answer.completeExceptionally(
                    new SocketDisconnectedException(CloseReason.SERVER_SHUTTING_DOWN));
              }
            });
  }

  private void register(
      long id, Duration timeout, Frame frame, CompletableFuture<List<JsonNode>> answer) {
    CloseReason ended = socket.closeReason();
    if (ended != null) {
      answer.completeExceptionally(new SocketDisconnectedException(ended));
      return;
    }
    Future<?> timer =
        socket.eventLoop().schedule(() -> timedOut(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(id, new Waiting(answer, timer));
    socket.deliver(frame, false, 0);
  }

  private void timedOut(long id) {
    Waiting late = waiting.remove(id);
    if (late != null) {
      late.answer()
          .completeExceptionally(new TimeoutException("the client has not acknowledged in time"));
    }
  }

  void complete(long id, List<JsonNode> args) {
    Waiting done = waiting.remove(id);
    if (done != null) {
      var _ = done.timer().cancel(false);
      done.answer().complete(args);
    }
  }

  void failAll(CloseReason reason) {
    List<Waiting> left = List.copyOf(waiting.values());
    waiting.clear();
    for (Waiting one : left) {
      var _ = one.timer().cancel(false);
      one.answer().completeExceptionally(new SocketDisconnectedException(reason));
    }
  }
}
