package dev.watchnchill.server.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of networks. */
public final class Networks {
  private final List<IpSubnetFilterRule> rules;

  /**
   * @param networks in CIDR form, or single addresses
   * @throws IllegalArgumentException when one is neither
   */
  public Networks(List<String> networks) {
    rules = networks.stream().map(network -> rule(network.strip())).toList();
  }

  /** Returns whether this address is in one of them. */
  public boolean contain(InetAddress address) {
    var socketAddress = new InetSocketAddress(address, 0);
    return rules.stream().anyMatch(rule -> rule.matches(socketAddress));
  }

  /** Returns the address in a text, or null; names are never looked up. */
  static @Nullable InetAddress address(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }

  private static IpSubnetFilterRule rule(String network) {
    int slash = network.indexOf('/');
    String host = slash < 0 ? network : network.substring(0, slash);
    InetAddress address = address(host);
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
