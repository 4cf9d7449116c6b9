package dev.watchnchill.party.entry;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomCommand.LiftBan;
import dev.watchnchill.party.RoomEvent.BansChanged;
import dev.watchnchill.party.RoomEvent.Removal;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules EN8, EN9 and EN10. */
class BanTest {
  private static final UUID BAN = new UUID(7, 1);
  private static final InstanceId ONE = new InstanceId("one");

  private final RoomFixture room = RoomFixture.room().guest("Ben", 3, 4);

  private Decision bans(String name) {
    return room.remove("Hana", name, BAN, null);
  }

  private @Nullable Rejection rejected(JoinRequest request) {
    return room.join(request).rejection();
  }

  @Test
  void EN8_host_removes_a_member_who_may_come_again() {
    UserId ben = room.id("Ben");

    Decision done = room.remove("Hana", "Ben", null, null);

    assertThat(done.events())
        .containsExactly(new UserLeft(3, ben, new Removal(room.id("Hana"), false)));
    assertThat(room.names()).containsExactly("Hana");
    assertThat(rejected(JoinRequest.as("Ben").by(3, 4))).isNull();
  }

  @Test
  void EN8_removed_member_is_put_back_by_no_instance() {
    room.join(JoinRequest.as("Cleo").on(ONE));
    Member cleo = room.member("Cleo");
    room.act(new RoomCommand.MarkInstancesDead(Set.of(ONE), room.now()));

    room.remove("Hana", "Cleo", null, null);
    room.act(new RoomCommand.ReclaimSeats(ONE, List.of(cleo)));

    assertThat(room.names()).containsExactly("Hana", "Ben");
  }

  @Test
  void EN8_only_the_owner_removes_a_host_and_nobody_the_owner() {
    room.guest("Cleo").promote("Hana", "Ben");
    room.promote("Hana", "Cleo");

    assertThat(room.remove("Ben", "Cleo", null, null).rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.remove("Ben", "Hana", null, null).rejection())
        .isEqualTo(Rejection.TARGET_IS_OWNER);
    assertThat(room.remove("Hana", "Cleo", null, null).rejection()).isNull();
  }

  @Test
  void EN8_nobody_removes_themselves_or_a_stranger() {
    assertThat(room.remove("Hana", "Hana", null, null).rejection())
        .isEqualTo(Rejection.TARGET_IS_SELF);
    assertThat(room.remove("Hana", "Nobody", null, null).rejection())
        .isEqualTo(Rejection.USER_NOT_FOUND);
    room.promote("Hana", "Ben");
    assertThat(room.remove("Ben", "Ben", null, null).rejection())
        .isEqualTo(Rejection.TARGET_IS_SELF);
  }

  @Test
  void EN9_ban_removes_the_member_and_hosts_receive_it() {
    UserId ben = room.id("Ben");

    Decision done = bans("Ben");

    assertThat(done.events())
        .containsExactly(
            new UserLeft(3, ben, new Removal(room.id("Hana"), true)),
            new BansChanged(3, room.id("Hana")));
  }

  @Test
  void EN9_banned_browser_stays_out_under_any_name_and_address() {
    bans("Ben");

    assertThat(rejected(JoinRequest.as("Ben").by(3, 4))).isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Dan").by(3, 9))).isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Dan").by(3, 0))).isEqualTo(Rejection.BANNED);
  }

  @Test
  void EN9_new_browser_at_the_banned_address_stays_out() {
    bans("Ben");

    assertThat(rejected(JoinRequest.as("Dan").by(8, 4))).isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Dan").by(0, 4))).isEqualTo(Rejection.BANNED);
  }

  @Test
  void EN9_new_browser_at_another_address_is_a_new_person() {
    bans("Ben");

    assertThat(rejected(JoinRequest.as("Ben").by(8, 9))).isNull();
  }

  @Test
  void EN9_token_of_the_banned_seat_stays_out() {
    room.resumable("Cleo");
    bans("Cleo");

    assertThat(rejected(JoinRequest.as("Dan").resuming(secretOf("Cleo"))))
        .isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Dan").resuming(secretOf("Dan")))).isNull();
  }

  @Test
  void EN9_members_who_share_the_address_are_spared() {
    room.guest("Cleo", 5, 4).guest("Dan", 0, 4);
    bans("Ben");
    assertThat(room.names()).containsExactly("Hana", "Cleo", "Dan");
    room.leave("Cleo");
    room.leave("Dan");

    assertThat(rejected(JoinRequest.as("Cleo").by(5, 4))).isNull();
    assertThat(rejected(JoinRequest.as("Dan").by(0, 4)))
        .as("nothing tells this client from the banned one")
        .isEqualTo(Rejection.BANNED);
  }

  @Test
  void EN9_spared_browser_can_be_banned_itself() {
    room.guest("Cleo", 5, 4);
    bans("Ben");

    room.remove("Hana", "Cleo", new UUID(7, 2), null);

    assertThat(rejected(JoinRequest.as("Cleo").by(5, 4))).isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Cleo").by(5, 9))).isEqualTo(Rejection.BANNED);
  }

  @Test
  void EN9_every_tab_of_the_banned_browser_leaves() {
    room.guest("Ben two", 3, 4).guest("Cleo", 5, 4);
    UserId two = room.id("Ben two");

    Decision done = bans("Ben");

    assertThat(room.names()).containsExactly("Hana", "Cleo");
    assertThat(done.events()).contains(new UserLeft(6, two, new Removal(room.id("Hana"), true)));
  }

  @Test
  void EN9_removal_without_a_ban_spares_the_other_tab() {
    room.guest("Ben two", 3, 4);

    room.remove("Hana", "Ben", null, null);

    assertThat(room.names()).containsExactly("Hana", "Ben two");
  }

  @Test
  void EN9_ban_by_a_host_spares_another_host_of_the_browser() {
    room.guest("Ben two", 3, 4).guest("Cleo", 5, 5).promote("Hana", "Ben two");
    room.promote("Hana", "Cleo");

    room.remove("Cleo", "Ben", BAN, null);

    assertThat(room.names()).containsExactly("Hana", "Ben two", "Cleo");
  }

  @Test
  void EN9_timed_ban_ends() {
    room.remove("Hana", "Ben", BAN, 2L);

    room.later(119_999);
    assertThat(rejected(JoinRequest.as("Ben").by(3, 4))).isEqualTo(Rejection.BANNED);
    room.later(1);
    assertThat(rejected(JoinRequest.as("Ben").by(3, 4))).isNull();
  }

  @Test
  void EN9_right_host_token_passes_every_ban() {
    bans("Ben");
    room.leave("Hana");

    assertThat(rejected(JoinRequest.as("Hana").withToken("wrong").by(3, 4)))
        .isEqualTo(Rejection.BANNED);
    assertThat(rejected(JoinRequest.as("Hana").withToken(HOST_TOKEN).by(3, 4))).isNull();
  }

  @Test
  void EN9_clients_of_unknown_address_are_not_taken_for_one_another() {
    room.guest("Cleo").guest("Dan");
    bans("Cleo");

    room.leave("Dan");
    assertThat(rejected(JoinRequest.as("Dan"))).isNull();
  }

  @Test
  void EN9_banned_browser_is_put_back_by_no_instance() {
    room.join(JoinRequest.as("Ben two").by(3, 8).on(ONE));
    Member two = room.member("Ben two");
    room.leave("Ben two");
    bans("Ben");

    room.act(new RoomCommand.ReclaimSeats(ONE, List.of(two)));

    assertThat(room.names()).containsExactly("Hana");
  }

  @Test
  void EN9_room_keeps_the_newest_bans() {
    for (int i = 0; i <= BanRules.BANS_MAX; i++) {
      room.guest("Guest " + i, 100 + i, 100 + i);
      room.remove("Hana", "Guest " + i, new UUID(8, i), null);
    }

    assertThat(room.state().entry().bans())
        .hasSize(BanRules.BANS_MAX)
        .extracting(Ban::id)
        .doesNotContain(new UUID(8, 0));
    assertThat(rejected(JoinRequest.as("Dan").by(100, 100))).isNull();
    assertThat(rejected(JoinRequest.as("Eve").by(101, 101))).isEqualTo(Rejection.BANNED);
  }

  @Test
  void EN10_lifted_ban_lets_the_person_in() {
    bans("Ben");

    Decision lifted = room.act(new LiftBan(room.id("Hana"), BAN));

    assertThat(lifted.events()).containsExactly(new BansChanged(4, room.id("Hana")));
    assertThat(rejected(JoinRequest.as("Ben").by(3, 4))).isNull();
    assertThat(room.act(new LiftBan(room.id("Hana"), BAN)).rejection())
        .isEqualTo(Rejection.BAN_NOT_FOUND);
  }

  @Test
  void EN10_ban_keeps_who_gave_it_and_until_when() {
    room.remove("Hana", "Ben", BAN, 5L);

    Ban ban = room.state().entry().bans().getFirst();
    assertThat(ban.name().value()).isEqualTo("Ben");
    assertThat(ban.by()).isEqualTo(room.id("Hana"));
    assertThat(ban.byName().value()).isEqualTo("Hana");
    assertThat(ban.untilMs()).isEqualTo(room.now() + 300_000);
  }
}
