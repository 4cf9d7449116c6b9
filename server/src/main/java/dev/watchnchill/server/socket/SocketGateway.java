package dev.watchnchill.server.socket;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.server.http.ClientAddresses;
import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientFingerprints;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.CloseCause;
import dev.watchnchill.server.metrics.CloseCounters;
import dev.watchnchill.server.metrics.EventCounters;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.runtime.session.ConnectionLimits;
import dev.watchnchill.server.runtime.session.EventLimits;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.Decoded;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.RequestDecoder;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.socketio.Ack;
import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Receives the events of sockets: applies the limits, decodes the payload, submits the request to
 * the session, and sends the reply.
 */
public final class SocketGateway {
  private static final Pattern ROOM_ID = Pattern.compile("[A-Z0-9]{6}");

  private static final int AUTH_TEXT_MAX = 200;

  private final RoomService rooms;
  private final RequestDecoder decoder;
  private final ServerClock clock;
  private final AddressLeases socketLeases;
  private final RequestLimit connects;
  private final ClientAddresses addresses;
  private final EventLimits eventLimits;
  private final EventCounters counters;
  private final CloseCounters closes;

  /**
   * @param socketLeases counts the sockets of an address
   * @param connects counts the CONNECT packets of an address (rule RL8)
   * @param eventLimits the limits of connections and addresses for events
   * @param counters counts events by outcome
   * @param closes counts connections that a limit has ended
   */
  public SocketGateway(
      RoomService rooms,
      RequestDecoder decoder,
      ServerClock clock,
      AddressLeases socketLeases,
      RequestLimit connects,
      ClientAddresses addresses,
      EventLimits eventLimits,
      EventCounters counters,
      CloseCounters closes) {
    this.rooms = rooms;
    this.decoder = decoder;
    this.clock = clock;
    this.socketLeases = socketLeases;
    this.connects = connects;
    this.addresses = addresses;
    this.eventLimits = eventLimits;
    this.counters = counters;
    this.closes = closes;
  }

  /** Accepts a new socket. Its handlers are set before its first packet is read (rule TR8). */
  public void connected(Socket socket) {
    var handshake = socket.handshake();
    ConnectionLimits limits =
        socket.connectionAttachment(
            ConnectionLimits.class,
            () ->
                eventLimits.connection(
                    ClientKey.of(addresses.of(handshake.remoteAddress(), handshake.headers()))));
    if (!limits.mayConnect(clock.nowMs())) {
      close(socket, limits, CloseCause.CONNECT_FLOOD);
      return;
    }
    JsonNode auth = handshake.auth();
    boolean resumable = auth.path("resume").booleanValue(false);
    String token = resumable ? textIn(auth, "sessionToken") : null;
    String roomId = textIn(auth, "roomId");
    var connection = new SocketConnection(socket);
    var session =
        new Session(connection, resumable, token, namesOf(auth), limits, browserKey(auth));
    var admission = new SocketAdmission();
    socket.onUnhandledEvent((name, args, ack) -> {
      if (limits.closed()) {
        return; // it is being disconnected
      }
      double receivedAtMs = clock.nowExactMs();
      if (!admission.submit(
          () -> received(session, limits, socket, name, args, ack, receivedAtMs))) {
        tooFast(socket, limits, name, ack);
      }
    });
    socket.onDisconnect(_ -> {
      if (admission.close()) {
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

  /** Counts an event over the limit; true when the connection ends because of it (rule RL8). */
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
      send(
          socket,
          new ServerMessage.ConnectionClosing(
              "Too many requests. The connection is closed.", cause.wireName()));
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
      reply(event, socket, ack, ServerReply.failed(event.rateLimited()));
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
    long nowMs = clock.nowMs();
    boolean allowed =
        event == null
            ? limits.mayDo(EventClass.CONTROL, nowMs)
            : limits.mayDo(event.eventClass(), event.tokens(), nowMs);
    if (limits.closed() || (!allowed && endsFlood(socket, limits))) {
      return;
    }
    if (event == null) {
      counters.countUnknown();
      ack.send(ServerReply.failed(ErrorReply.unknownEvent()));
      return;
    }
    if (!allowed) {
      reject(session, event, socket, ack, event.rateLimited());
      return;
    }
    switch (decoder.decode(event, args.size() == 0 ? null : args.get(0), session.names())) {
      case Decoded.Rejected(ErrorReply problem) -> reject(session, event, socket, ack, problem);
      case Decoded.Accepted(ClientRequest.ReadClock request) -> {
        reply(event, socket, ack, rooms.clock(session, request, receivedAtMs));
        rooms.report(session, request);
      }
      case Decoded.Accepted(ClientRequest request) when !mayDoAllOf(event, request, limits) -> {
        if (!endsFlood(socket, limits)) {
          reject(session, event, socket, ack, event.rateLimited());
        }
      }
      case Decoded.Accepted(ClientRequest request) ->
          submit(
              session,
              event,
              socket,
              ack,
              () -> rooms.handle(session, event, request, (long) receivedAtMs),
              rooms.mayOverlap(event, request));
    }
  }

  /** Takes the tokens of a request beyond those that its event has taken. */
  private boolean mayDoAllOf(ClientEvent event, ClientRequest request, ConnectionLimits limits) {
    int more = request.moreTokens();
    return more == 0 || limits.mayDo(event.eventClass(), more, clock.nowMs());
  }

  /** Rejects an event after the replies to those before it. */
  private void reject(
      Session session, ClientEvent event, Socket socket, Ack ack, ErrorReply problem) {
    ServerReply rejection = ServerReply.failed(problem);
    if (!session.submit(
        () -> CompletableFuture.completedFuture(rejection),
        reply -> reply(event, socket, ack, reply),
        true)) {
      reply(event, socket, ack, rejection);
    }
  }

  private void submit(
      Session session,
      ClientEvent event,
      Socket socket,
      Ack ack,
      Supplier<CompletableFuture<ServerReply>> work,
      boolean overlaps) {
    if (!session.submit(work, reply -> reply(event, socket, ack, reply), overlaps)) {
      reply(event, socket, ack, ServerReply.failed(event.rateLimited()));
    }
  }

  private void reply(ClientEvent event, Socket socket, Ack ack, ServerReply reply) {
    ErrorReply problem = reply instanceof ServerReply.Failed failed ? failed.problem() : null;
    counters.count(event, problem == null ? null : problem.code());
    if (problem != null && !dropsInSilence(event, problem)) {
      send(socket, problem.message());
    }
    if (ack.requested()) {
      ack.send(reply);
    }
  }

  /** Whether an event over its limit gets no error message (rule RL5). */
  private static boolean dropsInSilence(ClientEvent event, ErrorReply problem) {
    return event.eventClass().dropsInSilence() && problem.code() == ErrorCode.RATE_LIMITED;
  }

  private static void send(Socket socket, ServerMessage message) {
    socket.emit(message.eventName(), message);
  }

  /** Returns the browser's own key; null for one that could be guessed (rule EN9). */
  private static @Nullable String browserKey(JsonNode auth) {
    String key = textIn(auth, "browserKey");
    return key == null || key.length() < ClientFingerprints.BROWSER_KEY_MIN ? null : key;
  }

  /** Returns the rule of the client's names (rule RT20). */
  private static NamePolicy namesOf(JsonNode auth) {
    return "unicode".equals(textIn(auth, "names")) ? NamePolicy.UNICODE : NamePolicy.BASE;
  }

  /** Returns a text of the auth payload; null for one that is longer than any token (FR12). */
  private static @Nullable String textIn(JsonNode auth, String field) {
    JsonNode node = auth.path(field);
    String text = node.isString() ? node.stringValue() : null;
    return text == null || text.length() > AUTH_TEXT_MAX ? null : text;
  }
}
