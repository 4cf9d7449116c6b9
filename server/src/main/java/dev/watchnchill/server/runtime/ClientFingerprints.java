package dev.watchnchill.server.runtime;

import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.session.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes what a client can be recognised by after a ban, as hashes that only holders of the room's
 * secret can make (rule EN9).
 */
final class ClientFingerprints {
  private static final String HMAC = "HmacSHA256";

  private ClientFingerprints() {}

  static MemberIdentity of(RoomSecret secret, Session session) {
    String browser = session.browserKey();
    ClientKey address = session.client();
    if (browser == null && address.equals(ClientKey.NONE)) {
      return MemberIdentity.NONE;
    }
    return new MemberIdentity(
        browser == null ? null : hash(secret, "browser", browser),
        address.equals(ClientKey.NONE) ? null : hash(secret, "address", address.text()));
  }

  private static KeyedHash hash(RoomSecret secret, String kind, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      mac.update((kind + ":" + text).getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(mac.doFinal());
      return new KeyedHash(bytes.getLong(), bytes.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
