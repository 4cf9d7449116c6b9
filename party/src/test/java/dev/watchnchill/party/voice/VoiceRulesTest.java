package dev.watchnchill.party.voice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.property.VoiceScripts;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of the rules about the voice group by example. */
final class VoiceRulesTest {
  private static final PeerSignal OFFER =
      new PeerSignal.Description(PeerSignal.Kind.OFFER, "v=0\r\n");

  private final RoomFixture room =
      RoomFixture.room(Limits.DEFAULT.withVoice(2)).resumable("Ben").resumable("Cleo");

  private static UUID peer(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }

  private Decision join(String name) {
    return room.act(new VoiceCommand.JoinVoice(room.id(name), peer(name), false));
  }

  private Decision mute(String name, boolean muted) {
    return room.act(new VoiceCommand.MuteVoice(room.id(name), muted));
  }

  private Decision camera(String name, boolean on) {
    return room.act(new VoiceCommand.SetCamera(room.id(name), on));
  }

  private boolean isShown(String name) {
    return Objects.requireNonNull(room.state().voice().find(room.id(name))).camera();
  }

  private Decision silence(String by, String target, boolean muted) {
    return room.act(new VoiceCommand.SilenceMember(room.id(by), room.id(target), muted));
  }

  private Decision signal(String by, UUID to) {
    return room.act(new VoiceCommand.SendSignal(room.id(by), to, OFFER));
  }

  private List<String> speakers() {
    return room.state().voice().speakers().stream()
        .map(speaker -> Objects.requireNonNull(room.state().members().find(speaker.userId())))
        .map(member -> member.name().value())
        .toList();
  }

  @Test
  void VO1_members_join_until_the_group_is_full() {
    Decision joined = join("Hana");
    assertThat(joined.events()).containsExactly(new RoomEvent.VoiceChanged(joined.next().seq()));
    join("Ben");
    Room before = room.state();
    assertThat(join("Cleo")).isEqualTo(Decision.rejected(before, Rejection.VOICE_FULL));
    assertThat(speakers()).containsExactly("Hana", "Ben");
    room.act(new VoiceCommand.LeaveVoice(room.id("Hana")));
    assertThat(join("Cleo").rejection()).isNull();
    assertThat(speakers()).containsExactly("Ben", "Cleo");
  }

  @Test
  void VO1_another_page_of_the_member_replaces_the_first_one_in_a_full_group() {
    join("Hana");
    join("Ben");
    var other = new UUID(7, 7);
    assertThat(room.act(new VoiceCommand.JoinVoice(room.id("Hana"), other, true)).rejection())
        .isNull();
    assertThat(speakers()).containsExactly("Hana", "Ben");
    assertThat(room.state().voice().find(room.id("Hana")))
        .isEqualTo(new Speaker(room.id("Hana"), other, true, false));
    assertThat(room.state().voice().findPeer(peer("Hana"))).isNull();
  }

  @Test
  void VO1_leaving_twice_and_joining_as_before_change_nothing() {
    join("Hana");
    assertThat(join("Hana").events()).isEmpty();
    room.act(new VoiceCommand.LeaveVoice(room.id("Hana")));
    Room before = room.state();
    Decision again = room.act(new VoiceCommand.LeaveVoice(room.id("Hana")));
    assertThat(again).isEqualTo(Decision.unchanged(before));
    assertThat(again.next()).isSameAs(before);
  }

  @Test
  void VO1_server_without_voice_rejects_all_of_it() {
    RoomFixture silent = RoomFixture.room(Limits.DEFAULT.withVoice(0));
    var join = new VoiceCommand.JoinVoice(silent.id("Hana"), peer("Hana"), false);
    assertThat(silent.act(join).rejection()).isEqualTo(Rejection.VOICE_OFF);
  }

  @Test
  void VO3_away_speaker_keeps_its_place_until_the_grace_ends() {
    join("Hana");
    join("Ben");
    Decision lost = room.drop("Ben");
    assertThat(lost.events()).hasSize(2).last().isInstanceOf(RoomEvent.VoiceChanged.class);
    assertThat(speakers()).containsExactly("Hana", "Ben");
    room.later(1_000).returns("Ben");
    assertThat(room.state().voice().find(room.id("Ben"))).isNotNull();
    room.drop("Ben");
    Decision gone = room.later(Limits.DEFAULT.reconnectGraceMs()).tick();
    assertThat(gone.events()).hasSize(2).last().isInstanceOf(RoomEvent.VoiceChanged.class);
    assertThat(speakers()).containsExactly("Hana");
  }

  @Test
  void VO3_member_who_leaves_or_is_removed_leaves_the_group() {
    join("Ben");
    assertThat(room.leave("Ben").events()).last().isInstanceOf(RoomEvent.VoiceChanged.class);
    assertThat(room.state().voice()).isEqualTo(VoiceGroup.NONE);
    join("Cleo");
    silence("Hana", "Cleo", true);
    room.remove("Hana", "Cleo", null, null);
    assertThat(room.state().voice()).isEqualTo(VoiceGroup.NONE);
  }

  @Test
  void VO3_group_holds_members_alone_whatever_happens() {
    VoiceScripts.check(after -> {
      assertThat(after.voice().speakers().size()).isLessThanOrEqualTo(2);
      assertThat(after.voice().speakers()).extracting(Speaker::userId).doesNotHaveDuplicates();
      assertThat(after.voice().within(after.members())).isSameAs(after.voice());
      assertThat(after.voice().speakers())
          .noneMatch(one -> one.camera() && VoiceRules.isSilenced(after, one.userId()));
    });
  }

  @Test
  void VO4_speaker_mutes_itself_and_a_host_mutes_it_for_good() {
    join("Ben");
    assertThat(mute("Ben", true).rejection()).isNull();
    assertThat(mute("Ben", false).rejection()).isNull();
    assertThat(mute("Cleo", true).rejection()).isEqualTo(Rejection.NOT_IN_VOICE);
    assertThat(silence("Ben", "Cleo", true).rejection()).isEqualTo(Rejection.NOT_HOST);
    assertThat(silence("Hana", "Ben", true).events()).hasSize(1);
    assertThat(mute("Ben", false).rejection()).isEqualTo(Rejection.VOICE_MUTED);
    room.act(new VoiceCommand.LeaveVoice(room.id("Ben")));
    join("Ben");
    assertThat(VoiceRules.isSilenced(room.state(), room.id("Ben"))).isTrue();
    assertThat(mute("Ben", true).rejection()).isNull();
    silence("Hana", "Ben", false);
    assertThat(mute("Ben", false).rejection()).isNull();
  }

  @Test
  void VO4_mute_follows_the_browser_of_a_member_who_comes_back_as_somebody_new() {
    room.guest("Dan", 5, 1).guest("Eve", 5, 2).guest("Finn", 6, 1);
    silence("Hana", "Dan", true);
    assertThat(List.of("Dan", "Eve", "Finn"))
        .filteredOn(name -> VoiceRules.isSilenced(room.state(), room.id(name)))
        .containsExactly("Dan", "Eve");
    room.leave("Dan");
    room.leave("Eve");
    room.guest("Gus", 5, 3);
    join("Gus");
    assertThat(mute("Gus", false).rejection()).isEqualTo(Rejection.VOICE_MUTED);
    assertThat(silence("Hana", "Gus", false).events()).hasSize(1);
    assertThat(mute("Gus", false).rejection()).isNull();
    room.leave("Gus");
    assertThat(room.state().voice()).isEqualTo(VoiceGroup.NONE);
  }

  @Test
  void VO4_browser_of_a_host_is_muted_by_the_owner_alone() {
    room.guest("Dan", 5, 1).guest("Eve", 5, 2);
    room.promote("Hana", "Ben");
    room.promote("Hana", "Eve");
    Room before = room.state();
    assertThat(silence("Ben", "Dan", true))
        .isEqualTo(Decision.rejected(before, Rejection.NOT_OWNER));
    silence("Hana", "Dan", true);
    join("Eve");
    assertThat(silence("Eve", "Eve", false).rejection()).isNull();
    assertThat(VoiceRules.isSilenced(room.state(), room.id("Dan"))).isFalse();
  }

  @Test
  void VO4_nobody_mutes_the_owner_and_hosts_mute_no_hosts() {
    room.promote("Hana", "Ben");
    room.promote("Hana", "Cleo");
    assertThat(silence("Ben", "Hana", true).rejection()).isEqualTo(Rejection.TARGET_IS_OWNER);
    assertThat(silence("Ben", "Cleo", true).rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(silence("Hana", "Cleo", true).rejection()).isNull();
    assertThat(silence("Cleo", "Cleo", false).rejection()).isNull();
    assertThat(
            room.act(new VoiceCommand.SilenceMember(room.id("Hana"), RoomFixture.user("Zoe"), true))
                .rejection())
        .isEqualTo(Rejection.USER_NOT_FOUND);
  }

  @Test
  void VO5_signal_goes_to_one_page_of_the_group_and_changes_nothing() {
    join("Hana");
    join("Ben");
    Room before = room.state();
    Decision sent = signal("Hana", peer("Ben"));
    assertThat(sent.next()).isSameAs(before);
    assertThat(sent.events())
        .containsExactly(
            new RoomEvent.VoiceSignalled(
                new Speaker(room.id("Hana"), peer("Hana"), false, false),
                room.id("Ben"),
                peer("Ben"),
                OFFER));
    assertThat(signal("Cleo", peer("Ben")).rejection()).isEqualTo(Rejection.NOT_IN_VOICE);
    assertThat(signal("Hana", peer("Cleo")).rejection()).isEqualTo(Rejection.VOICE_PEER_GONE);
    assertThat(signal("Hana", peer("Hana")).rejection()).isEqualTo(Rejection.VOICE_PEER_GONE);
  }

  @Test
  void VO7_only_speakers_who_are_not_muted_speak() {
    var on = new VoiceCommand.SetSpeaking(room.id("Ben"), true);
    assertThat(room.act(on).rejection()).isEqualTo(Rejection.NOT_IN_VOICE);
    join("Ben");
    assertThat(room.act(on).events())
        .containsExactly(new RoomEvent.SpeakingChanged(room.id("Ben"), true));
    mute("Ben", true);
    assertThat(room.act(on)).isEqualTo(Decision.unchanged(room.state()));
    mute("Ben", false);
    silence("Hana", "Ben", true);
    assertThat(room.act(on)).isEqualTo(Decision.unchanged(room.state()));
    assertThat(room.act(new RoomCommand.Leave(room.id("Cleo"))).events()).hasSize(1);
  }

  @Test
  void VO9_camera_is_off_until_its_speaker_switches_it_on() {
    assertThat(camera("Ben", true).rejection()).isEqualTo(Rejection.NOT_IN_VOICE);
    join("Ben");
    assertThat(isShown("Ben")).isFalse();
    Decision shown = camera("Ben", true);
    assertThat(shown.events()).containsExactly(new RoomEvent.VoiceChanged(shown.next().seq()));
    assertThat(camera("Ben", true)).isEqualTo(Decision.unchanged(room.state()));
    mute("Ben", true);
    assertThat(isShown("Ben")).isTrue();
    assertThat(camera("Ben", false).events()).hasSize(1);
    assertThat(isShown("Ben")).isFalse();
  }

  @Test
  void VO9_next_page_of_the_member_begins_with_the_camera_off() {
    join("Ben");
    camera("Ben", true);
    room.act(new VoiceCommand.JoinVoice(room.id("Ben"), new UUID(7, 7), false));
    assertThat(isShown("Ben")).isFalse();
  }

  @Test
  void VO4_mute_by_a_host_takes_the_picture_away_and_its_end_does_not_bring_it_back() {
    join("Ben");
    camera("Ben", true);
    assertThat(silence("Hana", "Ben", true).events()).hasSize(1);
    assertThat(isShown("Ben")).isFalse();
    assertThat(camera("Ben", true).rejection()).isEqualTo(Rejection.VOICE_MUTED);
    assertThat(camera("Ben", false)).isEqualTo(Decision.unchanged(room.state()));
    silence("Hana", "Ben", false);
    assertThat(isShown("Ben")).isFalse();
    assertThat(camera("Ben", true).rejection()).isNull();
  }
}
