package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class SecureIdsTest {
  private final SecureIds ids = new SecureIds();

  @Test
  void TK1_invitations_and_secrets_are_128_bits_and_new_each_time() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      String token = ids.inviteToken();
      assertThat(token).matches("[A-Za-z0-9_-]{22}");
      byte[] secret = ids.secretBytes();
      assertThat(secret).hasSize(16);
      seen.add(token);
      seen.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
    assertThat(seen).hasSize(2_000);
  }
}
