package dev.watchnchill.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.access.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class ClientFingerprintsTest {
  private static final byte[] SECRET = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
  private static final String BROWSER = "0123456789abcdef";

  private final ClientFingerprints room = new ClientFingerprints(SECRET);

  @Test
  void address_and_browser_are_half_an_hmac_of_their_kind_and_text() throws Exception {
    assertThat(room.ofAddress(ClientKey.of("192.0.2.1"))).isEqualTo(hmac("address\u0000192.0.2.1"));
    assertThat(room.ofBrowser(BROWSER)).isEqualTo(hmac("browser\u0000" + BROWSER));
  }

  private static KeyedHash hmac(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    byte[] whole = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return KeyedHash.ofHex(HexFormat.of().formatHex(whole, 0, 16));
  }

  @Test
  void addresses_of_one_network_are_one_client_and_others_are_not() {
    KeyedHash one = room.ofAddress(ClientKey.of("2001:db8:1:2::1"));

    assertThat(one).isNotNull().isEqualTo(room.ofAddress(ClientKey.of("2001:db8:1:2:3:4:5:6")));
    assertThat(one).isNotEqualTo(room.ofAddress(ClientKey.of("2001:db8:1:3::1")));
  }

  @Test
  void unknown_address_has_no_hash() {
    assertThat(room.ofAddress(ClientKey.of("not an address"))).isNull();
  }

  @Test
  void kinds_are_kept_apart() {
    var address = ClientKey.of("2001:db8:1:2::1");

    assertThat(room.ofBrowser(address.text())).isNotEqualTo(room.ofAddress(address));
  }

  @Test
  void another_room_has_other_hashes() {
    byte[] secret = SECRET.clone();
    secret[15] ^= 1;
    var other = new ClientFingerprints(secret);

    assertThat(other.ofBrowser(BROWSER)).isNotEqualTo(room.ofBrowser(BROWSER));
    assertThat(other.ofAddress(ClientKey.of("192.0.2.1")))
        .isNotEqualTo(room.ofAddress(ClientKey.of("192.0.2.1")));
  }

  @Test
  void secret_is_copied_and_not_shown() {
    byte[] secret = SECRET.clone();
    var copy = new ClientFingerprints(secret);
    Arrays.fill(secret, (byte) 0);

    assertThat(copy.ofBrowser(BROWSER)).isEqualTo(room.ofBrowser(BROWSER));
    assertThat(copy).hasToString("ClientFingerprints[…]");
  }

  @Test
  void secrets_and_browser_keys_have_bounds() {
    assertThatThrownBy(() -> new ClientFingerprints(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(room.ofBrowser("k".repeat(200))).isNotNull();
    for (String key : new String[] {"k".repeat(15), "k".repeat(201)}) {
      assertThatThrownBy(() -> room.ofBrowser(key))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining(key);
    }
  }
}
