package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.SettingsBuilder;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules RT5 and EN11, as far as the chat goes. */
class ChatRightsTest {
  private final RoomFixture room = RoomFixture.room().guest("Ben");

  @Test
  void RT5_hosts_alone_write_in_a_closed_chat_and_nobody_else_is_seen_typing() {
    room.settings(new SettingsBuilder().chat(Who.HOSTS).build());

    assertThat(room.say("Ben", "hello").rejection()).isEqualTo(Rejection.CHAT_CLOSED);
    assertThat(room.act(new RoomCommand.SetTyping(room.id("Ben"), true)))
        .isEqualTo(Decision.unchanged(room.state()));
    assertThat(room.say("Hana", "hello").rejection()).isNull();
    assertThat(room.act(new RoomCommand.SetTyping(room.id("Hana"), true)).events()).hasSize(1);
  }

  @Test
  void RT5_slow_mode_makes_a_guest_wait_and_says_how_long() {
    room.settings(new SettingsBuilder().slowModeMs(5_000).build());
    assertThat(room.say("Ben", "one").rejection()).isNull();

    Decision early = room.later(1_999).say("Ben", "two");

    assertThat(early.rejection()).isEqualTo(Rejection.SLOW_MODE);
    assertThat(early.retryInMs()).isEqualTo(3_001);
    assertThat(room.later(3_000).say("Ben", "two").retryInMs()).isEqualTo(1);
    assertThat(room.later(1).say("Ben", "two").rejection()).isNull();
  }

  @Test
  void RT5_slow_mode_is_each_guests_own_and_no_hosts() {
    room.guest("Cleo").settings(new SettingsBuilder().slowModeMs(5_000).build());
    room.say("Ben", "one");

    assertThat(room.say("Cleo", "one").rejection()).isNull();
    assertThat(room.say("Hana", "one").rejection()).isNull();
    assertThat(room.say("Hana", "two").rejection()).isNull();
  }

  @Test
  void RT5_retry_of_a_message_waits_for_nothing() {
    room.settings(new SettingsBuilder().slowModeMs(5_000).build());
    var send = new RoomCommand.SendMessage(room.id("Ben"), new UUID(9, 9), "one");
    room.act(send);

    assertThat(room.act(send)).isEqualTo(Decision.unchanged(room.state()));
  }

  @Test
  void RT5_another_name_ends_no_wait_and_no_mute() {
    room.settings(new SettingsBuilder().slowModeMs(5_000).build());
    room.say("Ben", "one");
    room.join(JoinRequest.as("Bob").from(room.id("Ben")));
    assertThat(room.say("Bob", "two").rejection()).isEqualTo(Rejection.SLOW_MODE);

    room.mute("Hana", "Bob", true);
    room.join(JoinRequest.as("Ben").from(room.id("Bob")));

    assertThat(room.later(5_000).say("Ben", "three").rejection()).isEqualTo(Rejection.MUTED);
  }

  @Test
  void EN11_muted_member_neither_writes_nor_types_and_may_do_all_else() {
    room.mute("Hana", "Ben", true);

    assertThat(room.say("Ben", "hello").rejection()).isEqualTo(Rejection.MUTED);
    assertThat(room.act(new RoomCommand.SetTyping(room.id("Ben"), true)).events()).isEmpty();
    assertThat(room.stalls("Ben").rejection()).isNull();
  }

  @Test
  void EN11_retry_of_a_message_from_before_the_mute_is_answered() {
    var send = new RoomCommand.SendMessage(room.id("Ben"), new UUID(9, 9), "one");
    room.act(send);
    room.mute("Hana", "Ben", true);

    assertThat(room.act(send)).isEqualTo(Decision.unchanged(room.state()));
  }

  @Test
  void EN11_promoted_member_stays_muted_until_the_owner_ends_it() {
    room.mute("Hana", "Ben", true);
    room.promote("Hana", "Ben");

    assertThat(room.say("Ben", "hello").rejection()).isEqualTo(Rejection.MUTED);
    assertThat(room.mute("Ben", "Ben", false).rejection()).isEqualTo(Rejection.NOT_OWNER);
    room.mute("Hana", "Ben", false);
    assertThat(room.say("Ben", "hello").rejection()).isNull();
  }
}
