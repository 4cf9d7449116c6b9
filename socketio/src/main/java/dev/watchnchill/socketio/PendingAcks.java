package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopTask;
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

/** Acknowledgements that one socket waits for. Confined to the socket's event loop. */
final class PendingAcks {
  private record PendingAck(CompletableFuture<List<JsonNode>> answer, Future<?> timer) {}

  private final Socket socket;
  private final Map<Long, PendingAck> waiting = new HashMap<>();

  PendingAcks(Socket socket) {
    this.socket = socket;
  }

  /**
   * Encodes an event on the calling thread and posts it to the socket's event loop, in order with
   * the socket's other events.
   */
  static void send(
      Socket socket,
      Duration timeout,
      String event,
      @Nullable Object[] args,
      CompletableFuture<List<JsonNode>> answer) {
    @Nullable Object[] copy = args.clone();
    long id = socket.session().nextAckId();
    EncodedFrame frame = PacketEncoder.event(socket.namespace().name(), id, event, copy, null);
    socket
        .loopContext()
        .post(
            new EventLoopTask() {
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
      long id, Duration timeout, EncodedFrame frame, CompletableFuture<List<JsonNode>> answer) {
    CloseReason ended = socket.closeReason();
    if (ended != null) {
      answer.completeExceptionally(new SocketDisconnectedException(ended));
      return;
    }
    Future<?> timer =
        socket.eventLoop().schedule(() -> timedOut(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(id, new PendingAck(answer, timer));
    socket.deliver(frame, false, 0);
  }

  private void timedOut(long id) {
    PendingAck late = waiting.remove(id);
    if (late != null) {
      late.answer()
          .completeExceptionally(new TimeoutException("the client has not acknowledged in time"));
    }
  }

  void complete(long id, List<JsonNode> args) {
    PendingAck done = waiting.remove(id);
    if (done != null) {
      var _ = done.timer().cancel(false);
      done.answer().complete(args);
    }
  }

  void failAll(CloseReason reason) {
    List<PendingAck> left = List.copyOf(waiting.values());
    waiting.clear();
    for (PendingAck one : left) {
      var _ = one.timer().cancel(false);
      one.answer().completeExceptionally(new SocketDisconnectedException(reason));
    }
  }
}
