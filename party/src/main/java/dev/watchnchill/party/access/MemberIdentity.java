package dev.watchnchill.party.access;

import org.jspecify.annotations.Nullable;

/**
 * The hashes that recognise a member after a ban (rule EN9).
 *
 * @param browser hash of the browser's own key, or null for a client that has none
 * @param address hash of the client's address, or null when it is not known
 */
public record MemberIdentity(@Nullable KeyedHash browser, @Nullable KeyedHash address) {
  /** The identity of a client that cannot be recognised. */
  public static final MemberIdentity NONE = new MemberIdentity(null, null);

  /** Returns whether both are the same browser. */
  public boolean sharesBrowser(MemberIdentity other) {
    return browser != null && other.browser != null && browser.matches(other.browser);
  }

  /** Returns whether both come from one address. */
  public boolean sharesAddress(MemberIdentity other) {
    return address != null && other.address != null && address.matches(other.address);
  }
}
