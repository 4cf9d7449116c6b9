package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.property.ScriptRun.Moment;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A room whose hosts use neither settings nor entry control is the original's. */
class OpenRoomTest {
  private static void everyMoment(Consumer<Moment> check) {
    ScriptedCommand.check(script -> {
      List<ScriptedCommand> open = script.stream().filter(step -> !step.kind().ofEntry()).toList();
      ScriptRun.through(open).forEach(check);
    });
  }

  @Test
  void RT3_EN1_settings_and_entry_stay_those_of_a_new_room() {
    everyMoment(moment -> {
      assertThat(moment.after().settings()).isEqualTo(RoomSettings.DEFAULT);
      assertThat(moment.after().entry().isPlain()).isTrue();
      assertThat(moment.decision().events()).noneMatch(RoomEvent.HostsChange.class::isInstance);
      assertThat(moment.decision().retryInMs()).isZero();
    });
  }

  @Test
  void EN1_no_proof_changes_what_a_join_leads_to() {
    everyMoment(moment -> {
      if (moment.command() instanceof RoomCommand.Join join) {
        assertThat(without(moment, join, join.identity())).isEqualTo(moment.decision());
      }
    });
  }

  @Test
  void EN1_unknown_client_gets_the_same_seat_as_a_known_one() {
    everyMoment(moment -> {
      if (moment.command() instanceof RoomCommand.Join join) {
        Decision unknown = without(moment, join, MemberIdentity.NONE);

        assertThat(unknown.rejection()).isEqualTo(moment.decision().rejection());
        assertThat(unknown.joined()).isEqualTo(moment.decision().joined());
        assertThat(rights(unknown.next())).isEqualTo(rights(moment.after()));
      }
    });
  }

  private static Decision without(Moment moment, RoomCommand.Join join, MemberIdentity identity) {
    var plain =
        new RoomCommand.Join(
            join.name(),
            join.hostToken(),
            join.session(),
            join.current(),
            join.newUser(),
            join.newSession(),
            join.instance(),
            identity,
            EntryProof.NONE);
    return ScriptRun.RULES.decide(moment.before(), moment.audience(), plain, moment.now());
  }

  private static List<String> rights(Room room) {
    return room.members().list().stream()
        .map(member -> member.id() + " " + member.name() + " " + member.host() + member.away())
        .toList();
  }
}
