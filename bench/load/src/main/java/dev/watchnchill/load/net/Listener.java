package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.Tally;

/** Who is at the other end of a connection. Called on its event loop; the bytes are only lent. */
public interface Listener {
  /** Looks at nothing. */
  Listener NOBODY = new Listener() {};

  /** An event; the bytes are those of its packet, behind the name. */
  default void event(EventName name, byte[] in, int from, int to, Tally tally) {}

  /** The answer to what was sent with that number; the bytes are the array of its arguments. */
  default void ack(long number, byte[] in, int from, int to, Tally tally) {}

  /** The server has pinged, and its ping is answered. */
  default void heartbeat(Tally tally) {}

  /** The connection has ended, and this side did not ask for it. */
  default void lost() {}
}
