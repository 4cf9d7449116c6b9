package dev.watchnchill.party.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.NewRoom;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.SettingsChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.SettingsBuilder;
import dev.watchnchill.party.access.MemberIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules RT3 and EN2, as far as settings go. */
class SettingsRulesTest {
  private final RoomFixture room = RoomFixture.room();

  private Decision password(@Nullable String stored) {
    return room.act(new RoomCommand.SetPassword(room.id("Hana"), stored));
  }

  private EntryMode mode() {
    return room.state().settings().entry();
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
  void RT3_new_room_has_the_settings_of_the_original() {
    assertThat(room.state().settings())
        .isEqualTo(
            new RoomSettings(
                null, Who.HOSTS, Who.HOSTS, Who.EVERYONE, 0, EntryMode.LINK, false, 0.5));
    assertThat(room.state().entry().isPlain()).isTrue();
  }

  @Test
  void RT3_absent_settings_stay_and_all_members_receive_the_change() {
    room.settings(new SettingsBuilder().title("Friday").control(Who.EVERYONE).build());

    Decision changed = room.settings(new SettingsBuilder().listed(true).build());

    var expected =
        new RoomSettings(
            "Friday", Who.EVERYONE, Who.HOSTS, Who.EVERYONE, 0, EntryMode.LINK, true, 0.5);
    assertThat(room.state().settings()).isEqualTo(expected);
    assertThat(changed.events())
        .containsExactly(new SettingsChanged(3, expected, false, room.id("Hana")));
  }

  @Test
  void RT3_title_is_removed() {
    room.settings(new SettingsBuilder().title("Friday").build());

    room.settings(new SettingsBuilder().title(null).build());

    assertThat(room.state().settings()).isEqualTo(RoomSettings.DEFAULT);
  }

  @Test
  void RT3_same_settings_change_nothing() {
    assertThat(room.settings(RoomSettings.Change.NONE)).isEqualTo(Decision.unchanged(room.state()));
    assertThat(room.settings(RoomSettings.Change.entry(EntryMode.LINK)).events()).isEmpty();
  }

  @Test
  void EN2_room_asks_for_no_password_that_it_does_not_have() {
    assertThat(room.settings(RoomSettings.Change.entry(EntryMode.PASSWORD)).rejection())
        .isEqualTo(Rejection.PASSWORD_MISSING);
    RoomSettings asking =
        RoomSettings.DEFAULT.with(RoomSettings.Change.entry(EntryMode.PASSWORD));
    assertThatThrownBy(() -> created(asking, null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void EN2_open_room_asks_for_its_password_and_is_open_again_without_one() {
    assertThat(password("stored").events())
        .containsExactly(
            new SettingsChanged(2, room.state().settings(), true, room.id("Hana")));
    assertThat(mode()).isEqualTo(EntryMode.PASSWORD);

    assertThat(password(null).events())
        .containsExactly(new SettingsChanged(3, RoomSettings.DEFAULT, false, room.id("Hana")));
    assertThat(password(null)).isEqualTo(Decision.unchanged(room.state()));
  }

  @Test
  void EN2_password_is_kept_for_later_in_a_room_with_another_entry() {
    room.settings(RoomSettings.Change.entry(EntryMode.CLOSED));
    password("stored");
    assertThat(mode()).isEqualTo(EntryMode.CLOSED);

    room.settings(RoomSettings.Change.entry(EntryMode.PASSWORD));
    assertThat(mode()).isEqualTo(EntryMode.PASSWORD);
    room.settings(RoomSettings.Change.entry(EntryMode.APPROVAL));
    password(null);
    assertThat(mode()).isEqualTo(EntryMode.APPROVAL);
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
    password("stored");

    assertThat(room.state().toString()).doesNotContain("stored");
    assertThat(new RoomCommand.SetPassword(room.id("Hana"), "stored").toString())
        .doesNotContain("stored");
    assertThat(new EntryProof(EntryProof.Password.RIGHT, "stored", null, null).toString())
        .doesNotContain("stored");
  }
}
