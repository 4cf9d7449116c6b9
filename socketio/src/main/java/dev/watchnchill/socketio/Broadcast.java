package dev.watchnchill.socketio;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event's recipients and delivery options. Immutable: each method returns a changed copy.
 *
 * <p>A socket that is in several of the rooms gets the event once. Emits, joins and leaves that
 * happen one after the other, on any threads, take effect in that order for every socket.
 */
public final class Broadcast {
  private final Namespace namespace;
  private final Set<String> rooms;
  private final Set<String> except;
  private final DeliveryOptions options;

  Broadcast(Namespace namespace, Set<String> rooms, Set<String> except, DeliveryOptions options) {
    this.namespace = namespace;
    this.rooms = rooms;
    this.except = except;
    this.options = options;
  }

  /** Adds a room. The id of a socket is the name of a room that holds this socket alone. */
  public Broadcast to(String room) {
    return new Broadcast(namespace, with(rooms, room), except, options);
  }

  /** Excludes one socket. */
  public Broadcast except(String socketId) {
    return new Broadcast(namespace, rooms, with(except, socketId), options);
  }

  /** Excludes several sockets. */
  public Broadcast except(Set<String> socketIds) {
    var all = new HashSet<>(except);
    all.addAll(socketIds);
    return new Broadcast(namespace, rooms, Set.copyOf(all), options);
  }

  /**
   * Allows the event to be dropped for sockets whose outbox is filling, and excludes it from
   * recovery.
   */
  public Broadcast volatile_() {
    return new Broadcast(namespace, rooms, except, options.asDroppable());
  }

  /**
   * Allows the event to be delayed, so that several events to the same single room share one write.
   *
   * <p>The first event is written at once. Later events wait until the interval since the last such
   * write has passed. An event without this option is written at once, together with all delayed
   * events before it, so the order is kept.
   */
  public Broadcast throttled(Duration interval) {
    return new Broadcast(namespace, rooms, except, options.throttled(interval.toNanos()));
  }

  /**
   * Sends the event. Any thread; never blocks.
   *
   * @param args anything that Jackson can write; {@code byte[]} and {@code ByteBuffer} are sent as
   *     binary
   * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
   */
  public void emit(String event, @Nullable Object... args) {
    namespace.emit(recipients(), options, event, args);
  }

  Recipients recipients() {
    return new Recipients(null, rooms, except);
  }

  DeliveryOptions options() {
    return options;
  }

  private static Set<String> with(Set<String> set, String element) {
    var copy = new HashSet<>(set);
    copy.add(element);
    return Set.copyOf(copy);
  }
}
