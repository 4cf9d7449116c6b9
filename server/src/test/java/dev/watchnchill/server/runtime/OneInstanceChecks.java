package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.wire.WaitingState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Compares the state that a client of {@link OneInstanceSimulation} derived with the room. */
final class OneInstanceChecks {
  private OneInstanceChecks() {}

  /** Fails when the client's view differs from the room. */
  static void compare(OneInstanceClient client, OneInstanceView view, Room room, long nowMs) {
    var names = new LinkedHashMap<String, String>();
    var hosts = new HashSet<String>();
    var away = new HashSet<String>();
    for (Member member : room.members().list()) {
      names.put(member.id().toString(), member.name().value());
      if (member.host()) {
        hosts.add(member.id().toString());
      }
      if (member.away()) {
        away.add(member.id().toString());
      }
    }
    LiveRoom live = (LiveRoom) Objects.requireNonNull(client.session.seat()).room();
    if (live.presence().large()) {
      assertThat(view.seq)
          .as("%s: seq", client.id)
          .isBetween(live.broadcaster().broadcastSeq(), room.seq());
      if (client.session.resumable() && live.presence().quiet()) {
        assertThat(names).as("%s: members", client.id).containsAllEntriesOf(view.names);
        hosts.retainAll(view.names.keySet());
        away.retainAll(view.names.keySet());
        assertThat(view.hosts).as("%s: hosts", client.id).isEqualTo(hosts);
        assertThat(view.away).as("%s: away", client.id).isEqualTo(away);
      }
    } else {
      assertThat(view.seq).as("%s: seq", client.id).isEqualTo(room.seq());
      assertThat(view.names).as("%s: members", client.id).isEqualTo(names);
      assertThat(view.hosts).as("%s: hosts", client.id).isEqualTo(hosts);
      if (client.session.resumable()) {
        assertThat(view.away).as("%s: away", client.id).isEqualTo(away);
      }
    }
    assertThat(names).containsKey(view.me);
    assertThat(view.chat)
        .as("%s: chat", client.id)
        .isEqualTo(room.chat().messages().stream().map(said -> said.id().toString()).toList());
    Media media = room.media();
    assertThat(view.url).as("%s: film", client.id).isEqualTo(media == null ? null : media.url());
    // A host's check is passed on to base members even while the film waits (TL5).
    if (client.session.resumable() || !room.timeline().preparing()) {
      assertThat(view.playing).as("%s: playing", client.id).isEqualTo(room.timeline().playing());
    }
    assertThat(view.timeline.position()).isEqualTo(room.timeline().position());
    assertThat(view.timeline.at()).isEqualTo(room.timeline().atMs());
    assertThat(view.timeline.seq()).isEqualTo(room.timeline().seq());
    assertThat(view.timeline.item()).isEqualTo(room.timeline().item());
    assertThat(view.timeline.rate()).isEqualTo(room.timeline().rate());
    assertThat(view.waiting).isEqualTo(WaitingState.of(room.waiting()));
    ReadyBarrier barrier = room.timeline().barrier();
    assertThat(view.timeline.waiting() == null).isEqualTo(barrier == null);
    if (barrier != null) {
      assertThat(barrier.untilMs()).as("no wait outlives its deadline").isGreaterThan(nowMs);
      assertThat(barrier.awaited())
          .as("it waits for a present member")
          .anyMatch(user -> {
            Member member = room.members().find(user);
            return member != null && !member.away();
          });
    }
  }
}
