package dev.watchnchill.server.http;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns an operator, once per process and kind, that a trusted proxy names no client, so that all
 * of its visitors share the limits of one address (rule TR12).
 */
final class ForwardingWarnings {
  private static final Logger log = LoggerFactory.getLogger(ForwardingWarnings.class);

  private final AtomicBoolean unreadable = new AtomicBoolean();
  private final AtomicBoolean contradiction = new AtomicBoolean();

  void unreadable(InetAddress proxy, String header, String item) {
    if (unreadable.compareAndSet(false, true)) {
      log.warn(
          "The trusted proxy {} sent a {} header that names no client address: \"{}\". Its visitors"
              + " share the limits of one address. Said once.",
          proxy.getHostAddress(),
          header,
          LogText.excerpt(item));
    }
  }

  void contradiction(InetAddress proxy) {
    if (contradiction.compareAndSet(false, true)) {
      log.warn(
          "A request from the trusted proxy {} has both X-Forwarded-For and Forwarded, and they"
              + " name different clients: one of them may be the client's own, so neither is"
              + " believed. Set FORWARDING_HEADER to the one that the proxy writes. Said once.",
          proxy.getHostAddress());
    }
  }
}
