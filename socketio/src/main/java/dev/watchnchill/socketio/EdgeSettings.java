package dev.watchnchill.socketio;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Bounds of what reaches a server before a session exists: TCP connections and HTTP requests.
 *
 * @param trustedPeers addresses of reverse proxies and load balancers. Their connections are not
 *     counted by address, and they alone may send a PROXY header
 * @param proxyProtocol whether each connection begins with a PROXY protocol header, version 1 or 2.
 *     A peer that is not trusted, or sends none, is closed
 * @param connectionsPerAddressMax how many connections one address may hold; an IPv6 client counts
 *     by its /64
 * @param connectionsMax how many connections there may be in all; 0 for what the process's limit of
 *     file descriptors leaves
 * @param bodyTimeout how long a request body may take, from the end of its head
 * @param gateTimeout how long {@link TransportGate#admit} may take
 */
public record EdgeSettings(
    Predicate<InetAddress> trustedPeers,
    boolean proxyProtocol,
    int connectionsPerAddressMax,
    int connectionsMax,
    Duration bodyTimeout,
    Duration gateTimeout) {

  /** Nobody trusted, no PROXY protocol, 1,000 connections per address, 20 s and 5 s. */
  public static final EdgeSettings DEFAULT =
      new EdgeSettings(_ -> false, false, 1_000, 0, Duration.ofSeconds(20), Duration.ofSeconds(5));

  /** Checks every range. */
  public EdgeSettings {
    SocketIoConfig.within("connectionsPerAddressMax", connectionsPerAddressMax, 1, 10_000_000);
    SocketIoConfig.within("connectionsMax", connectionsMax, 0, 10_000_000);
    SocketIoConfig.atLeast("bodyTimeout", bodyTimeout, 10);
    SocketIoConfig.atLeast("gateTimeout", gateTimeout, 10);
  }

  /** Returns these settings with other trusted peers. */
  public EdgeSettings withTrustedPeers(Predicate<InetAddress> trusted, boolean proxy) {
    return new EdgeSettings(
        trusted, proxy, connectionsPerAddressMax, connectionsMax, bodyTimeout, gateTimeout);
  }

  /** Returns these settings with other bounds of connections. */
  public EdgeSettings withConnections(int perAddress, int all) {
    return new EdgeSettings(trustedPeers, proxyProtocol, perAddress, all, bodyTimeout, gateTimeout);
  }

  /** Returns these settings with other deadlines. */
  public EdgeSettings withTimeouts(Duration body, Duration gate) {
    return new EdgeSettings(
        trustedPeers, proxyProtocol, connectionsPerAddressMax, connectionsMax, body, gate);
  }
}
