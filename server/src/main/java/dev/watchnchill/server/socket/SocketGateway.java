package dev.watchnchill.server.socket;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.http.ClientAddresses;
import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.CloseCause;
import dev.watchnchill.server.metrics.CloseCounters;
import dev.watchnchill.server.metrics.EventCounters;
import dev.watchnchill.server.runtime.CommandResult;
import dev.watchnchill.server.runtime.ConnectionLimits;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.ServerClock;
import dev.watchnchill.server.runtime.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.Decoder;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.socketio.Ack;
import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  private final AddressLeases socketLeases;
  private final RequestLimit connects;
  private final ClientAddresses addresses;
  private final double eventRateScale;
  private final EventCounters counters;
  private final CloseCounters closes;

  /**
   * @param socketLeases counts the sockets of an address
   * @param connects counts the CONNECT packets of an address (rule RL8)
   * @param eventRateScale multiplies the limits of RL5
   * @param counters of events and how they ended
   * @param closes of connections that a limit has ended
   */
  public SocketGateway(
      RoomService rooms,
      Decoder decoder,
      ServerClock clock,
      AddressLeases socketLeases,
      RequestLimit connects,
      ClientAddresses addresses,
      double eventRateScale,
      EventCounters counters,
      CloseCounters closes) {
    this.rooms = rooms;
    this.decoder = decoder;
    this.clock = clock;
    this.socketLeases = socketLeases;
    this.connects = connects;
    this.addresses = addresses;
    this.eventRateScale = eventRateScale;
    this.counters = counters;
    this.closes = closes;
  }

  /** Takes a new socket; its handlers stand before its first packet is read (rule TR8). */
  public void connected(Socket socket) {
    var handshake = socket.handshake();
    ConnectionLimits limits =
        socket.connectionAttachment(
            ConnectionLimits.class,
            () ->
                new ConnectionLimits(
                    ClientKey.of(addresses.of(handshake.remoteAddress(), handshake.headers())),
                    eventRateScale));
    if (!limits.mayConnect(clock.nowMs())) {
      close(socket, limits, CloseCause.CONNECT_FLOOD);
      return;
    }
    JsonNode auth = handshake.auth();
    boolean resumable = auth.path("resume").booleanValue(false);
    String token = resumable ? textIn(auth, "sessionToken") : null;
    String roomId = textIn(auth, "roomId");
    var connection = new SocketConnection(socket);
    var session = new Session(connection, resumable, token, limits);
    var admission = new SocketAdmission();
    socket.onUnhandledEvent((name, args, ack) -> {
      if (limits.closed()) {
        return; // its end is under way
      }
      double receivedAtMs = clock.nowExactMs();
      if (!admission.say(() -> received(session, limits, socket, name, args, ack, receivedAtMs))) {
        tooFast(socket, limits, name, ack);
      }
    });
    socket.onDisconnect(_ -> {
      if (admission.leave()) {
        session.submitLast(() -> rooms.disconnected(session));
      }
    });
    admission.decide(
        lease(limits.client()),
        onLoopOf(socket),
        () -> {
          if (token != null && roomId != null && ROOM_ID.matcher(roomId).matches()) {
            session.submit(() -> rooms.resumeSeat(session, new RoomId(roomId), token), _ -> {});
          }
        },
        () -> socket.disconnect(true));
  }

  /** Counts a refused event; true when it was one too many and the connection ends (rule RL8). */
  private boolean endsFlood(Socket socket, ConnectionLimits limits) {
    if (limits.mayGoOn(clock.nowMs())) {
      return false;
    }
    close(socket, limits, CloseCause.EVENT_FLOOD);
    return true;
  }

  private void close(Socket socket, ConnectionLimits limits, CloseCause cause) {
    if (limits.close()) {
      closes.count(cause);
      socket.emit(
          ErrorReply.ERROR,
          new Payloads.Closing("Too many requests. The connection is closed.", cause.wireName()));
      socket.disconnect(true);
    }
  }

  /** Counts a new socket for its address; empty when the address has too many (rules RL2, RL8). */
  private CompletionStage<Optional<AddressLeases.Lease>> lease(ClientKey client) {
    return connects
        .request(client)
        .thenCompose(verdict -> {
          if (!verdict.allowed()) {
            closes.count(CloseCause.ADDRESS_CONNECTS);
            return CompletableFuture.completedStage(Optional.<AddressLeases.Lease>empty());
          }
          return socketLeases
              .request(client)
              .thenApply(granted -> {
                if (granted.isEmpty()) {
                  closes.count(CloseCause.ADDRESS_SOCKETS);
                }
                return granted;
              });
        });
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

  private void tooFast(Socket socket, ConnectionLimits limits, String name, Ack ack) {
    if (endsFlood(socket, limits)) {
      return;
    }
    ClientEvent event = ClientEvent.named(name);
    if (event != null) {
      boolean silent = event.eventClass() == EventClass.TYPING;
      answer(event, socket, ack, CommandResult.failed(event.rateLimited()), silent);
    }
  }

  private void received(
      Session session,
      ConnectionLimits limits,
      Socket socket,
      String name,
      EventArgs args,
      Ack ack,
      double receivedAtMs) {
    ClientEvent event = ClientEvent.named(name);
    boolean allowed =
        limits.mayDo(event == null ? EventClass.CONTROL : event.eventClass(), clock.nowMs());
    if (limits.closed() || (!allowed && endsFlood(socket, limits))) {
      return;
    }
    if (event == null) {
      counters.countUnknown();
      ack.send(
          CommandResult.failed(
                  new ErrorReply(
                      ErrorCode.UNKNOWN_EVENT, ErrorReply.ERROR, "There is no such event."))
              .acknowledgement());
      return;
    }
    if (!allowed) {
      boolean silent = event.eventClass() == EventClass.TYPING;
      refuse(session, event, socket, ack, CommandResult.failed(event.rateLimited()), silent);
      return;
    }
    Decoder.Decoded decoded = decoder.decode(event, args.size() == 0 ? null : args.get(0));
    ClientMessage message = decoded.message();
    if (message == null) {
      ErrorReply problem = decoded.problem();
      refuse(
          session,
          event,
          socket,
          ack,
          CommandResult.failed(problem == null ? event.failed(ErrorCode.INTERNAL) : problem),
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
      answer(event, socket, ack, CommandResult.failed(event.rateLimited()), false);
    }
  }

  /** Says no in its turn, so that a refusal never overtakes the answers to what came before. */
  private void refuse(
      Session session,
      ClientEvent event,
      Socket socket,
      Ack ack,
      CommandResult refusal,
      boolean silent) {
    boolean taken =
        session.submit(
            () -> CompletableFuture.completedFuture(refusal),
            result -> answer(event, socket, ack, result, silent));
    if (!taken) {
      answer(event, socket, ack, refusal, silent);
    }
  }

  private void answer(
      ClientEvent event, Socket socket, Ack ack, CommandResult result, boolean silent) {
    ErrorCode error =
        result instanceof CommandResult.Failed(ErrorReply problem) ? problem.code() : null;
    counters.count(event, error);
    if (result instanceof CommandResult.Failed(ErrorReply problem) && !silent) {
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
