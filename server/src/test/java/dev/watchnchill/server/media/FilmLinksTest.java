package dev.watchnchill.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tokens of links to films (rule LB8). */
final class FilmLinksTest {
  private static final FilmLinks.Pass PASS =
      new FilmLinks.Pass(
          FilmLinks.Purpose.FILM,
          1_000_000,
          new RoomId("ABC123"),
          new UserId(UUID.fromString("6ba7b810-9dad-41d1-80b4-00c04fd430c8")),
          "AAAAAAAAAAAAAAAAAAAAAQ");

  private final FilmLinks links = new FilmLinks(new byte[16]);

  @Test
  void LB8_token_is_read_until_it_expires() {
    String token = links.token(PASS);
    assertThat(token).matches("[A-Za-z0-9_-]{106}");
    assertThat(links.read(token, 999_999)).isEqualTo(PASS);
    assertThat(links.read(token, 1_000_000)).isNull();
  }

  @Test
  void LB8_token_with_any_other_character_is_void() {
    String token = links.token(PASS);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(links.read(token.substring(0, i) + other + token.substring(i + 1), 0))
          .as("character %d", i)
          .isNull();
    }
    assertThat(links.read(token + "A", 0)).isNull();
    assertThat(links.read(token.substring(1), 0)).isNull();
    assertThat(links.read("", 0)).isNull();
    assertThat(links.read(token.substring(0, 105) + "\0", 0)).isNull();
  }

  @Test
  void LB8_token_of_another_server_is_void() {
    byte[] secret = new byte[16];
    secret[0] = 1;
    assertThat(links.read(new FilmLinks(secret).token(PASS), 0)).isNull();
  }

  @Test
  void LB8_token_made_with_another_secret_is_void_from_then_on() {
    String token = links.token(PASS);
    byte[] secret = new byte[16];
    secret[0] = 1;
    links.use(secret);
    assertThat(links.read(token, 0)).isNull();
    assertThat(links.read(links.token(PASS), 0)).isEqualTo(PASS);
  }

  @Test
  void LB13_purpose_is_in_the_token() {
    var poster =
        new FilmLinks.Pass(
            FilmLinks.Purpose.POSTER, PASS.expiresAtMs(), PASS.room(), PASS.user(), PASS.mediaId());
    assertThat(links.read(links.token(poster), 0)).isEqualTo(poster);
    assertThat(links.token(poster)).isNotEqualTo(links.token(PASS));
  }

  @Test
  void LB8_neither_the_key_nor_a_room_is_shown() {
    assertThat(links).hasToString("FilmLinks[…]");
  }
}
