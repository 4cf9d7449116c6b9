package dev.watchnchill.party.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.NewRoom;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomCommand.SendMessage;
import dev.watchnchill.party.RoomCommand.SetPassword;
import dev.watchnchill.party.RoomCommand.SetSettings;
import dev.watchnchill.party.RoomEvent.SettingsChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.Change;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules RT3, RT4 and RT5. */
class SettingsTest {
  private static final Change EVERYONE_CONTROLS =
      new Change(null, false, Who.EVERYONE, null, null, null, null, null, null);
  private static final Change HOSTS_WRITE =
      new Change(null, false, null, null, Who.HOSTS, null, null, null, null);

  private final RoomFixture room = RoomFixture.room().guest("Ben");
  private int messages;

  private static Change slowMode(int ms) {
    return new Change(null, false, null, null, null, ms, null, null, null);
  }

  private static Change titled(String title) {
    return new Change(title, false, null, null, null, null, null, null, null);
  }

  private Decision set(String by, Change change) {
    return room.act(new SetSettings(room.id(by), change));
  }

  private Decision says(String name) {
    return room.act(message(name));
  }

  private SendMessage message(String name) {
    return new SendMessage(room.id(name), new UUID(0, ++messages), "hello");
  }

  @Test
  void RT3_new_room_has_the_settings_of_the_original() {
    assertThat(room.state().settings())
        .isEqualTo(
            new RoomSettings(
                null, Who.HOSTS, Who.HOSTS, Who.EVERYONE, 0, EntryMode.LINK, false, 0.5));
  }

  @Test
  void RT3_host_changes_what_is_named_and_nothing_else() {
    var change =
        new Change("Friday", false, null, Who.EVERYONE, null, 5_000, EntryMode.CLOSED, true, 0.25);

    Decision done = set("Hana", change);

    var expected =
        new RoomSettings(
            "Friday", Who.HOSTS, Who.EVERYONE, Who.EVERYONE, 5_000, EntryMode.CLOSED, true, 0.25);
    assertThat(room.state().settings()).isEqualTo(expected);
    assertThat(done.events())
        .containsExactly(new SettingsChanged(3, expected, false, room.id("Hana")));
  }

  @Test
  void RT3_title_is_kept_until_it_is_removed() {
    set("Hana", titled("Friday"));
    set("Hana", slowMode(1_000));
    assertThat(room.state().settings().title()).isEqualTo("Friday");

    set("Hana", new Change(null, true, null, null, null, null, null, null, null));
    assertThat(room.state().settings().title()).isNull();
  }

  @Test
  void RT3_change_of_nothing_is_no_change() {
    var before = room.state();

    assertThat(set("Hana", Change.NONE)).isEqualTo(Decision.unchanged(before));
    assertThat(set("Hana", Change.entry(EntryMode.LINK))).isEqualTo(Decision.unchanged(before));
  }

  @Test
  void RT3_guest_changes_no_setting() {
    assertThat(set("Ben", titled("mine")).rejection()).isEqualTo(Rejection.NOT_HOST);
  }

  @Test
  void RT4_members_control_the_film_where_everyone_may() {
    set("Hana", EVERYONE_CONTROLS);

    assertThat(room.act(new RoomCommand.Play(room.id("Ben"), 5, false)).rejection()).isNull();
    assertThat(room.timeline().by()).isEqualTo(room.id("Ben"));
    assertThat(room.act(new RoomCommand.Seek(room.id("Ben"), 9, false)).rejection()).isNull();
    assertThat(room.act(new RoomCommand.SetRate(room.id("Ben"), 2)).rejection()).isNull();
    assertThat(room.act(new RoomCommand.UndoSeek(room.id("Ben"), false)).rejection()).isNull();
    assertThat(room.act(new RoomCommand.Pause(room.id("Ben"), 9, null)).rejection()).isNull();
  }

  @Test
  void RT4_film_and_members_stay_the_hosts_where_everyone_may_control() {
    set("Hana", EVERYONE_CONTROLS);

    assertThat(
            room.act(new RoomCommand.SetVideo(room.id("Ben"), RoomFixture.FILM, new UUID(6, 1)))
                .rejection())
        .isEqualTo(Rejection.NOT_HOST);
    assertThat(room.act(new RoomCommand.SyncCheck(room.id("Ben"), 9, true, 1)).rejection())
        .isEqualTo(Rejection.NOT_HOST);
    assertThat(room.promote("Ben", "Ben").rejection()).isEqualTo(Rejection.NOT_HOST);
  }

  @Test
  void RT5_guest_writes_nothing_where_hosts_write() {
    set("Hana", HOSTS_WRITE);

    assertThat(says("Ben").rejection()).isEqualTo(Rejection.CHAT_CLOSED);
    assertThat(room.act(new RoomCommand.SetTyping(room.id("Ben"), true)).events()).isEmpty();
    assertThat(says("Hana").rejection()).isNull();
    room.promote("Hana", "Ben");
    assertThat(says("Ben").rejection()).isNull();
  }

  @Test
  void RT5_retry_of_an_earlier_message_is_no_message_where_hosts_write() {
    says("Ben");
    set("Hana", HOSTS_WRITE);
    var before = room.state();

    assertThat(room.act(new SendMessage(room.id("Ben"), new UUID(0, messages), "hello")))
        .isEqualTo(Decision.unchanged(before));
  }

  @Test
  void RT5_slow_mode_says_when_the_next_message_may_come() {
    set("Hana", slowMode(10_000));
    says("Ben");

    Decision early = room.later(4_000).act(message("Ben"));

    assertThat(early.rejection()).isEqualTo(Rejection.SLOW_MODE);
    assertThat(early.retryInMs()).isEqualTo(6_000);
    assertThat(room.later(5_999).act(message("Ben")).retryInMs()).isEqualTo(1);
    assertThat(room.later(1).act(message("Ben")).rejection()).isNull();
    assertThat(room.state().chat().messages()).hasSize(2);
  }

  @Test
  void RT5_slow_mode_spares_hosts_and_counts_each_guest_alone() {
    room.guest("Cleo");
    set("Hana", slowMode(10_000));

    says("Ben");
    assertThat(says("Cleo").rejection()).isNull();
    says("Hana");
    assertThat(says("Hana").rejection()).isNull();
  }

  @Test
  void RT5_slow_mode_ends_with_the_setting() {
    set("Hana", slowMode(60_000));
    says("Ben");
    set("Hana", slowMode(0));

    assertThat(says("Ben").rejection()).isNull();
  }

  @Test
  void RT5_another_name_on_the_same_socket_does_not_shorten_slow_mode() {
    set("Hana", slowMode(10_000));
    says("Ben");

    room.join(JoinRequest.as("Benjamin").from(room.id("Ben")));

    assertThat(says("Benjamin").rejection()).isEqualTo(Rejection.SLOW_MODE);
  }

  @Test
  void EN2_entry_by_password_needs_a_password_first() {
    assertThat(set("Hana", Change.entry(EntryMode.PASSWORD)).rejection())
        .isEqualTo(Rejection.PASSWORD_MISSING);
  }

  @Test
  void EN2_password_of_an_open_room_is_asked_for_from_then_on() {
    Decision done = room.act(new SetPassword(room.id("Hana"), "stored"));

    assertThat(room.state().settings().entry()).isEqualTo(EntryMode.PASSWORD);
    assertThat(done.events())
        .containsExactly(new SettingsChanged(3, room.state().settings(), true, room.id("Hana")));
  }

  @Test
  void EN2_password_of_a_room_with_approval_changes_no_mode() {
    room.withEntry(EntryMode.APPROVAL).withPassword("stored");
    assertThat(room.state().settings().entry()).isEqualTo(EntryMode.APPROVAL);

    room.withEntry(EntryMode.PASSWORD);
    assertThat(room.state().settings().entry()).isEqualTo(EntryMode.PASSWORD);
  }

  @Test
  void EN2_room_without_its_password_is_open() {
    room.withPassword("stored");

    Decision done = room.act(new SetPassword(room.id("Hana"), null));

    assertThat(room.state().settings().entry()).isEqualTo(EntryMode.LINK);
    assertThat(room.state().entry().password()).isNull();
    assertThat(done.events())
        .containsExactly(new SettingsChanged(4, room.state().settings(), false, room.id("Hana")));
    var before = room.state();
    assertThat(room.act(new SetPassword(room.id("Hana"), null)).next()).isSameAs(before);
  }

  private static Room created(RoomSettings settings, @Nullable String password) {
    var token = SecretHash.of("token");
    return new RoomRules(Limits.DEFAULT)
        .create(
            new NewRoom(
                new RoomId("AB12CD"),
                1,
                new DisplayName("Hana"),
                RoomFixture.user("Hana"),
                token,
                null,
                null,
                MemberIdentity.NONE,
                RoomSecret.derivedFrom(token),
                settings,
                password),
            RoomFixture.START);
  }

  @Test
  void EN2_new_room_asks_for_no_password_that_it_does_not_have() {
    RoomSettings asking = RoomSettings.DEFAULT.with(Change.entry(EntryMode.PASSWORD));
    assertThatThrownBy(() -> created(asking, null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void EN2_room_that_is_created_with_a_password_asks_for_it() {
    Room made = created(RoomSettings.DEFAULT, "stored");

    assertThat(made.settings().entry()).isEqualTo(EntryMode.PASSWORD);
    assertThat(made.entry().password()).isEqualTo("stored");
    assertThat(created(RoomSettings.DEFAULT, null).settings()).isEqualTo(RoomSettings.DEFAULT);
  }

  @Test
  void EN2_stored_password_stands_in_no_text() {
    room.withPassword("stored");

    assertThat(room.state().toString()).doesNotContain("stored");
    assertThat(new RoomCommand.SetPassword(room.id("Hana"), "stored").toString())
        .doesNotContain("stored");
    assertThat(new EntryProof(EntryProof.Password.RIGHT, "stored", null, null).toString())
        .doesNotContain("stored");
  }
}
