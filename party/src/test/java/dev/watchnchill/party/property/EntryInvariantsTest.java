package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.entry.KnockRules;
import dev.watchnchill.party.property.ScriptRun.Moment;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Invariants of rights and entry control after every command. */
class EntryInvariantsTest {
  private static void everyEvent(BiConsumer<Moment, RoomEvent> check) {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        moment.decision().events().forEach(event -> check.accept(moment, event));
      }
    });
  }

  private static Member before(Moment moment, UserId user) {
    return Objects.requireNonNull(moment.before().members().find(user));
  }

  @Test
  void RT1_room_with_a_host_is_owned_by_a_host() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        if (room.members().hasHost()) {
          Member owner = room.members().find(room.hostId());
          assertThat(owner != null && owner.host()).isTrue();
          assertThat(room.hostName()).isEqualTo(Objects.requireNonNull(owner).name());
        }
      }
    });
  }

  @Test
  void RT2_only_the_owner_transfers_and_only_that_voids_the_token() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.RoomTransferred transferred && transferred.by() != null) {
        assertThat(moment.command()).isInstanceOf(RoomCommand.TransferRoom.class);
        assertThat(transferred.by()).isEqualTo(moment.before().hostId());
        assertThat(moment.after().hostToken()).isNull();
      }
      if (!Objects.equals(moment.before().hostToken(), moment.after().hostToken())) {
        assertThat(moment.command())
            .isInstanceOfAny(RoomCommand.TransferRoom.class, RoomCommand.IssueHostToken.class);
      }
    });
  }

  @Test
  void RT4_guest_moves_no_film_that_hosts_control() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.Controlled controlled) {
        assertThat(
                before(moment, controlled.by()).host()
                    || moment.before().settings().control() == Who.EVERYONE)
            .isTrue();
      }
    });
  }

  @Test
  void RT5_EN11_message_comes_from_a_member_who_may_write() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.MessageSent sent) {
        Member sender = before(moment, sent.message().userId());
        assertThat(sender.muted()).isFalse();
        assertThat(sender.host() || moment.before().settings().chat() == Who.EVERYONE).isTrue();
      }
      if (event instanceof RoomEvent.Typing typing) {
        assertThat(before(moment, typing.userId()).muted()).isFalse();
      }
    });
  }

  @Test
  void EN1_new_member_has_proved_what_the_room_asks_for() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.UserJoined
          && moment.command() instanceof RoomCommand.Join join
          && !welcome(moment.before(), join)) {
        Room room = moment.before();
        boolean proved =
            switch (room.settings().entry()) {
              case LINK -> true;
              case PASSWORD ->
                  join.proof().hasPassword(room.entry().password()) || invited(moment, join);
              case APPROVAL ->
                  invited(moment, join)
                      || room.entry().knocks().stream()
                          .anyMatch(knock -> knock.accepted() && knock.name().sameAs(join.name()));
              case CLOSED -> false;
            };
        assertThat(proved).isTrue();
      }
    });
  }

  private static boolean welcome(Room room, RoomCommand.Join join) {
    return room.opensAsHost(join.hostToken())
        || (join.current() != null && room.members().find(join.current()) != null);
  }

  private static boolean invited(Moment moment, RoomCommand.Join join) {
    SecretHash token = join.proof().invitation();
    return moment.before().entry().invitations().stream()
        .anyMatch(one -> !one.expired(moment.now()) && token != null && one.token().matches(token));
  }

  @Test
  void EN2_room_that_asks_for_a_password_has_one() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        assertThat(room.settings().entry() == EntryMode.PASSWORD && room.entry().password() == null)
            .isFalse();
      }
    });
  }

  @Test
  void EN4_waiting_clients_are_few_and_wait_for_approval_alone() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        assertThat(room.entry().knocks()).hasSizeLessThanOrEqualTo(KnockRules.WAITING_MAX);
        assertThat(room.entry().knocks()).extracting(Knock::id).doesNotHaveDuplicates();
        if (room.settings().entry() != EntryMode.APPROVAL) {
          assertThat(room.entry().knocks()).isEmpty();
        }
      }
    });
  }

  @Test
  void EN8_owner_is_never_removed_and_a_host_by_the_owner_alone() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.UserLeft left && left.removal() != null) {
        UserId by = left.removal().by();
        assertThat(moment.before().isOwner(left.userId())).isFalse();
        assertThat(by).isNotEqualTo(left.userId());
        assertThat(before(moment, by).host()).isTrue();
        assertThat(!before(moment, left.userId()).host() || moment.before().isOwner(by)).isTrue();
      }
    });
  }

  @Test
  void EN9_banned_client_gets_no_seat() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.UserJoined joined) {
        Room room = moment.before();
        boolean welcome = moment.command() instanceof RoomCommand.Join join && welcome(room, join);
        SecretHash session =
            moment.command() instanceof RoomCommand.Join join
                ? join.session()
                : joined.member().session();
        if (!welcome) {
          for (Ban ban : room.entry().bans()) {
            assertThat(covers(room, ban, session, joined.member().identity(), moment.now()))
                .isFalse();
          }
        }
      }
    });
  }

  private static boolean covers(
      Room room, Ban ban, @Nullable SecretHash session, MemberIdentity identity, long nowMs) {
    if (ban.untilMs() != null && nowMs >= ban.untilMs()) {
      return false;
    }
    boolean seat = session != null && session.equals(ban.session());
    boolean browser =
        identity.browser() != null && identity.browser().equals(ban.identity().browser());
    boolean spared =
        identity.browser() != null && room.entry().exempt().contains(identity.browser());
    boolean address =
        identity.address() != null && identity.address().equals(ban.identity().address());
    return seat || browser || (address && !spared);
  }

  @Test
  void EN11_owner_is_muted_by_nobody() {
    everyEvent((moment, event) -> {
      if (event instanceof RoomEvent.MemberMuted muted && muted.muted()) {
        assertThat(moment.before().isOwner(muted.userId())).isFalse();
        assertThat(!before(moment, muted.userId()).host() || moment.before().isOwner(muted.by()))
            .isTrue();
      }
    });
  }
}
