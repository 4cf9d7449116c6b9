package dev.watchnchill.server.runtime.port;

import dev.watchnchill.server.wire.IceServer;
import java.util.List;

/** Lists the STUN and TURN servers that the browsers of speakers use (rule VO6). */
@FunctionalInterface
public interface IceServers {
  /** Lists none: browsers in one network find each other without. */
  IceServers NONE = List::of;

  /** Returns the servers, with credentials for one member that are valid from now on. */
  List<IceServer> current();
}
