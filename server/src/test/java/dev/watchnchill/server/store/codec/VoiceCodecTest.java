package dev.watchnchill.server.store.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.party.voice.VoiceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class VoiceCodecTest {
  private static final Room ROOM = RoomScripts.start(new RoomId("VOICE1"), 3);
  private static final Speaker HANA = new Speaker(ROOM.hostId(), new UUID(7, 8), true, false);

  private static Room read(byte[] state) {
    return RoomCodec.readState(state, ROOM.members(), ROOM.chat());
  }

  @Test
  void VO3_group_round_trips_and_a_room_without_one_is_stored_as_before() {
    var group =
        new VoiceGroup(List.of(HANA), List.of(ROOM.hostId()), List.of(new KeyedHash(-5, 6)));
    assertThat(read(RoomCodec.state(ROOM.withVoice(group))).voice()).isEqualTo(group);
    assertThat(new String(RoomCodec.state(ROOM), UTF_8)).doesNotContain("voice");
    assertThat(read(RoomCodec.state(ROOM)).voice()).isEqualTo(VoiceGroup.NONE);
  }

  @Test
  void VO9_camera_is_an_optional_field_of_a_speaker() {
    var shown = new Speaker(ROOM.hostId(), new UUID(7, 8), false, true);
    var group = new VoiceGroup(List.of(shown), List.of(), List.of());
    String stored = new String(RoomCodec.state(ROOM.withVoice(group)), UTF_8);
    assertThat(stored).contains("\"camera\":true");
    assertThat(read(stored.getBytes(UTF_8)).voice()).isEqualTo(group);
    var off = new VoiceGroup(List.of(HANA), List.of(), List.of());
    assertThat(new String(RoomCodec.state(ROOM.withVoice(off)), UTF_8)).doesNotContain("camera");
    String older = stored.replace(",\"camera\":true", "");
    assertThat(read(older.getBytes(UTF_8)).voice().speakers().getFirst().camera()).isFalse();
  }

  @Test
  void VO3_damaged_group_is_corrupt() {
    byte[] state =
        RoomCodec.state(ROOM.withVoice(new VoiceGroup(List.of(HANA), List.of(), List.of())));
    String damaged = new String(state, UTF_8).replace(HANA.peerId().toString(), "x");
    assertThatThrownBy(() -> read(damaged.getBytes(UTF_8)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageStartingWith("state.voice.speakers");
  }

  @Test
  void VO5_signals_of_every_kind_round_trip() {
    var signals =
        new ArrayList<PeerSignal>(
            List.of(
                new PeerSignal.Candidate("candidate:1", "0", 0, "ab"),
                new PeerSignal.Candidate("", null, null, null),
                new PeerSignal.LastCandidate()));
    for (PeerSignal.Kind kind : PeerSignal.Kind.values()) {
      signals.add(new PeerSignal.Description(kind, "v=0\r\n\u2028\\\""));
    }
    var to = new UserId(new UUID(1, 2));
    List<RoomEvent> events =
        signals.stream()
            .<RoomEvent>map(
                signal -> new RoomEvent.VoiceSignalled(HANA, to, new UUID(9, 1), signal))
            .toList();
    assertThat(RoomCodec.readEvents(RoomCodec.events(events))).isEqualTo(events);
  }
}
