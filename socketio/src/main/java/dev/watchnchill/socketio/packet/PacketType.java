package dev.watchnchill.socketio.packet;

/** The seven packet types of Socket.IO 5. */
public enum PacketType {
  /** Asks to enter a namespace, and the answer to that. */
  CONNECT('0'),
  /** Leaves a namespace, or is removed from it. */
  DISCONNECT('1'),
  /** An event. */
  EVENT('2'),
  /** The answer to an event. */
  ACK('3'),
  /** Refuses entry to a namespace. */
  CONNECT_ERROR('4'),
  /** An event with attachments. */
  BINARY_EVENT('5'),
  /** An answer with attachments. */
  BINARY_ACK('6');

  private static final PacketType[] ALL = values();

  private final char digit;

  PacketType(char digit) {
    this.digit = digit;
  }

  /** The type that this digit stands for on the wire. */
  static PacketType of(char digit) throws PacketFormatException {
    for (PacketType type : ALL) {
      if (type.digit == digit) {
        return type;
      }
    }
    throw new PacketFormatException("unknown packet type");
  }

  char digit() {
    return digit;
  }

  boolean binary() {
    return this == BINARY_EVENT || this == BINARY_ACK;
  }
}
