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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

  private static final int AUTH_TEXT_MAX = 200;

  private final RoomService rooms;
  private final Decoder decoder;
  private final ServerClock clock;
  private final SocketLeases socketLeases;
  private final ClientAddresses addresses;
  private final double eventRateScale;
  private final EventCounters counters;

  /**
   * @param socketLeases counts the sockets of an address
   * @param eventRateScale multiplies the limits of RL5
   * @param counters of events and how they ended
   */
  public SocketGateway(
      RoomService rooms,
      Decoder decoder,
      ServerClock clock,
      SocketLeases socketLeases,
      ClientAddresses addresses,
      double eventRateScale,
      EventCounters counters) {
    this.rooms = rooms;
    this.decoder = decoder;
    this.clock = clock;
    this.socketLeases = socketLeases;
    this.addresses = addresses;
    this.eventRateScale = eventRateScale;
    this.counters = counters;
  }

  /** Takes a new socket; its handlers stand before its first packet is read (rule TR8). */
  public void connected(Socket socket) {
    var handshake = socket.handshake();
    JsonNode auth = handshake.auth();
    boolean resumable = auth.path("resume").booleanValue(false);
    String token = resumable ? textIn(auth, "sessionToken") : null;
    String roomId = textIn(auth, "roomId");
    var connection = new SocketConnection(socket);
    var session = new Session(connection, resumable, token, eventRateScale);
    var admission = new Admission();
    socket.onAny((name, args, ack) -> {
      double receivedAtMs = clock.nowExactMs();
      if (!admission.say(() -> received(session, socket, name, args, ack, receivedAtMs))) {
        tooFast(socket, name, ack);
      }
    });
    socket.onDisconnect(_ -> {
      if (admission.leave()) {
        session.submitLast(() -> rooms.disconnected(session));
      }
    });
    admission.decide(
        socketLeases.request(addresses.of(handshake.remoteAddress(), handshake.headers())),
        onLoopOf(socket),
        () -> {
          if (token != null && roomId != null && ROOM_ID.matcher(roomId).matches()) {
            session.submit(() -> rooms.resumeSeat(session, new RoomId(roomId), token), _ -> {});
          }
        },
        () -> socket.disconnect(true));
  }

  private static Executor onLoopOf(Socket socket) {
    return task -> {
      if (socket.eventLoop().inEventLoop()) {
        task.run();
      } else {
        socket.eventLoop().execute(task);
      }
    };
  }

  private void tooFast(Socket socket, String name, Ack ack) {
    ClientEvent event = ClientEvent.named(name);
    if (event != null) {
      boolean silent = event.eventClass() == EventClass.TYPING;
      answer(event, socket, ack, Result.failed(event.rateLimited()), silent);
    }
  }

  private void received(
      Session session, Socket socket, String name, EventArgs args, Ack ack, double receivedAtMs) {
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
      refuse(session, event, socket, ack, Result.failed(event.rateLimited()), silent);
      return;
    }
    Decoder.Decoded decoded = decoder.decode(event, args.size() == 0 ? null : args.get(0));
    ClientMessage message = decoded.message();
    if (message == null) {
      Problem problem = decoded.problem();
      refuse(
          session,
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
            () -> rooms.handle(session, event, message, (long) receivedAtMs),
            result -> answer(event, socket, ack, result, false));
    if (!taken) {
      answer(event, socket, ack, Result.failed(event.rateLimited()), false);
    }
  }

  /** Says no in its turn, so that a refusal never overtakes the answers to what came before. */
  private void refuse(
      Session session, ClientEvent event, Socket socket, Ack ack, Result refusal, boolean silent) {
    boolean taken =
        session.submit(
            () -> CompletableFuture.completedFuture(refusal),
            result -> answer(event, socket, ack, result, silent));
    if (!taken) {
      answer(event, socket, ack, refusal, silent);
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

  /** Returns a text of the auth payload; null for one that is longer than any token (FR12). */
  private static @Nullable String textIn(JsonNode auth, String field) {
    JsonNode node = auth.path(field);
    String text = node.isString() ? node.stringValue() : null;
    return text == null || text.length() > AUTH_TEXT_MAX ? null : text;
  }
}
