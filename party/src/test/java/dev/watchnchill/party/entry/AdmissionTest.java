package dev.watchnchill.party.entry;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand.CreateInvitation;
import dev.watchnchill.party.RoomCommand.RevokeInvitation;
import dev.watchnchill.party.RoomEvent.InvitationsChanged;
import dev.watchnchill.party.RoomEvent.UserJoined;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.SecretHash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules EN1, EN2, EN5 and EN6. */
class AdmissionTest {
  private static final String STORED = "stored";

  private final RoomFixture room = RoomFixture.room();
  private int invitations;

  private RoomFixture guarded(EntryMode mode) {
    return room.withPassword(STORED).withEntry(mode);
  }

  private Decision invite(String token, @Nullable Long ttlMs, @Nullable Integer uses) {
    return room.act(
        new CreateInvitation(
            room.id("Hana"), new UUID(5, ++invitations), SecretHash.of(token), ttlMs, uses));
  }

  private @Nullable Rejection rejected(JoinRequest request) {
    return room.join(request).rejection();
  }

  @ParameterizedTest
  @EnumSource(EntryMode.class)
  void EN1_seat_is_resumed_whatever_the_mode(EntryMode mode) {
    room.resumable("Ben").drop("Ben");
    guarded(mode);

    room.returns("Ben");
  }

  @ParameterizedTest
  @EnumSource(EntryMode.class)
  void EN1_host_token_enters_whatever_the_mode(EntryMode mode) {
    room.guest("Ben");
    guarded(mode);
    room.leave("Hana");

    assertThat(rejected(JoinRequest.as("Hana").withToken(HOST_TOKEN))).isNull();
  }

  @ParameterizedTest
  @EnumSource(EntryMode.class)
  void EN1_member_takes_another_name_without_a_new_admission(EntryMode mode) {
    room.guest("Ben");
    guarded(mode);

    Decision renamed = room.join(JoinRequest.as("Benjamin").from(room.id("Ben")));

    assertThat(renamed.rejection()).isNull();
    assertThat(room.names()).containsExactly("Hana", "Benjamin");
    assertThat(room.join(JoinRequest.as("Benjamin").from(room.id("Benjamin"))).joined())
        .isEqualTo(new Decision.JoinResult(room.id("Benjamin"), SeatKind.SAME));
  }

  @Test
  void EN1_stranger_learns_no_name_of_a_guarded_room() {
    room.guest("Ben");
    guarded(EntryMode.PASSWORD);
    for (String name : new String[] {"Hana", "Ben", "Dan"}) {
      assertThat(rejected(JoinRequest.as(name))).isEqualTo(Rejection.PASSWORD_REQUIRED);
    }

    room.withEntry(EntryMode.CLOSED);
    for (String name : new String[] {"Hana", "Ben", "Dan"}) {
      assertThat(rejected(JoinRequest.as(name))).isEqualTo(Rejection.ENTRY_CLOSED);
    }
  }

  @Test
  void EN1_taken_name_is_rejected_before_hosts_are_asked() {
    room.guest("Ben");
    guarded(EntryMode.APPROVAL);

    assertThat(rejected(JoinRequest.as("Ben"))).isEqualTo(Rejection.NAME_TAKEN);
    assertThat(rejected(JoinRequest.as("Dan"))).isEqualTo(Rejection.APPROVAL_REQUIRED);
  }

  @Test
  void EN1_full_room_asks_no_host() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(1, 5));
    small.withEntry(EntryMode.APPROVAL);

    assertThat(small.join(JoinRequest.as("Dan")).rejection()).isEqualTo(Rejection.ROOM_FULL);
  }

  @Test
  void EN2_right_password_enters_and_no_other() {
    guarded(EntryMode.PASSWORD);

    assertThat(rejected(JoinRequest.as("Ben"))).isEqualTo(Rejection.PASSWORD_REQUIRED);
    assertThat(rejected(JoinRequest.as("Ben").withPassword(false, STORED)))
        .isEqualTo(Rejection.BAD_PASSWORD);
    assertThat(rejected(JoinRequest.as("Ben").withPassword(true, STORED))).isNull();
  }

  @Test
  void EN2_password_that_was_changed_meanwhile_is_wrong() {
    guarded(EntryMode.PASSWORD).withPassword("another");

    assertThat(rejected(JoinRequest.as("Ben").withPassword(true, STORED)))
        .isEqualTo(Rejection.BAD_PASSWORD);
  }

  @Test
  void EN2_password_does_not_replace_approval() {
    guarded(EntryMode.APPROVAL);

    assertThat(rejected(JoinRequest.as("Ben").withPassword(true, STORED)))
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
  }

  @Test
  void EN2_open_room_asks_for_no_password() {
    guarded(EntryMode.LINK);

    assertThat(rejected(JoinRequest.as("Ben").withPassword(false, STORED))).isNull();
  }

  @Test
  void EN5_nobody_new_enters_a_closed_room() {
    guarded(EntryMode.CLOSED);
    invite("secret", null, null);

    assertThat(rejected(JoinRequest.as("Ben").withPassword(true, STORED).invitedBy("secret")))
        .isEqualTo(Rejection.ENTRY_CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSWORD", "APPROVAL"})
  void EN6_invitation_replaces_password_and_approval(EntryMode mode) {
    guarded(mode);
    invite("secret", null, null);

    assertThat(rejected(JoinRequest.as("Ben").invitedBy("secret"))).isNull();
    assertThat(rejected(JoinRequest.as("Cleo").withPassword(false, STORED).invitedBy("secret")))
        .isNull();
    assertThat(rejected(JoinRequest.as("Dan").invitedBy("guess")))
        .isEqualTo(Rejection.BAD_INVITATION);
  }

  @Test
  void EN6_invitation_lets_in_as_many_as_it_says() {
    guarded(EntryMode.PASSWORD);
    invite("secret", null, 2);

    Decision first = room.join(JoinRequest.as("Ben").invitedBy("secret"));
    assertThat(first.events())
        .containsExactly(new UserJoined(4, room.member("Ben")), new InvitationsChanged(4, null));
    assertThat(room.state().entry().invitations())
        .extracting(Invitation::usesLeft)
        .containsExactly(1);
    assertThat(rejected(JoinRequest.as("Cleo").invitedBy("secret"))).isNull();
    assertThat(room.state().entry().invitations()).isEmpty();
    assertThat(rejected(JoinRequest.as("Dan").invitedBy("secret")))
        .isEqualTo(Rejection.BAD_INVITATION);
  }

  @Test
  void EN6_rejected_join_uses_no_invitation() {
    guarded(EntryMode.PASSWORD);
    invite("secret", null, 1);
    room.join(JoinRequest.as("Ben").withPassword(true, STORED).invitedBy("secret"));

    assertThat(rejected(JoinRequest.as("Ben").invitedBy("secret"))).isEqualTo(Rejection.NAME_TAKEN);
    assertThat(rejected(JoinRequest.as("Cleo").invitedBy("secret")))
        .as("neither the right password nor the taken name has used it")
        .isNull();
  }

  @Test
  void EN6_invitation_ends_at_its_time() {
    guarded(EntryMode.PASSWORD);
    invite("secret", 60_000L, null);

    room.later(59_999);
    assertThat(rejected(JoinRequest.as("Ben").invitedBy("secret"))).isNull();
    room.later(1);
    assertThat(rejected(JoinRequest.as("Cleo").invitedBy("secret")))
        .isEqualTo(Rejection.BAD_INVITATION);
  }

  @Test
  void EN6_revoked_invitation_lets_nobody_in() {
    guarded(EntryMode.PASSWORD);
    invite("secret", null, null);
    UUID id = room.state().entry().invitations().getFirst().id();

    room.act(new RevokeInvitation(room.id("Hana"), id));

    assertThat(rejected(JoinRequest.as("Ben").invitedBy("secret")))
        .isEqualTo(Rejection.BAD_INVITATION);
    assertThat(room.act(new RevokeInvitation(room.id("Hana"), id)).rejection())
        .isEqualTo(Rejection.INVITATION_NOT_FOUND);
  }

  @Test
  void EN6_invitation_to_an_open_room_is_neither_checked_nor_used() {
    invite("secret", null, 1);

    assertThat(rejected(JoinRequest.as("Ben").invitedBy("secret"))).isNull();
    assertThat(rejected(JoinRequest.as("Cleo").invitedBy("guess"))).isNull();
    assertThat(room.state().entry().invitations()).hasSize(1);
  }

  @Test
  void EN6_room_has_a_hundred_invitations_and_old_ones_make_place() {
    for (int i = 0; i < InvitationRules.INVITATIONS_MAX; i++) {
      assertThat(invite("secret " + i, i == 0 ? 60_000L : null, null).rejection()).isNull();
    }
    assertThat(invite("one more", null, null).rejection())
        .isEqualTo(Rejection.TOO_MANY_INVITATIONS);

    room.later(60_000);
    assertThat(invite("one more", null, null).rejection()).isNull();
  }

  @Test
  void EN6_returning_member_uses_no_invitation() {
    guarded(EntryMode.PASSWORD);
    invite("secret", null, 2);
    room.join(JoinRequest.as("Ben").invitedBy("secret").keeping(secretOf("Ben")));
    room.drop("Ben");

    room.join(JoinRequest.as("Ben").invitedBy("secret").resuming(secretOf("Ben")));

    assertThat(room.state().entry().invitations())
        .extracting(Invitation::usesLeft)
        .containsExactly(1);
  }
}
