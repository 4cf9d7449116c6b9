package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The final poll of a session that was closed between two polls. It tells the client that the
 * session has ended. Confined to the session's event loop.
 */
final class FinalPoll {
  private static final String CLOSE_PACKET = "1";
  private static final String NOOP_PACKET = "6";

  private final EngineServer server;
  private final EventLoopContext loopContext;
  private final String sessionId;
  private final PollingTransport transport;
  private final String lastPacket;
  private boolean done;

  private FinalPoll(
      EngineServer server,
      EventLoopContext loopContext,
      String sessionId,
      PollingTransport transport,
      String lastPacket) {
    this.server = server;
    this.loopContext = loopContext;
    this.sessionId = sessionId;
    this.transport = transport;
    this.lastPacket = lastPacket;
  }

  /**
   * Closes the transport of a polling session.
   *
   * @param transport the transport, with the frames that the client has not fetched yet
   * @param closedByClient whether the client has sent a close packet
   * @return the final poll, if the client is given time for one; null if its pending poll was
   *     answered or the session is forgotten at once
   */
  static @Nullable FinalPoll close(
      EngineServer server,
      EventLoopContext loopContext,
      String sessionId,
      PollingTransport transport,
      boolean closedByClient,
      CloseReason reason) {
    HttpExchange pendingPoll = transport.takePoll();
    String lastPacket = closedByClient ? NOOP_PACKET : CLOSE_PACKET;
    if (pendingPoll != null) {
      ByteBuf body = transport.drain(lastPacket);
      server.removeSession(sessionId);
      pendingPoll.payload(body);
      return null;
    }
    if (closedByClient
        || reason == CloseReason.FORCED_CLOSE
        || reason == CloseReason.SERVER_SHUTTING_DOWN) {
      var finalPoll = new FinalPoll(server, loopContext, sessionId, transport, lastPacket);
      finalPoll.await();
      return finalPoll;
    }
    transport.releaseAll();
    server.removeSession(sessionId);
    return null;
  }

  private void await() {
    server.metrics().finalPolls.incrementAndGet();
    loopContext.finalPolls.add(this, loopContext.nowNanos());
  }

  /** Answers the poll with the remaining frames and the last packet. */
  void answer(HttpExchange exchange) {
    if (done) {
      exchange.error(EngineError.UNKNOWN_SID);
      return;
    }
    exchange.payload(transport.drain(lastPacket));
    loopContext.finalPolls.remove(this);
    end();
  }

  /** Forgets the session, after its poll or when no poll has come in time. */
  void end() {
    done = true;
    server.metrics().finalPolls.decrementAndGet();
    server.removeSession(sessionId);
    transport.releaseAll();
  }
}
