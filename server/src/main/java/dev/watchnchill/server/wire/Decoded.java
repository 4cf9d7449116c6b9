package dev.watchnchill.server.wire;

/** The result of decoding a client's payload. */
public sealed interface Decoded {
  /** A payload that keeps the field rules. */
  record Accepted(ClientRequest request) implements Decoded {}

  /** A payload that breaks field rules, and which (rule FR11). */
  record Rejected(ErrorReply problem) implements Decoded {}
}
