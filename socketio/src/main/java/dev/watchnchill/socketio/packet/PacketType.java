package dev.watchnchill.socketio.packet;

/** The seven packet types of Socket.IO 5. */
public enum PacketType {
  /** Asks to enter a namespace, or accepts that. */
  CONNECT('0'),
  /** Leaves a namespace, or removes the client from it. */
  DISCONNECT('1'),
  /** An event. */
  EVENT('2'),
  /** The acknowledgement of an event. */
  ACK('3'),
  /** Rejects a CONNECT. */
  CONNECT_ERROR('4'),
  /** An event with attachments. */
  BINARY_EVENT('5'),
  /** An acknowledgement with attachments. */
  BINARY_ACK('6');

  private static final PacketType[] ALL = values();

  private final char digit;

  PacketType(char digit) {
    this.digit = digit;
  }

  /** Returns the type of a digit on the wire. */
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
