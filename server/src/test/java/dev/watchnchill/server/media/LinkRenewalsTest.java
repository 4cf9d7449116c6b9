package dev.watchnchill.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.media.FilmLinks.Purpose;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Links that are renewed while they are used (rule LB11). */
final class LinkRenewalsTest {
  private static final long LIFE = FilmLinks.LIFE_MS;
  private static final String FILM = "AAAAAAAAAAAAAAAAAAAAAQ";
  private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAg";
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final UserId ANN = new UserId(new UUID(1, 2));

  private final FilmLinks links = new FilmLinks(new byte[16]);
  private final LinkRenewals renewals = new LinkRenewals(links, 3);

  private boolean valid(String token, long nowMs) {
    return renewals.read(token, Purpose.FILM, nowMs) != null;
  }

  @Test
  void LB11_member_that_asks_again_gets_the_same_link_for_longer() {
    LinkRenewals.Valid first = renewals.token(ROOM, ANN, FILM, 0);
    LinkRenewals.Valid again = renewals.token(ROOM, ANN, FILM, LIFE - 1);
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.expiresAtMs()).isEqualTo(2 * LIFE - 1);
    assertThat(valid(first.token(), LIFE)).isTrue();
    assertThat(valid(first.token(), 2 * LIFE - 2)).isTrue();
    assertThat(valid(first.token(), 2 * LIFE - 1)).isFalse();
    assertThat(renewals.token(ROOM, ANN, FILM, 3 * LIFE).token()).isNotEqualTo(first.token());
  }

  @Test
  void LB11_link_that_one_instance_renews_is_good_on_the_others() {
    var shared = new HashMap<String, Long>();
    var known =
        new RenewedLinks() {
          @Override
          public void renewed(String token, long expiresAtMs, long lifeMs) {
            assertThat(lifeMs).isEqualTo(LIFE);
            shared.put(token, expiresAtMs);
          }

          @Override
          public CompletableFuture<Long> expiry(String token) {
            return CompletableFuture.completedFuture(shared.getOrDefault(token, 0L));
          }
        };
    var other = new LinkRenewals(links, 3);
    renewals.shareWith(known);
    other.shareWith(known);
    String token = renewals.token(ROOM, ANN, FILM, 0).token();
    assertThat(shared).isEmpty();
    assertThat(other.readAnywhere(token, Purpose.FILM, LIFE).join()).isNull();
    renewals.token(ROOM, ANN, FILM, LIFE - 1);
    assertThat(other.readAnywhere(token, Purpose.FILM, LIFE).join()).isNotNull();
    assertThat(other.readAnywhere(token, Purpose.POSTER, LIFE).join()).isNull();
    assertThat(other.readAnywhere("", Purpose.FILM, LIFE).join()).isNull();
    shared.clear();
    assertThat(other.read(token, Purpose.FILM, LIFE + 1)).as("it is remembered").isNotNull();
    assertThat(other.readAnywhere(token, Purpose.FILM, 2 * LIFE).join()).isNull();
    assertThat(other.token(ROOM, ANN, FILM, LIFE + 1).token()).isEqualTo(token);
  }

  @Test
  void LB11_others_get_other_links() {
    String first = renewals.token(ROOM, ANN, FILM, 0).token();
    assertThat(renewals.token(ROOM, ANN, OTHER, 0).token()).isNotEqualTo(first);
    assertThat(renewals.token(ROOM, new UserId(new UUID(1, 3)), FILM, 0).token())
        .isNotEqualTo(first);
    assertThat(renewals.token(new RoomId("ABC124"), ANN, FILM, 0).token()).isNotEqualTo(first);
  }

  @Test
  void LB11_link_of_another_purpose_or_server_is_void() {
    String poster = links.token(new FilmLinks.Pass(Purpose.POSTER, LIFE, ROOM, ANN, FILM));
    assertThat(valid(poster, 0)).isFalse();
    assertThat(renewals.read(poster, Purpose.POSTER, 0)).isNotNull();
    assertThat(valid("", 0)).isFalse();
  }

  @Test
  void LB11_links_beyond_a_bound_last_until_their_own_time() {
    String first = renewals.token(ROOM, ANN, FILM, 0).token();
    renewals.token(ROOM, ANN, FILM, 1_000);
    for (int i = 0; i < 5; i++) {
      renewals.token(ROOM, new UserId(new UUID(2, i)), FILM, 1_000);
    }
    assertThat(renewals.size()).isEqualTo(3);
    assertThat(valid(first, LIFE - 1)).isTrue();
    assertThat(valid(first, LIFE)).isFalse();
  }

  @Test
  void LB11_expired_links_are_forgotten() {
    renewals.token(ROOM, ANN, FILM, 0);
    renewals.token(ROOM, ANN, OTHER, 2 * LIFE);
    assertThat(renewals.size()).isEqualTo(1);
  }

  @Test
  void LB11_link_made_with_a_former_secret_is_not_given_again() {
    String first = renewals.token(ROOM, ANN, FILM, 0).token();
    byte[] secret = new byte[16];
    secret[0] = 1;
    links.use(secret);
    String next = renewals.token(ROOM, ANN, FILM, 0).token();
    assertThat(next).isNotEqualTo(first);
    assertThat(valid(first, 0)).isFalse();
    assertThat(valid(next, 0)).isTrue();
  }
}
