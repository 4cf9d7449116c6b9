package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official Java client, with a record of every event that it gets. */
public final class TestClient implements AutoCloseable {
  // The client's own lets no more than 64 sockets be open.
  private static final OkHttpClient HTTP = http();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE_MS = 15_000;

  /** One event as it came. */
  public record Heard(String event, JsonNode payload) {}

  private final Socket socket;
  // Both guarded by this.
  private final List<Heard> all = new ArrayList<>();
  private final List<Heard> untaken = new ArrayList<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile String roomId = "NOROOM";
  private volatile String userId = "";
  private volatile String hostToken = "";

  private TestClient(Socket socket) {
    this.socket = socket;
  }

  /** The settings of a client. */
  public static final class Options {
    private final IO.Options options = new IO.Options();

    private Options() {
      options.path = "/api/socket/io";
      options.forceNew = true;
      options.reconnection = false;
      options.callFactory = HTTP;
      options.webSocketFactory = HTTP;
      options.transports = new String[] {"websocket"};
    }

    /** Its transports in order. */
    public Options transports(String... names) {
      options.transports = names;
      return this;
    }

    /** Its auth payload; the client's own type for it knows strings alone. */
    @SuppressWarnings("unchecked")
    public Options auth(Map<String, ?> auth) {
      options.auth = (Map<String, String>) auth;
      return this;
    }

    /** Its headers. */
    public Options header(String name, String value) {
      options.extraHeaders = Map.of(name, List.of(value));
      return this;
    }

    /** Connects and waits until it is in. */
    public TestClient connect(TestServer server) {
      TestClient client = open(server);
      client.awaitConnected();
      return client;
    }

    /** Begins to connect. */
    public TestClient open(TestServer server) {
      Socket socket = IO.socket(java.net.URI.create(server.url()), options);
      var client = new TestClient(socket);
      client.listen();
      socket.connect();
      return client;
    }
  }

  /** A client that knows the base contract alone. */
  public static TestClient base(TestServer server) {
    return options().connect(server);
  }

  /** A client that can come back to its seat (RS1). */
  public static TestClient extended(TestServer server) {
    return options().auth(Map.of("resume", true)).connect(server);
  }

  /** To be set up. */
  public static Options options() {
    return new Options();
  }

  private void listen() {
    socket.onAnyIncoming(args -> {
      var heard = new Heard((String) args[0], args.length < 2 ? tree("null") : tree(args[1]));
      synchronized (this) {
        all.add(heard);
        untaken.add(heard);
        notifyAll();
      }
    });
    socket.on(
        Socket.EVENT_CONNECT,
        _ -> {
          synchronized (this) {
            notifyAll();
          }
        });
    socket.on(Socket.EVENT_DISCONNECT, args -> ended.complete(String.valueOf(args[0])));
  }

  private static OkHttpClient http() {
    var dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(10_000);
    dispatcher.setMaxRequestsPerHost(10_000);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .readTimeout(1, TimeUnit.MINUTES)
        .build();
  }

  private static JsonNode tree(Object value) {
    return JSON.readTree(String.valueOf(value));
  }

  private void awaitConnected() {
    var _ =
        awaitSome(
            () -> (socket.connected() || ended.isDone()) ? Boolean.TRUE : null, "a connection");
  }

  /** Looks again whenever something has come. */
  private synchronized <T> T awaitSome(Supplier<@Nullable T> look, String what) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    T found = look.get();
    while (found == null) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (leftMs <= 0) {
        throw new AssertionError("waited in vain for " + what + "; heard: " + all);
      }
      try {
        wait(leftMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      found = look.get();
    }
    return found;
  }

  /** Where it is. */
  public String roomId() {
    return roomId;
  }

  /** Returns its user id in the room. */
  public String userId() {
    return userId;
  }

  /** The creator's secret. */
  public String hostToken() {
    return hostToken;
  }

  /** The transport's own name. */
  public Socket socket() {
    return socket;
  }

  // ---- saying ----

  /** A payload from names and values. */
  public static JSONObject with(@Nullable Object... namesAndValues) {
    var payload = new JSONObject();
    try {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        Object value = namesAndValues[i + 1];
        payload.put(String.valueOf(namesAndValues[i]), value == null ? JSONObject.NULL : value);
      }
    } catch (JSONException e) {
      throw new IllegalArgumentException(e);
    }
    return payload;
  }

  /** A payload about the room it is in. */
  public JSONObject here(@Nullable Object... namesAndValues) {
    var whole = new ArrayList<@Nullable Object>(List.of("roomId", roomId));
    whole.addAll(Arrays.asList(namesAndValues));
    return with(whole.toArray());
  }

  /** Sends an event without asking for an answer. */
  public void emit(String event, Object... args) {
    socket.emit(event, args);
  }

  /** Sends an event and gives what the server acknowledges. */
  public JsonNode call(String event, Object... args) {
    return answerOf(start(event, args), event);
  }

  /** Sends an event whose payload is that JSON text. */
  public JsonNode callJson(String event, String json) {
    try {
      Object payload = new JSONTokener(json).nextValue();
      return call(event, payload);
    } catch (JSONException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Sends an event; the acknowledgement comes later. */
  public CompletableFuture<JsonNode> start(String event, Object... args) {
    var answer = new CompletableFuture<JsonNode>();
    socket.emit(event, args, (Ack) got -> answer.complete(tree(got[0])));
    return answer;
  }

  /** Waits for an acknowledgement. */
  public static JsonNode answerOf(CompletableFuture<JsonNode> answer, String event) {
    try {
      return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no acknowledgement of " + event, e);
    }
  }

  /** Sends an event that has to be done. */
  public JsonNode must(String event, Object... args) {
    JsonNode answer = call(event, args);
    assertThat(answer.path("ok").booleanValue(false)).as("%s: %s", event, answer).isTrue();
    return answer;
  }

  /** Creates a room and takes the events of that. */
  public TestClient create(String name) {
    JsonNode answer = must("create-room", with("hostName", name));
    roomId = answer.get("roomId").stringValue();
    userId = answer.get("userId").stringValue();
    hostToken = take("room-created").get("hostToken").stringValue();
    take("room-joined");
    take("timeline");
    return this;
  }

  /** Joins a room and gives what room-joined said; what came with it is taken, too. */
  public JsonNode join(String room, String name, @Nullable Object... more) {
    JSONObject payload = with("roomId", room, "userName", name);
    try {
      for (int i = 0; i < more.length; i += 2) {
        payload.put(String.valueOf(more[i]), more[i + 1]);
      }
    } catch (JSONException e) {
      throw new IllegalArgumentException(e);
    }
    JsonNode answer = must("join-room", payload);
    roomId = answer.get("roomId").stringValue();
    userId = answer.get("userId").stringValue();
    JsonNode joined = take("room-joined");
    take("timeline");
    return joined;
  }

  // ---- hearing ----

  /** Waits for the first event of that name that was not taken yet, and takes it. */
  public JsonNode take(String event) {
    return awaitSome(() -> taken(event), event);
  }

  private @Nullable JsonNode taken(String event) {
    for (int i = 0; i < untaken.size(); i++) {
      if (untaken.get(i).event().equals(event)) {
        return untaken.remove(i).payload();
      }
    }
    return null;
  }

  /** Waits until everything that the server sent before is here: one round trip. */
  public TestClient settle() {
    must("clock", with("t1", 1));
    return this;
  }

  /** Settles and gives the names of the events that were not taken. */
  public List<String> names() {
    settle();
    synchronized (this) {
      return untaken.stream().map(Heard::event).toList();
    }
  }

  /** Settles; none of these events (none at all, when no names are given) is left. */
  public TestClient expectNothing(String... events) {
    List<String> left = names();
    if (events.length == 0) {
      assertThat(left).isEmpty();
    } else {
      assertThat(left).doesNotContain(events);
    }
    return this;
  }

  /** Settles and forgets what was not taken. */
  public TestClient forget() {
    settle();
    synchronized (this) {
      untaken.clear();
    }
    return this;
  }

  /** Everything it ever heard. */
  public synchronized List<Heard> everything() {
    return List.copyOf(all);
  }

  /** Waits for the end of the connection and gives the reason. */
  public String awaitEnd() {
    try {
      return ended.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("still connected", e);
    }
  }

  @Override
  public void close() {
    socket.disconnect();
  }
}
