package dev.watchnchill.load.member;

import dev.watchnchill.load.measure.LoopCounters;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.net.ConnectionListener;
import dev.watchnchill.load.net.EventName;
import dev.watchnchill.load.net.JsonScanner;
import dev.watchnchill.load.net.LoadConnection;
import dev.watchnchill.load.net.LoadConnections;
import dev.watchnchill.load.net.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member of a room: sends commands, and counts deliveries. */
public final class LoadMember implements ConnectionListener {
  private static final int ANSWER_SECONDS = 30;
  private static final int PROBLEMS_MAX = 5;
  private static final AtomicInteger PROBLEMS = new AtomicInteger();
  private static final byte[] ROOM_ID = JsonScanner.of("\"roomId\":\"");
  private static final byte[] HOST_TOKEN = JsonScanner.of("\"hostToken\":\"");
  private static final byte[] SESSION_TOKEN = JsonScanner.of("\"sessionToken\":\"");
  private static final byte[] MESSAGE_ID = JsonScanner.of("\"id\":\"");
  private static final byte[] REACTION_COUNT = JsonScanner.of("\"count\":");
  private static final byte[] REJECTED = JsonScanner.of("\"ok\":false");

  private volatile String name;
  private volatile @Nullable LoadConnection connection;
  private volatile @Nullable Awaited awaited;
  private volatile @Nullable String sessionToken;
  private volatile @Nullable AckListener answers;
  private volatile @Nullable Consumer<String> messages;
  private volatile @Nullable HeartbeatListener heartbeats;
  private volatile long entryDueMicros = DueTimes.NONE;

  /** Creates a member that is not connected. */
  public LoadMember(String name) {
    this.name = name;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /**
   * Opens its connection.
   *
   * @param auth the payload of its CONNECT packet, as JSON
   */
  public void connect(LoadConnections connections, ServerAddress target, @Nullable String auth) {
    connection = connections.connect(target, this, auth).join();
  }

  /** Changes its name. */
  public void rename(String other) {
    name = other;
  }

  /** Returns its connection, which must exist. */
  public LoadConnection connection() {
    LoadConnection open = connection;
    if (open == null) {
      throw new IllegalStateException(name + " is not connected");
    }
    return open;
  }

  /** Returns whether it is connected. */
  public boolean connected() {
    LoadConnection open = connection;
    return open != null && open.open();
  }

  /** Creates a room and waits for it. */
  public RoomCredentials createRoom() {
    String created = request(EventName.ROOM_CREATED, RequestJson.create(name));
    return new RoomCredentials(string(ROOM_ID, created), string(HOST_TOKEN, created));
  }

  /** Joins a room and waits for its seat. */
  public void join(RoomCredentials room) {
    when(EventName.ROOM_JOINED, () -> sendJoin(room));
  }

  /** Sends {@code join-room}. */
  public void sendJoin(RoomCredentials room) {
    connection().emit(RequestJson.join(room, name, null, null));
  }

  /**
   * Sends {@code join-room} with its tokens.
   *
   * @param hosts whether it created the room
   */
  public void sendRejoin(RoomCredentials room, boolean hosts) {
    String token = hosts ? room.hostToken() : null;
    connection().emit(RequestJson.join(room, name, token, sessionToken));
  }

  /** Sets the video, as the host. */
  public void setVideo(RoomCredentials room) {
    request(EventName.VIDEO_SET, RequestJson.setVideo(room));
  }

  /** Sends a chat message. */
  public void sendMessage(RoomCredentials room, long dueMicros) {
    connection().emit(RequestJson.message(room, DueTimes.text(dueMicros)));
  }

  /** Reacts to the film. */
  public void sendFilmReaction(RoomCredentials room, LoadEmoji emoji) {
    connection().emit(RequestJson.filmReaction(room, emoji));
  }

  /** Reacts to a message. */
  public void sendReaction(RoomCredentials room, String messageId, LoadEmoji emoji) {
    connection().emit(RequestJson.reaction(room, messageId, emoji));
  }

  /** Begins or ends to write. */
  public void sendTyping(RoomCredentials room, boolean starts) {
    connection().emit(RequestJson.typing(room, starts));
  }

  /** Sends {@code sync-check}, as a host does every 5 s. */
  public void sendReport(RoomCredentials room, long positionMicros, long dueMicros) {
    connection()
        .emit(
            RequestJson.report(
                room, DueTimes.position(positionMicros), DueTimes.timestamp(dueMicros)));
  }

  /** Plays, pauses or seeks, as the host. */
  public void sendControl(ControlCommand control, RoomCredentials room, long dueMicros) {
    connection().emit(control.packet(room, DueTimes.position(dueMicros)));
  }

  /** Plays, pauses or seeks with an acknowledgement number. */
  public void requestControl(ControlCommand control, RoomCredentials room, long number) {
    connection().ask(number, control.packet(room, DueTimes.position(number)));
  }

  /** Sets the listener of acknowledgements; without one they count as deliveries. */
  public void onAnswers(AckListener listener) {
    answers = listener;
  }

  /** Sets the listener of the ids of chat messages; called on the member's event loop. */
  public void onMessages(Consumer<String> listener) {
    messages = listener;
  }

  /** Sets the listener of the server's pings. */
  public void onHeartbeats(HeartbeatListener listener) {
    heartbeats = listener;
  }

  /** Counts its next {@code room-joined} as the delivery of the command that was due then. */
  public void expectJoinedAt(long dueMicros) {
    entryDueMicros = dueMicros;
  }

  /** Returns whether that {@code room-joined} has not arrived. */
  public boolean awaitsJoined() {
    return entryDueMicros != DueTimes.NONE;
  }

  /** Returns its session token, if it has one. */
  public @Nullable String sessionToken() {
    return sessionToken;
  }

  /**
   * Sends an event and waits for the event that answers it.
   *
   * @return the payload of the answer as JSON, its first 16 KB
   */
  public String request(EventName answer, String json) {
    return when(answer, () -> connection().emit(json));
  }

  /** Runs an action and waits for the event that follows. */
  public String when(EventName answer, Runnable act) {
    return when(answer, ANSWER_SECONDS, act);
  }

  /** Runs an action and waits for the event that follows, at most so long. */
  public String when(EventName answer, double seconds, Runnable act) {
    Awaited asked = new Awaited(answer, new CompletableFuture<>());
    awaited = asked;
    act.run();
    try {
      return asked.text().orTimeout(Math.round(seconds * 1e3), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      String why = e.getCause() instanceof Rejected refused ? refused.getMessage() : "nothing";
      throw new Rejected(name + " got no " + answer + " but " + why);
    }
  }

  @Override
  public void event(EventName event, byte[] in, int from, int to, LoopCounters counters) {
    Awaited asked = awaited;
    if (asked != null && (asked.answer() == event || event == EventName.ROOM_ERROR)) {
      awaited = null;
      String text = new String(in, from, to - from, StandardCharsets.UTF_8);
      if (asked.answer() == event) {
        asked.text().complete(text);
      } else {
        asked.text().completeExceptionally(new Rejected(text));
      }
    }
    switch (event) {
      case NEW_MESSAGE -> {
        counters.message(DueTimes.ofText(in, from, to));
        Consumer<String> listener = messages;
        int id = listener == null ? -1 : JsonScanner.after(MESSAGE_ID, in, from, to);
        if (id >= 0 && listener != null) {
          listener.accept(JsonScanner.untilQuote(in, id, to));
        }
      }
      case VIDEO_PLAYED, VIDEO_PAUSED, VIDEO_SEEKED ->
          counters.control(DueTimes.ofPosition(in, from, to));
      case FILM_REACTIONS ->
          counters.filmReactions(JsonScanner.sumAfter(REACTION_COUNT, in, from, to));
      case MESSAGE_REACTIONS -> counters.messageReactions();
      case ROOM_JOINED -> entered(in, from, to, counters);
      case SYNC_UPDATE -> counters.delivered(DueTimes.ofTimestamp(in, from, to));
      case ERROR, ROOM_ERROR -> {
        counters.errors++;
        logProblem(new String(in, from, to - from, StandardCharsets.UTF_8));
      }
      default -> {}
    }
  }

  @Override
  public void ack(long number, byte[] in, int from, int to, LoopCounters counters) {
    if (JsonScanner.after(REJECTED, in, from, to) >= 0) {
      counters.errors++;
      logProblem(new String(in, from, to - from, StandardCharsets.UTF_8));
    }
    AckListener listener = answers;
    if (listener == null) {
      counters.answered(number);
    } else {
      listener.answered(this, number, counters);
    }
  }

  @Override
  public void heartbeat(LoopCounters counters) {
    HeartbeatListener listener = heartbeats;
    if (listener != null) {
      listener.heartbeat(this, counters);
    }
  }

  private void entered(byte[] in, int from, int to, LoopCounters counters) {
    int token = JsonScanner.after(SESSION_TOKEN, in, from, to);
    if (token >= 0) {
      sessionToken = JsonScanner.untilQuote(in, token, to);
    }
    if (entryDueMicros != DueTimes.NONE) {
      counters.delivered(entryDueMicros);
      entryDueMicros = DueTimes.NONE;
    }
  }

  @Override
  public void lost() {
    logProblem("the connection was lost at " + MicrosClock.micros() / 1_000_000 + " s");
  }

  private void logProblem(String what) {
    if (PROBLEMS.incrementAndGet() <= PROBLEMS_MAX) {
      System.err.println(name + ": " + what);
    }
  }

  private static String string(byte[] key, String json) {
    byte[] in = json.getBytes(StandardCharsets.UTF_8);
    int at = JsonScanner.after(key, in, 0, in.length);
    if (at < 0) {
      throw new IllegalStateException("not what was expected: " + json);
    }
    return JsonScanner.untilQuote(in, at, in.length);
  }

  private record Awaited(EventName answer, CompletableFuture<String> text) {}

  /** Receives acknowledgements. */
  @FunctionalInterface
  public interface AckListener {
    /** Called on the member's event loop. */
    void answered(LoadMember member, long number, LoopCounters counters);
  }

  /** Receives each ping of the server after it was answered. */
  @FunctionalInterface
  public interface HeartbeatListener {
    /** Called on the member's event loop. */
    void heartbeat(LoadMember member, LoopCounters counters);
  }

  /** Thrown when the server has rejected a request. */
  public static final class Rejected extends RuntimeException {
    Rejected(String what) {
      super(what);
    }
  }
}
