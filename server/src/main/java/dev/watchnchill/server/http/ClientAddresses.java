package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who a client is: its peer's address, or what a trusted proxy says (rule RL4). */
public final class ClientAddresses {
  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param trustedProxies networks in CIDR form, or single addresses
   * @throws IllegalArgumentException when one is neither
   */
  public ClientAddresses(List<String> trustedProxies) {
    var rules = new ArrayList<IpSubnetFilterRule>();
    for (String network : trustedProxies) {
      rules.add(rule(network.strip()));
    }
    trusted = List.copyOf(rules);
  }

  /** The address that limits are counted for, in its textual form. */
  public String of(InetSocketAddress peer, HttpHeaders headers) {
    InetAddress address = peer.getAddress();
    if (address == null) {
      return peer.getHostString();
    }
    if (!trusts(address)) {
      return address.getHostAddress();
    }
    // Each proxy appends whom it saw, so the first from the right that is no proxy of ours is the
    // client.
    List<String> hops = new ArrayList<>();
    for (String header : headers.getAll("X-Forwarded-For")) {
      hops.addAll(List.of(header.split(",", -1)));
    }
    InetAddress client = address;
    for (String hop : hops.reversed()) {
      InetAddress seen = parse(hop.strip());
      if (seen == null) {
        break;
      }
      client = seen;
      if (!trusts(seen)) {
        break;
      }
    }
    return client.getHostAddress();
  }

  private boolean trusts(InetAddress address) {
    var socketAddress = new InetSocketAddress(address, 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socketAddress));
  }

  private static @Nullable InetAddress parse(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text) == null
        ? null
        : NetUtil.createInetAddressFromIpAddressString(text);
  }

  private static IpSubnetFilterRule rule(String network) {
    int slash = network.indexOf('/');
    String host = slash < 0 ? network : network.substring(0, slash);
    InetAddress address = parse(host);
    if (address == null) {
      throw new IllegalArgumentException(
          "'" + network + "' is no network; write it as 10.0.0.0/8 or 2001:db8::/32");
    }
    int bits = address.getAddress().length * 8;
    int prefix;
    try {
      prefix = slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + network + "' has no prefix length", e);
    }
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("'" + network + "' has a prefix out of range");
    }
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }
}
