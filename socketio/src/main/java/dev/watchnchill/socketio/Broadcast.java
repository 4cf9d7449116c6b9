package dev.watchnchill.socketio;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event about to be sent to many sockets. Immutable: each method gives a new one.
 *
 * <p>A socket that is in several of the rooms gets the event once. Emits that happen one after the
 * other, on whatever threads, reach each socket in that order; so do joins and leaves before an
 * emit.
 */
public final class Broadcast {
  private final Namespace namespace;
  private final Set<String> rooms;
  private final Set<String> except;
  private final Urgency urgency;

  Broadcast(Namespace namespace, Set<String> rooms, Set<String> except, Urgency urgency) {
    this.namespace = namespace;
    this.rooms = rooms;
    this.except = except;
    this.urgency = urgency;
  }

  /** Adds a room. A socket's id is the name of a room with that socket alone. */
  public Broadcast to(String room) {
    return new Broadcast(namespace, with(rooms, room), except, urgency);
  }

  /** Leaves one socket out. */
  public Broadcast except(String socketId) {
    return new Broadcast(namespace, rooms, with(except, socketId), urgency);
  }

  /**
   * Lets the event be dropped for sockets whose outbox is filling, and leaves it out of recovery.
   */
  public Broadcast volatile_() {
    return new Broadcast(namespace, rooms, except, urgency.asDroppable());
  }

  /**
   * Lets the event wait for others to the same single room, so that a socket gets them in one
   * write: the room's sockets are written to at once, and then not again on account of such events
   * before that time has passed. An event without this leave goes at once and takes along what
   * waits: the order stays.
   */
  public Broadcast paced(Duration gap) {
    return new Broadcast(namespace, rooms, except, urgency.paced(gap.toNanos()));
  }

  /**
   * Sends. Any thread; never waits.
   *
   * @param args anything Jackson can write; {@code byte[]} and {@code ByteBuffer} travel as binary
   * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
   */
  public void emit(String event, @Nullable Object... args) {
    namespace.emit(targets(), urgency, event, args);
  }

  Targets targets() {
    return new Targets(null, rooms, except);
  }

  Urgency urgency() {
    return urgency;
  }

  private static Set<String> with(Set<String> set, String element) {
    var copy = new HashSet<>(set);
    copy.add(element);
    return Set.copyOf(copy);
  }
}
