package dev.watchnchill.load.party;

import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Tally;
import dev.watchnchill.load.net.Bytes;
import dev.watchnchill.load.net.Connection;
import dev.watchnchill.load.net.EventName;
import dev.watchnchill.load.net.Listener;
import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.net.Target;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Somebody in a room: says what is asked of them, and counts what they are told. */
public final class Member implements Listener {
  private static final int ANSWER_SECONDS = 30;
  private static final int COMPLAINTS_MAX = 5;
  private static final AtomicInteger COMPLAINTS = new AtomicInteger();
  private static final byte[] ROOM_ID = Bytes.of("\"roomId\":\"");
  private static final byte[] HOST_TOKEN = Bytes.of("\"hostToken\":\"");
  private static final byte[] SESSION_TOKEN = Bytes.of("\"sessionToken\":\"");
  private static final byte[] REFUSED = Bytes.of("\"ok\":false");

  private volatile String name;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Wanted wanted;
  private volatile @Nullable String sessionToken;
  private volatile @Nullable AckListener answers;
  private volatile @Nullable HeartbeatListener heartbeats;
  private volatile long entryDueMicros = Marks.NONE;

  /** Somebody of that name, not connected yet. */
  public Member(String name) {
    this.name = name;
  }

  /** What they are called. */
  public String name() {
    return name;
  }

  /**
   * Opens their connection.
   *
   * @param auth what they say of themselves when they connect, as JSON
   */
  public void connect(Network network, Target target, @Nullable String auth) {
    connection = network.connect(target, this, auth).join();
  }

  /** From now on they go by another name. */
  public void rename(String other) {
    name = other;
  }

  /** Their connection, which must be open. */
  public Connection connection() {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException(name + " is not connected");
    }
    return open;
  }

  /** Whether they are connected. */
  public boolean connected() {
    Connection open = connection;
    return open != null && open.open();
  }

  /** Creates a room; back when it is there. */
  public RoomKey createRoom() {
    String created = request(EventName.ROOM_CREATED, Requests.create(name));
    return new RoomKey(string(ROOM_ID, created), string(HOST_TOKEN, created));
  }

  /** Enters that room; back when in it. */
  public void join(RoomKey room) {
    when(EventName.ROOM_JOINED, () -> askToJoin(room));
  }

  /** Says that they want to enter that room. */
  public void askToJoin(RoomKey room) {
    connection().emit(Requests.join(room, name, null, null));
  }

  /**
   * Says that they want to come back into that room, with what they have to show for it.
   *
   * @param hosts whether they created it
   */
  public void askToReturn(RoomKey room, boolean hosts) {
    String token = hosts ? room.hostToken() : null;
    connection().emit(Requests.join(room, name, token, sessionToken));
  }

  /** Has the room show a film, as its host. */
  public void setVideo(RoomKey room) {
    request(EventName.VIDEO_SET, Requests.setVideo(room));
  }

  /** Says something. */
  public void say(RoomKey room, long dueMicros) {
    connection().emit(Requests.say(room, Marks.text(dueMicros)));
  }

  /** Says where the film is at them, as a host's page does every 5 s. */
  public void report(RoomKey room, long positionMicros, long dueMicros) {
    connection()
        .emit(Requests.report(room, Marks.position(positionMicros), Marks.timestamp(dueMicros)));
  }

  /** Plays, pauses or seeks, as the host. */
  public void control(Control control, RoomKey room, long dueMicros) {
    connection().emit(control.packet(room, Marks.position(dueMicros)));
  }

  /** The same, to be answered under that number. */
  public void askControl(Control control, RoomKey room, long number) {
    connection().ask(number, control.packet(room, Marks.position(number)));
  }

  /** Whom the answers go to from now on; without anybody they count as deliveries. */
  public void answersTo(AckListener listener) {
    answers = listener;
  }

  /** Who does something at each ping of the server from now on. */
  public void heartbeatsTo(HeartbeatListener listener) {
    heartbeats = listener;
  }

  /** Their next {@code room-joined} is the delivery of the command that was due then. */
  public void entersAt(long dueMicros) {
    entryDueMicros = dueMicros;
  }

  /** Whether they have not got that {@code room-joined} yet. */
  public boolean entering() {
    return entryDueMicros != Marks.NONE;
  }

  /** What takes their seat back, when the server has given them such a thing. */
  public @Nullable String sessionToken() {
    return sessionToken;
  }

  /**
   * Says that and waits for the event that answers it.
   *
   * @return what the event said, as JSON, its first 16 KB
   */
  public String request(EventName answer, String json) {
    return when(answer, () -> connection().emit(json));
  }

  /** Does that and waits for the event that comes of it. */
  public String when(EventName answer, Runnable act) {
    return when(answer, ANSWER_SECONDS, act);
  }

  /** The same, and waits no longer than that. */
  public String when(EventName answer, double seconds, Runnable act) {
    Wanted asked = new Wanted(answer, new CompletableFuture<>());
    wanted = asked;
    act.run();
    try {
      return asked.text().orTimeout(Math.round(seconds * 1e3), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      String why = e.getCause() instanceof Refused refused ? refused.getMessage() : "nothing";
      throw new Refused(name + " got no " + answer + " but " + why);
    }
  }

  @Override
  public void event(EventName event, byte[] in, int from, int to, Tally tally) {
    Wanted asked = wanted;
    if (asked != null && (asked.answer() == event || event == EventName.ROOM_ERROR)) {
      wanted = null;
      String text = new String(in, from, to - from, StandardCharsets.UTF_8);
      if (asked.answer() == event) {
        asked.text().complete(text);
      } else {
        asked.text().completeExceptionally(new Refused(text));
      }
    }
    switch (event) {
      case NEW_MESSAGE -> tally.delivered(Marks.ofText(in, from, to));
      case VIDEO_PLAYED, VIDEO_PAUSED, VIDEO_SEEKED ->
          tally.delivered(Marks.ofPosition(in, from, to));
      case ROOM_JOINED -> entered(in, from, to, tally);
      case SYNC_UPDATE -> tally.delivered(Marks.ofTimestamp(in, from, to));
      case ERROR, ROOM_ERROR -> {
        tally.errors++;
        complain(new String(in, from, to - from, StandardCharsets.UTF_8));
      }
      default -> {}
    }
  }

  @Override
  public void ack(long number, byte[] in, int from, int to, Tally tally) {
    if (Bytes.after(REFUSED, in, from, to) >= 0) {
      tally.errors++;
      complain(new String(in, from, to - from, StandardCharsets.UTF_8));
    }
    AckListener listener = answers;
    if (listener == null) {
      tally.answered(number);
    } else {
      listener.answered(this, number, tally);
    }
  }

  @Override
  public void heartbeat(Tally tally) {
    HeartbeatListener listener = heartbeats;
    if (listener != null) {
      listener.heartbeat(this, tally);
    }
  }

  private void entered(byte[] in, int from, int to, Tally tally) {
    int token = Bytes.after(SESSION_TOKEN, in, from, to);
    if (token >= 0) {
      sessionToken = Bytes.untilQuote(in, token, to);
    }
    if (entryDueMicros != Marks.NONE) {
      tally.delivered(entryDueMicros);
      entryDueMicros = Marks.NONE;
    }
  }

  @Override
  public void lost() {
    complain("the connection was lost at " + Clock.micros() / 1_000_000 + " s");
  }

  private void complain(String what) {
    if (COMPLAINTS.incrementAndGet() <= COMPLAINTS_MAX) {
      System.err.println(name + ": " + what);
    }
  }

  private static String string(byte[] key, String json) {
    byte[] in = json.getBytes(StandardCharsets.UTF_8);
    int at = Bytes.after(key, in, 0, in.length);
    if (at < 0) {
      throw new IllegalStateException("not what was expected: " + json);
    }
    return Bytes.untilQuote(in, at, in.length);
  }

  private record Wanted(EventName answer, CompletableFuture<String> text) {}

  /** Hears the answers to what was asked. */
  @FunctionalInterface
  public interface AckListener {
    /** Called on the member's event loop. */
    void answered(Member member, long number, Tally tally);
  }

  /** Hears each ping of the server, once it is answered. */
  @FunctionalInterface
  public interface HeartbeatListener {
    /** Called on the member's event loop. */
    void heartbeat(Member member, Tally tally);
  }

  /** The server did not do what was asked of it. */
  public static final class Refused extends RuntimeException {
    Refused(String what) {
      super(what);
    }
  }
}
