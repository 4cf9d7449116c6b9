package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who a client is: its peer's address, or what a trusted proxy says (rule RL4). */
public final class ClientAddresses {
  private final Networks trusted;

  /**
   * @param trustedProxies networks in CIDR form, or single addresses
   * @throws IllegalArgumentException when one is neither
   */
  public ClientAddresses(List<String> trustedProxies) {
    trusted = new Networks(trustedProxies);
  }

  /** The address that limits are counted for, in its textual form. */
  public String of(InetSocketAddress peer, HttpHeaders headers) {
    InetAddress address = peer.getAddress();
    return address == null
        ? peer.getHostString()
        : client(address, headers).address().getHostAddress();
  }

  /**
   * The client's address, or null when it is not certain: a trusted proxy said something that is no
   * address. To allow by address, ask this.
   */
  @Nullable InetAddress certain(InetSocketAddress peer, HttpHeaders headers) {
    InetAddress address = peer.getAddress();
    if (address == null) {
      return null;
    }
    Client client = client(address, headers);
    return client.certain() ? client.address() : null;
  }

  private record Client(InetAddress address, boolean certain) {}

  private Client client(InetAddress peer, HttpHeaders headers) {
    if (!trusted.contain(peer)) {
      return new Client(peer, true);
    }
    // Each proxy appends whom it saw, so the first from the right that is no proxy of ours is the
    // client.
    List<String> hops = new ArrayList<>();
    for (String header : headers.getAll("X-Forwarded-For")) {
      hops.addAll(List.of(header.split(",", -1)));
    }
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      InetAddress seen = Networks.address(hop.strip());
      if (seen == null) {
        return new Client(client, false);
      }
      client = seen;
      if (!trusted.contain(seen)) {
        break;
      }
    }
    return new Client(client, true);
  }
}
