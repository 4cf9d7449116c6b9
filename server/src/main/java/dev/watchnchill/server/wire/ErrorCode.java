package dev.watchnchill.server.wire;

/** The registry of error codes that acknowledgements and metrics name (rule AK1). */
public enum ErrorCode {
  /** A field rule is broken. */
  INVALID_DATA(false),
  /** There is no event of that name. */
  UNKNOWN_EVENT(false),
  /** The socket has joined no room, or not this one. */
  NOT_AUTHENTICATED(false),
  /** There is no such room. */
  ROOM_NOT_FOUND(false),
  /** A present member has that name. */
  NAME_TAKEN(false),
  /** The host's seat needs the host's token. */
  BAD_HOST_CREDENTIALS(false),
  /** Only hosts may do that. */
  NOT_HOST(false),
  /** There is no such user in the room. */
  USER_NOT_FOUND(false),
  /** The user is a host already. */
  ALREADY_HOST(false),
  /** The room holds as many users as it may. */
  ROOM_FULL(false),
  /** Too many events in too short a time. */
  RATE_LIMITED(true),
  /** The store cannot be reached, or the server is at its room limit. */
  UNAVAILABLE(true),
  /** A fault of the server. */
  INTERNAL(true);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same event may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns its name on the wire, such as {@code not_host}. */
  public String wireName() {
    return WireText.name(this);
  }
}
