package dev.watchnchill.server.socket;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.http.ClientAddresses;
import dev.watchnchill.server.metrics.EventCounters;
import dev.watchnchill.server.runtime.Result;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.ServerClock;
import dev.watchnchill.server.runtime.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.Decoder;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.server.wire.Problem;
import dev.watchnchill.socketio.Ack;
import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Socket;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes what comes in on a socket: limit, decode, hand over, answer.
 *
 * <p>One screen from the frame to the room: each step is a call below.
 */
public final class SocketGateway {
  private static final Pattern ROOM_ID = Pattern.compile("[A-Z0-9]{6}");

  private final RoomService rooms;
  private final Decoder decoder;
  private final ServerClock clock;
  private final SocketLimit socketLimit;
  private final ClientAddresses addresses;
  private final double eventRateScale;
  private final EventCounters counters;

  /**
   * @param eventRateScale multiplies the limits of RL5
   * @param counters of events and how they ended
   */
  public SocketGateway(
      RoomService rooms,
      Decoder decoder,
      ServerClock clock,
      SocketLimit socketLimit,
      ClientAddresses addresses,
      double eventRateScale,
      EventCounters counters) {
    this.rooms = rooms;
    this.decoder = decoder;
    this.clock = clock;
    this.socketLimit = socketLimit;
    this.addresses = addresses;
    this.eventRateScale = eventRateScale;
    this.counters = counters;
  }

  /** Takes a new socket; its handlers stand before its first packet is read (rule TR8). */
  public void connected(Socket socket) {
    var handshake = socket.handshake();
    SocketLimit.Lease lease =
        socketLimit.acquire(addresses.of(handshake.remoteAddress(), handshake.headers()));
    if (lease == null) {
      socket.disconnect(true);
      return;
    }
    JsonNode auth = handshake.auth();
    boolean resumable = auth.path("resume").booleanValue(false);
    String token = resumable ? textIn(auth, "sessionToken") : null;
    var session = new Session(new SocketConnection(socket), resumable, token, eventRateScale);
    socket.onAny((name, args, ack) -> received(session, socket, name, args, ack));
    socket.onDisconnect(_ -> {
      lease.close();
      session.submitLast(() -> rooms.disconnected(session));
    });
    String roomId = textIn(auth, "roomId");
    if (token != null && roomId != null && ROOM_ID.matcher(roomId).matches()) {
      session.submit(() -> rooms.resumeSeat(session, new RoomId(roomId), token), _ -> {});
    }
  }

  private void received(Session session, Socket socket, String name, EventArgs args, Ack ack) {
    double receivedAtMs = clock.nowExactMs();
    ClientEvent event = ClientEvent.named(name);
    boolean allowed =
        session.mayDo(event == null ? EventClass.CONTROL : event.eventClass(), clock.nowMs());
    if (event == null) {
      counters.countUnknown();
      ack.send(
          Result.failed(
                  new Problem(ErrorCode.UNKNOWN_EVENT, Problem.ERROR, "There is no such event."))
              .acknowledgement());
      return;
    }
    if (!allowed) {
      boolean silent = event.eventClass() == EventClass.TYPING;
      answer(event, socket, ack, Result.failed(event.rateLimited()), silent);
      return;
    }
    Decoder.Decoded decoded = decoder.decode(event, args.size() == 0 ? null : args.get(0));
    ClientMessage message = decoded.message();
    if (message == null) {
      Problem problem = decoded.problem();
      answer(
          event,
          socket,
          ack,
          Result.failed(problem == null ? event.failed(ErrorCode.INTERNAL) : problem),
          false);
      return;
    }
    if (message instanceof ClientMessage.Clock question) {
      answer(event, socket, ack, rooms.clock(session, question, receivedAtMs), false);
      rooms.report(session, question);
      return;
    }
    boolean taken =
        session.submit(
            () -> rooms.handle(session, event, message),
            result -> answer(event, socket, ack, result, false));
    if (!taken) {
      answer(event, socket, ack, Result.failed(event.rateLimited()), false);
    }
  }

  private void answer(ClientEvent event, Socket socket, Ack ack, Result result, boolean silent) {
    ErrorCode error = result instanceof Result.Failed(Problem problem) ? problem.code() : null;
    counters.count(event, error);
    if (result instanceof Result.Failed(Problem problem) && !silent) {
      socket.emit(problem.event(), new Payloads.Refused(problem.text()));
    }
    if (ack.requested()) {
      ack.send(result.acknowledgement());
    }
  }

  private static @Nullable String textIn(JsonNode auth, String field) {
    JsonNode node = auth.path(field);
    return node.isString() ? node.stringValue() : null;
  }
}
