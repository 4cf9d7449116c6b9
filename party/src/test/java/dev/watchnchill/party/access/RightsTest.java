package dev.watchnchill.party.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Right;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules PR1, HR1 and MB1. */
class RightsTest {
  private static final UserId STRANGER = RoomFixture.user("stranger");
  private static final UUID ANY_ID = new UUID(3, 4);

  private final RoomFixture room = RoomFixture.room();

  /** Every command of a host, by that actor. */
  static List<RoomCommand> hostCommands(UserId actor) {
    return List.of(
        new RoomCommand.Promote(actor, actor),
        new RoomCommand.SetVideo(actor, RoomFixture.FILM, ANY_ID),
        new RoomCommand.SyncCheck(actor, 1, true, 1),
        new RoomCommand.ReportDuration(actor, 1),
        new RoomCommand.ReportLive(actor, 0, 9_000, null),
        new RoomCommand.SetSettings(actor, RoomSettings.Change.NONE),
        new RoomCommand.SetPassword(actor, null),
        new RoomCommand.AnswerKnock(actor, ANY_ID, true),
        new RoomCommand.CreateInvitation(actor, ANY_ID, SecretHash.of("token"), null, null),
        new RoomCommand.RevokeInvitation(actor, ANY_ID),
        new RoomCommand.RemoveMember(actor, actor, null, null),
        new RoomCommand.LiftBan(actor, ANY_ID),
        new RoomCommand.MuteMember(actor, actor, true),
        new VoiceCommand.SilenceMember(actor, actor, true));
  }

  /** Every command that controls the film, by that actor. */
  static List<RoomCommand> controlCommands(UserId actor) {
    return List.of(
        new RoomCommand.Play(actor, 1, false),
        new RoomCommand.Pause(actor, 1, null),
        new RoomCommand.Seek(actor, 1, true),
        new RoomCommand.SetRate(actor, 2),
        new RoomCommand.UndoSeek(actor, true));
  }

  /** Every command of a member, by that actor. */
  static List<RoomCommand> memberCommands(UserId actor) {
    return List.of(
        new RoomCommand.Leave(actor),
        new RoomCommand.Disconnect(actor),
        new RoomCommand.Demote(actor, actor),
        new RoomCommand.SendMessage(actor, new UUID(1, 2), "hello"),
        new RoomCommand.SetTyping(actor, true),
        new RoomCommand.ReactToFilm(actor, "\ud83d\ude02"),
        new VoiceCommand.JoinVoice(actor, ANY_ID, false),
        new VoiceCommand.LeaveVoice(actor));
  }

  static List<RoomCommand> commandsOfAStranger() {
    return Stream.of(
            hostCommands(STRANGER),
            controlCommands(STRANGER),
            memberCommands(STRANGER),
            List.<RoomCommand>of(new RoomCommand.TransferRoom(STRANGER, STRANGER)))
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commandsOfAStranger")
  void MB1_stranger_is_rejected_and_nothing_changes(RoomCommand command) {
    Room before = room.state();

    Decision refused = room.act(command);

    assertThat(refused).isEqualTo(Decision.rejected(before, Rejection.NOT_A_MEMBER));
    assertThat(refused.next()).isSameAs(before);
  }

  @Test
  void HR1_every_host_command_of_a_guest_is_rejected() {
    room.guest("Ben");
    Room before = room.state();

    for (RoomCommand command : hostCommands(room.id("Ben"))) {
      assertThat(command.right()).isEqualTo(Right.HOST);
      assertThat(room.act(command)).isEqualTo(Decision.rejected(before, Rejection.NOT_HOST));
    }
    for (RoomCommand command : controlCommands(room.id("Ben"))) {
      assertThat(command.right()).isEqualTo(Right.CONTROL);
      assertThat(room.act(command)).isEqualTo(Decision.rejected(before, Rejection.NOT_HOST));
    }
  }

  @Test
  void HR1_guest_is_allowed_every_command_of_a_member() {
    for (RoomCommand command : memberCommands(room.guest("Ben").id("Ben"))) {
      RoomFixture fresh = RoomFixture.room().guest("Ben");
      assertThat(command.right()).isEqualTo(Right.MEMBER);
      assertThat(fresh.act(command).rejection())
          .isEqualTo(command instanceof RoomCommand.Demote ? Rejection.NOT_A_HOST : null);
    }
  }

  @Test
  void HR1_former_host_has_no_right_any_more() {
    UserId hana = room.guest("Ben").id("Hana");
    room.leave("Hana");

    assertThat(room.act(new RoomCommand.Play(hana, 0, false)).rejection())
        .isEqualTo(Rejection.NOT_A_MEMBER);
  }

  @Test
  void PR1_host_promotes_a_guest_and_all_receive_it() {
    room.guest("Ben");

    Decision promoted = room.promote("Hana", "Ben");

    assertThat(promoted.events())
        .containsExactly(
            new UserPromoted(3, room.id("Ben"), room.member("Ben").name(), room.id("Hana")));
    assertThat(room.hosts()).containsExactly("Hana", "Ben");
  }

  @Test
  void PR1_promoted_guest_has_a_hosts_right() {
    room.guest("Ben").guest("Cleo").promote("Hana", "Ben");

    assertThat(room.promote("Ben", "Cleo").rejection()).isNull();
  }

  @Test
  void PR1_user_who_is_away_can_be_promoted_and_stays_away() {
    room.resumable("Ben").drop("Ben");

    room.promote("Hana", "Ben");

    assertThat(room.member("Ben").host()).isTrue();
    assertThat(room.member("Ben").away()).isTrue();
  }

  @Test
  void PR1_unknown_user_cannot_be_promoted() {
    assertThat(room.promote("Hana", "Nobody").rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
  }

  @Test
  void PR1_host_cannot_be_promoted_again() {
    assertThat(room.promote("Hana", "Hana").rejection()).isEqualTo(Rejection.ALREADY_HOST);
  }

  @Test
  void PR1_a_missing_right_comes_before_a_missing_user() {
    room.guest("Ben");

    assertThat(room.promote("Ben", "Nobody").rejection()).isEqualTo(Rejection.NOT_HOST);
  }
}
