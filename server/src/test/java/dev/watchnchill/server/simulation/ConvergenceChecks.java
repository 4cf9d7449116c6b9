package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.runtime.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks that instances and clients agree with the store, and that nothing is left at the end. */
final class ConvergenceChecks {
  /**
   * Of a live room: its deadline, the audit, presence, votes, status, sync, departures, retries.
   */
  private static final int TIMERS_PER_ROOM_MAX = 9;

  /** Of the instance, and of rooms that have retired. */
  private static final int OTHER_TIMERS_MAX = 5;

  private final SimulatedCluster cluster;
  private final boolean lossless;

  ConvergenceChecks(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.lossless = !cluster.shared();
  }

  /**
   * Checks the cluster while nothing is under way: at any time without faults, else after a quiet
   * phase.
   *
   * @param historyLost whether the store has lost changes, which base clients cannot unlearn
   */
  void converged(boolean historyLost) {
    noClientFailed();
    var clientsOf = new HashMap<String, SimulatedClient>();
    for (SimulatedInstance instance : cluster.living()) {
      assertThat(instance.leasedRooms())
          .as("leased rooms of %s", instance.name)
          .isEqualTo(instance.service.liveRooms());
      boundedTimers(instance);
      for (SimulatedClient client : instance.clients) {
        agrees(client, clientsOf, historyLost);
      }
    }
    cluster.rooms.forEach(id -> roomIsConsistent(id, clientsOf));
  }

  /** Checks that no client has received a wrong message. */
  void noClientFailed() {
    for (Throwable failure : cluster.failures) {
      throw new AssertionError("a client received a wrong message", failure);
    }
  }

  /** Checks that an instance collects no timers, whatever fails. */
  void boundedTimers(SimulatedInstance instance) {
    int max = OTHER_TIMERS_MAX + TIMERS_PER_ROOM_MAX * instance.service.liveRooms();
    assertThat(instance.timers()).as("timers of %s", instance.name).isLessThanOrEqualTo(max);
  }

  private void agrees(
      SimulatedClient client, Map<String, SimulatedClient> clientsOf, boolean historyLost) {
    Session.Seat seat = client.session.seat();
    ClientView view = client.view;
    assertThat(seat == null).as("%s: seat and view", client.id()).isEqualTo(view == null);
    if (seat == null || view == null) {
      assertThat(client.subscriptions()).as("subscriptions of %s", client.id()).isEmpty();
      return;
    }
    assertThat(client.subscriptions())
        .as("subscriptions of %s", client.id())
        .containsExactly(view.roomId);
    assertThat(view.me).as("%s: user", client.id()).isEqualTo(seat.userId().toString());
    Room room = cluster.stored(view.roomId);
    assertThat(room).as("room of %s", client.id()).isNotNull();
    var live = (LiveRoom) seat.room();
    assertThat(live.cachedState()).as("room on %s", client.instance.name).isEqualTo(room);
    assertThat(clientsOf.put(view.me, client)).as("clients in the seat of %s", view.me).isNull();
    if (historyLost && !client.extended()) {
      view.unsure = true;
    }
    new ViewChecks(client, view, live, Objects.requireNonNull(room), lossless, cluster.time.nowMs())
        .check();
  }

  private void roomIsConsistent(RoomId id, Map<String, SimulatedClient> clientsOf) {
    Room room = cluster.stored(id);
    if (room == null) {
      return;
    }
    for (Member member : room.members().list()) {
      if (member.away()) {
        // In a simulation with faults every user has returned, or left, by now.
        assertThat(lossless).as("%s is away for ever", member).isTrue();
        continue;
      }
      SimulatedClient client = clientsOf.get(member.id().toString());
      assertThat(client).as("client of %s", member).isNotNull();
      assertThat(Objects.requireNonNull(member.instance()).value())
          .as("instance of %s", member)
          .isEqualTo(Objects.requireNonNull(client).instance.name);
    }
    assertThat(room.chat().messages().stream().map(ChatMessage::id).toList())
        .as("messages")
        .doesNotHaveDuplicates();
    waitsForPresentMembers(room);
    speakersAreMembers(room);
  }

  private void speakersAreMembers(Room room) {
    List<Speaker> speakers = room.voice().speakers();
    assertThat(speakers.size()).as("speakers").isLessThanOrEqualTo(cluster.limits.voiceMax());
    assertThat(speakers).extracting(Speaker::peerId).as("peer ids").doesNotHaveDuplicates();
    assertThat(speakers).extracting(Speaker::userId).as("speakers").doesNotHaveDuplicates();
    assertThat(speakers)
        .as("speakers are members")
        .allMatch(speaker -> room.members().find(speaker.userId()) != null);
  }

  private void waitsForPresentMembers(Room room) {
    ReadyBarrier barrier = room.timeline().barrier();
    if (barrier != null) {
      assertThat(barrier.untilMs())
          .as("no wait outlives its deadline")
          .isGreaterThan(cluster.time.nowMs());
      assertThat(barrier.awaited())
          .as("the room waits for a present member")
          .anyMatch(user -> {
            Member member = room.members().find(user);
            return member != null && !member.away();
          });
    }
  }

  /** Checks that nothing is left, after all users have left and every grace period has passed. */
  void nothingLeft() {
    noClientFailed();
    for (SimulatedInstance instance : cluster.living()) {
      assertThat(instance.service.liveRooms()).as("live rooms of %s", instance.name).isZero();
      assertThat(instance.timers()).as("timers of %s", instance.name).isZero();
      assertThat(instance.link.subscriptions()).as("subscriptions of %s", instance.name).isZero();
      assertThat(instance.leasedRooms()).as("leased rooms of %s", instance.name).isZero();
      assertThat(instance.clients).as("clients of %s", instance.name).isEmpty();
    }
    assertThat(cluster.store().active().join()).as("rooms in the store").isEmpty();
    if (lossless) {
      assertThat(cluster.time.timers()).as("timers").isZero();
    }
  }
}
