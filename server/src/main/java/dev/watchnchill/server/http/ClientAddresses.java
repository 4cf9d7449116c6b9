package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines the address of a client: its peer's, or the one that a trusted proxy names (rules RL4,
 * TR12, TR13).
 */
public final class ClientAddresses {
  private static final String X_FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  private final Networks trusted;
  private final ForwardingHeader header;
  private final ForwardingWarnings warnings = new ForwardingWarnings();

  /**
   * @param trustedProxies networks in CIDR form, or single addresses
   * @throws IllegalArgumentException when one is neither
   */
  public ClientAddresses(List<String> trustedProxies) {
    this(trustedProxies, ForwardingHeader.EITHER);
  }

  /**
   * @param trustedProxies networks in CIDR form, or single addresses
   * @param header which header names the client
   * @throws IllegalArgumentException when a network is none
   */
  public ClientAddresses(List<String> trustedProxies, ForwardingHeader header) {
    trusted = new Networks(trustedProxies);
    this.header = header;
  }

  /** Returns the address that limits are counted for, in textual form. */
  public String of(InetSocketAddress peer, HttpHeaders headers) {
    InetAddress address = peer.getAddress();
    return address == null
        ? peer.getHostString()
        : client(address, headers).address().getHostAddress();
  }

  /**
   * Returns the client's address, or null when it is not certain, because a trusted proxy named no
   * address. Permissions by address use this method.
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
    List<String> forwardedFor =
        header == ForwardingHeader.FORWARDED ? List.of() : headers.getAll(X_FORWARDED_FOR);
    List<String> forwarded =
        header == ForwardingHeader.X_FORWARDED_FOR ? List.of() : headers.getAll(FORWARDED);
    if (forwarded.isEmpty()) {
      return client(peer, forwardedFor, /* rfc7239= */ false);
    }
    Client byForwarded = client(peer, forwarded, /* rfc7239= */ true);
    if (forwardedFor.isEmpty()) {
      return byForwarded;
    }
    // A proxy that writes one of them passes the other on as the client wrote it. What cannot be
    // distinguished counts only when both say the same.
    Client byForwardedFor = client(peer, forwardedFor, /* rfc7239= */ false);
    if (byForwardedFor.certain()
        && byForwarded.certain()
        && byForwardedFor.address().equals(byForwarded.address())) {
      return byForwardedFor;
    }
    warnings.contradiction(peer);
    return new Client(peer, false);
  }

  /**
   * Each proxy appends the address that it saw, so the first from the right that is no trusted
   * proxy is the client.
   */
  private Client client(InetAddress peer, List<String> lines, boolean rfc7239) {
    var items = new ItemsFromRight(lines);
    InetAddress client = peer;
    boolean first = true;
    for (String item = items.next(); item != null; item = items.next()) {
      // Empty items count for nothing (RFC 9110, section 5.6.1), but the last one is what the
      // nearest proxy wrote: with nothing in it, what stands before it was written by the client.
      if (!item.isEmpty() || first) {
        String node = rfc7239 ? ForwardedElement.parameter(item, "for") : item;
        InetAddress seen = node == null ? null : ForwardedNode.address(node);
        if (seen == null) {
          warnings.unreadable(peer, rfc7239 ? FORWARDED : X_FORWARDED_FOR, item);
          return new Client(client, false);
        }
        client = seen;
        if (!trusted.contain(seen)) {
          return new Client(client, true);
        }
      }
      first = false;
    }
    return new Client(client, !items.exhausted());
  }
}
