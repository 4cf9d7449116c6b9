package dev.watchnchill.socketio.limit;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Limits of TCP connections and HTTP requests before a session exists.
 *
 * @param trustedPeers addresses of reverse proxies and load balancers. Their connections are not
 *     counted by address, and only they may send a PROXY header
 * @param proxyProtocol whether each connection begins with a PROXY protocol header, version 1 or 2.
 *     A peer that is not trusted, or sends none, is closed
 * @param connectionsPerAddressMax most connections of one address; an IPv6 client counts by its /64
 * @param connectionsMax most connections in total; 0 for what the process's limit of file
 *     descriptors allows
 * @param bodyTimeout time for a request body, from the end of its head
 * @param gateTimeout time for the gate to decide on a new session
 */
public record ConnectionSettings(
    Predicate<InetAddress> trustedPeers,
    boolean proxyProtocol,
    int connectionsPerAddressMax,
    int connectionsMax,
    Duration bodyTimeout,
    Duration gateTimeout) {

  /**
   * No trusted peers, no PROXY protocol, 1,000 connections per address, 20 s for a body and 5 s for
   * the gate.
   */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(
          _ -> false, false, 1_000, 0, Duration.ofSeconds(20), Duration.ofSeconds(5));

  /** Checks every range. */
  public ConnectionSettings {
    RangeChecks.within("connectionsPerAddressMax", connectionsPerAddressMax, 1, 10_000_000);
    RangeChecks.within("connectionsMax", connectionsMax, 0, 10_000_000);
    RangeChecks.atLeast("bodyTimeout", bodyTimeout, 10);
    RangeChecks.atLeast("gateTimeout", gateTimeout, 10);
  }

  /** Returns these settings with other trusted peers. */
  public ConnectionSettings withTrustedPeers(Predicate<InetAddress> trusted, boolean proxy) {
    return new ConnectionSettings(
        trusted, proxy, connectionsPerAddressMax, connectionsMax, bodyTimeout, gateTimeout);
  }

  /** Returns these settings with other connection limits. */
  public ConnectionSettings withConnections(int perAddress, int all) {
    return new ConnectionSettings(
        trustedPeers, proxyProtocol, perAddress, all, bodyTimeout, gateTimeout);
  }

  /** Returns these settings with other timeouts. */
  public ConnectionSettings withTimeouts(Duration body, Duration gate) {
    return new ConnectionSettings(
        trustedPeers, proxyProtocol, connectionsPerAddressMax, connectionsMax, body, gate);
  }
}
