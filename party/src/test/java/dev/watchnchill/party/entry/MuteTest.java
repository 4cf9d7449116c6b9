package dev.watchnchill.party.entry;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.MemberMuted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.access.Member;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule EN11. */
class MuteTest {
  private final RoomFixture room = RoomFixture.room().guest("Ben", 3, 4);
  private int messages;

  private Decision says(String name) {
    return room.act(new RoomCommand.SendMessage(room.id(name), new UUID(0, ++messages), "hello"));
  }

  @Test
  void EN11_muted_member_writes_nothing_and_all_receive_the_mute() {
    Decision muted = room.mute("Hana", "Ben", true);

    assertThat(muted.events())
        .containsExactly(
            new MemberMuted(3, room.id("Ben"), room.member("Ben").name(), true, room.id("Hana")));
    assertThat(says("Ben").rejection()).isEqualTo(Rejection.MUTED);
    assertThat(room.state().chat().messages()).isEmpty();
  }

  @Test
  void EN11_typing_of_a_muted_member_stays_unseen() {
    room.mute("Hana", "Ben", true);
    var before = room.state();

    assertThat(room.act(new RoomCommand.SetTyping(room.id("Ben"), true)))
        .isEqualTo(Decision.unchanged(before));
  }

  @Test
  void EN11_member_writes_again_after_the_mute() {
    room.mute("Hana", "Ben", true);
    room.mute("Hana", "Ben", false);

    assertThat(says("Ben").rejection()).isNull();
    room.leave("Ben");
    room.guest("Ben", 3, 4);
    assertThat(says("Ben").rejection()).isNull();
  }

  @Test
  void EN11_second_mute_changes_nothing() {
    room.mute("Hana", "Ben", true);
    var before = room.state();

    assertThat(room.mute("Hana", "Ben", true)).isEqualTo(Decision.unchanged(before));
  }

  @Test
  void EN11_mute_survives_leaving_and_another_name() {
    room.mute("Hana", "Ben", true);
    room.leave("Ben");

    room.guest("Benjamin", 3, 9);

    assertThat(room.member("Benjamin").muted()).isTrue();
    assertThat(says("Benjamin").rejection()).isEqualTo(Rejection.MUTED);
  }

  @Test
  void EN11_mute_survives_a_lost_connection() {
    room.resumable("Cleo").mute("Hana", "Cleo", true);
    room.drop("Cleo");

    room.returns("Cleo");

    assertThat(says("Cleo").rejection()).isEqualTo(Rejection.MUTED);
  }

  @Test
  void EN11_another_name_on_the_same_socket_ends_no_mute() {
    room.guest("Cleo");
    room.mute("Hana", "Cleo", true);

    room.join(JoinRequest.as("Cleopatra").from(room.id("Cleo")));

    assertThat(says("Cleopatra").rejection()).isEqualTo(Rejection.MUTED);
  }

  @Test
  void EN11_member_who_is_put_back_stays_muted() {
    InstanceId one = new InstanceId("one");
    room.join(JoinRequest.as("Cleo").by(5, 5).on(one));
    Member before = room.member("Cleo");
    room.mute("Hana", "Cleo", true);
    room.leave("Cleo");

    room.act(new RoomCommand.ReclaimSeats(one, List.of(before)));

    assertThat(says("Cleo").rejection()).isEqualTo(Rejection.MUTED);
  }

  @Test
  void EN11_only_the_owner_mutes_a_host_and_nobody_the_owner() {
    room.guest("Cleo").promote("Hana", "Ben");
    room.promote("Hana", "Cleo");

    assertThat(room.mute("Ben", "Cleo", true).rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.mute("Ben", "Ben", true).rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.mute("Ben", "Hana", true).rejection()).isEqualTo(Rejection.TARGET_IS_OWNER);
    assertThat(room.mute("Hana", "Hana", true).rejection()).isEqualTo(Rejection.TARGET_IS_OWNER);
    assertThat(room.mute("Hana", "Cleo", true).rejection()).isNull();
    assertThat(says("Cleo").rejection()).as("hosts too").isEqualTo(Rejection.MUTED);
    assertThat(room.mute("Hana", "Nobody", true).rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
  }

  @Test
  void EN11_owner_by_token_is_never_muted() {
    room.guest("Tab", 6, 6).mute("Hana", "Tab", true);
    room.leave("Hana");

    room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN).by(6, 6));

    assertThat(says("Hana").rejection()).isNull();
  }

  @Test
  void EN11_muted_member_who_becomes_the_owner_ends_the_mute() {
    room.mute("Hana", "Ben", true);
    room.leave("Hana");
    assertThat(room.hosts()).containsExactly("Ben");
    room.guest("Cleo").promote("Ben", "Cleo");

    assertThat(room.mute("Cleo", "Ben", false).rejection()).isEqualTo(Rejection.TARGET_IS_OWNER);
    assertThat(room.mute("Ben", "Ben", false).rejection()).isNull();
    assertThat(says("Ben").rejection()).isNull();
  }
}
