package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.server.runtime.broadcast.LargeRoomPresence;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.KnockEntry;
import dev.watchnchill.server.wire.QueueState;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.SettingsState;
import dev.watchnchill.server.wire.SpeakerEntry;
import dev.watchnchill.server.wire.WaitingState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares the state that a client has derived from its events with the room. */
final class ViewChecks {
  private final SimulatedClient client;
  private final ClientView view;
  private final LiveRoom live;
  private final Room room;
  private final boolean lossless;
  private final long nowMs;
  private final String who;

  /**
   * @param view the client's view
   * @param live the room on the client's instance
   * @param room the stored room
   * @param lossless whether no fault has occurred, so that base clients know the timeline exactly
   */
  ViewChecks(
      SimulatedClient client,
      ClientView view,
      LiveRoom live,
      Room room,
      boolean lossless,
      long nowMs) {
    this.client = client;
    this.view = view;
    this.live = live;
    this.room = room;
    this.lossless = lossless;
    this.nowMs = nowMs;
    this.who = client.id();
  }

  /**
   * Checks that a client which is sent a snapshot could not be sent the changes. A member who was
   * put back does not know its rights by the events to it (rule IN4).
   *
   * @param sent the revision of the snapshot
   */
  static void changesNotKnown(
      SimulatedClient client, ClientView now, RoomStore store, RoomStore.Revision sent) {
    var known = new RoomStore.Revision(now.epoch, now.seq);
    var changes = store.since(now.roomId, known).join();
    if (changes != null && changes.stream().anyMatch(change -> change.after().equals(sent))) {
      assertThat(changes)
          .as("the changes that %s is not sent", client.id())
          .flatExtracting(RoomStore.Committed::events)
          .anyMatch(event ->
              event instanceof RoomEvent.UserJoined joined
                  && joined.member().id().toString().equals(now.me));
    }
  }

  /** Fails when the view differs from the room. */
  void check() {
    members();
    if (view.unsure) {
      return;
    }
    revision();
    chat();
    Media media = room.media();
    assertThat(view.url).as("%s: media", who).isEqualTo(media == null ? null : media.url());
    playback();
    rights();
    queue();
    assertThat(view.speakers)
        .as("%s: voice", who)
        .isEqualTo(client.extended() ? SpeakerEntry.of(room) : null);
  }

  private void chat() {
    if (!client.extended()) {
      // A base client does not learn of deletions, and is not sent what was deleted before.
      List<String> present =
          room.chat().newestPresent(room.chat().size()).stream()
              .map(message -> message.id().toString())
              .toList();
      assertThat(view.chat.stream().map(ChatEntry::id).filter(present::contains))
          .as("%s: chat", who)
          .containsExactlyElementsOf(present);
      return;
    }
    boolean allSent = live.presence().countsSent();
    assertThat(view.chat.stream().map(message -> seen(message, allSent)))
        .as("%s: chat", who)
        .containsExactlyElementsOf(
            ChatEntry.before(
                    room,
                    room.chat().size(),
                    room.chat().size(),
                    new UserId(UUID.fromString(view.me)))
                .messages()
                .stream()
                .map(message -> seen(message, allSent))
                .toList());
  }

  /** Returns what a client knows of a message, whatever has become of the one that it answers. */
  private static List<@Nullable Object> seen(ChatEntry entry, boolean reactions) {
    return Arrays.asList(
        entry.id(),
        entry.message(),
        entry.editedAt(),
        entry.deleted(),
        entry.at(),
        entry.replyTo() == null ? null : entry.replyTo().messageId(),
        reactions ? entry.reactions() : null);
  }

  private void queue() {
    assertThat(view.queue != null).as("%s: knows the queue", who).isEqualTo(client.extended());
    QueueState now =
        RoomState.of(room, new UserId(UUID.fromString(view.me)), client.extended(), 8, nowMs)
            .queue();
    boolean allSent = live.presence().countsSent();
    if (!lossless) {
      assertThat(allSent).as("%s: votes are sent", who).isTrue();
    }
    if (view.queue != null && now != null) {
      view.queue.equalTo(who, now, allSent, nowMs);
    }
  }

  private void rights() {
    if (!client.extended() && !lossless) {
      return;
    }
    assertThat(view.settings).as("%s: settings", who).isEqualTo(SettingsState.of(room));
    assertThat(view.owner).as("%s: owner", who).isEqualTo(room.hostId().toString());
    if (view.hosts.contains(view.me)) {
      assertThat(view.knocks)
          .as("%s: who waits", who)
          .containsExactlyElementsOf(
              KnockEntry.waiting(room).stream().map(KnockEntry::knockId).toList());
      if (client.extended()) {
        client.lists.check(view, room);
      }
    }
  }

  private boolean followsPresence() {
    return client.kind == SimulatedClient.Kind.EXTENDED;
  }

  private void members() {
    var names = new LinkedHashMap<String, String>();
    var hosts = new HashSet<String>();
    var away = new HashSet<String>();
    var muted = new HashSet<String>();
    for (Member member : room.members().list()) {
      names.put(member.id().toString(), member.name().value());
      if (member.host()) {
        hosts.add(member.id().toString());
      }
      if (member.away()) {
        away.add(member.id().toString());
      }
      if (member.muted()) {
        muted.add(member.id().toString());
      }
    }
    assertThat(names).as("%s: itself in the room", who).containsKey(view.me);
    assertThat(view.names).as("%s: itself", who).containsKey(view.me);
    LargeRoomPresence presence = live.presence();
    if (!presence.large()) {
      assertThat(view.names).as("%s: members", who).isEqualTo(names);
      compareRoles(hosts, away, muted);
      return;
    }
    if (!lossless) {
      assertThat(presence.quiet()).as("%s: presence is sent", who).isTrue();
    }
    if (followsPresence() && presence.quiet()) {
      someMembers(names);
      hosts.retainAll(view.names.keySet());
      away.retainAll(view.names.keySet());
      muted.retainAll(view.names.keySet());
      compareRoles(hosts, away, muted);
    }
  }

  private void someMembers(Map<String, String> names) {
    assertThat(names).as("%s: members", who).containsAllEntriesOf(view.names);
    assertThat(view.count).as("%s: number of members", who).isEqualTo(names.size());
  }

  private void compareRoles(Set<String> hosts, Set<String> away, Set<String> muted) {
    assertThat(view.hosts).as("%s: hosts", who).isEqualTo(hosts);
    if (client.extended()) {
      assertThat(view.away).as("%s: away", who).isEqualTo(away);
      assertThat(view.muted).as("%s: muted", who).isEqualTo(muted);
    }
  }

  private void revision() {
    if (client.extended() || lossless) {
      assertThat(view.epoch).as("%s: epoch", who).isEqualTo(room.epoch());
      if (!live.presence().large()) {
        assertThat(view.seq)
            .as("%s: seq", who)
            .isBetween(live.broadcaster().broadcastSeq(), room.seq());
      } else if (client.kind != SimulatedClient.Kind.EXTENDED_WITHOUT_PRESENCE) {
        assertThat(view.seq)
            .as("%s: seq", who)
            .isBetween(live.broadcaster().broadcastSeq(), room.seq());
      }
    }
  }

  private void playback() {
    Timeline timeline = room.timeline();
    // A host's check is passed on to base members even while the room waits (TL5).
    if (client.extended() || !timeline.preparing()) {
      assertThat(view.playing).as("%s: playing", who).isEqualTo(timeline.playing());
    }
    if (!client.extended() && !lossless) {
      return;
    }
    ServerMessage.TimelineState seen = view.timeline;
    assertThat(seen.position()).as("%s: position", who).isEqualTo(timeline.position());
    assertThat(seen.at()).as("%s: time of the position", who).isEqualTo(timeline.atMs());
    assertThat(seen.seq()).as("%s: seq of the timeline", who).isEqualTo(timeline.seq());
    assertThat(seen.item()).as("%s: item", who).isEqualTo(timeline.item());
    assertThat(seen.rate()).as("%s: rate", who).isEqualTo(timeline.rate());
    assertThat(view.waiting).as("%s: policy", who).isEqualTo(WaitingState.of(room.waiting()));
    ReadyBarrier barrier = timeline.barrier();
    assertThat(seen.waiting() == null).as("%s: waiting", who).isEqualTo(barrier == null);
  }
}
