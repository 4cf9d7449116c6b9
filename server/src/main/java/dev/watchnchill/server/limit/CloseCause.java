package dev.watchnchill.server.limit;

import java.util.Locale;

/** The limit for which the server closes a connection, as clients and metrics name it. */
public enum CloseCause {
  /** The connection went on sending events far beyond its limits (rule RL8). */
  EVENT_FLOOD,
  /** The connection entered the namespace too often (rule RL8). */
  CONNECT_FLOOD,
  /** The address entered the namespace too often (rule RL8). */
  ADDRESS_CONNECTS,
  /** The address has as many sockets as it may (rule RL2). */
  ADDRESS_SOCKETS;

  /** Returns its name on the wire, such as {@code event_flood}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
