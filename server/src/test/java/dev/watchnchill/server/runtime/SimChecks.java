package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.runtime.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks of a simulated world after a phase without faults. */
final class SimChecks {
  private final SimWorld world;

  SimChecks(SimWorld world) {
    this.world = world;
  }

  /** Checks the world after a quiet phase. */
  void settled(boolean excused) {
    nothingFailed();
    usersAreInOrOutAsWanted();
    var socketsOf = new HashMap<String, SimClient>();
    for (SimServer server : world.living()) {
      assertThat(server.instances.kept()).hasSize(server.service.liveRooms());
      for (SimClient client : server.clients) {
        Session.Seat seat = client.session.seat();
        SimView view = client.view;
        assertThat(seat == null).as("%s: seat and view", client.id()).isEqualTo(view == null);
        if (seat != null && view != null) {
          Room room = world.store.load(seat.room().id());
          assertThat(room).as("room of %s", client.id()).isNotNull();
          assertThat(((LiveRoom) seat.room()).cachedState())
              .as("room on %s", server.name)
              .isEqualTo(room);
          assertThat(socketsOf.put(seat.userId().toString(), client))
              .as("sockets of %s", seat.userId())
              .isNull();
          compare(client, view, Objects.requireNonNull(room), excused);
        }
      }
    }
    world.rooms.forEach(id -> presentMembersHaveSockets(id, socketsOf));
    acknowledged(excused);
  }

  void nothingFailed() {
    for (Throwable failure : world.failures) {
      throw new AssertionError("a client got a wrong event", failure);
    }
  }

  private void usersAreInOrOutAsWanted() {
    for (SimPerson person : world.people) {
      assertThat(person.seated()).as("%s is in", person.name).isEqualTo(person.wants);
      assertThat(person.hasUnsaid()).as("%s has something unsaid", person.name).isFalse();
    }
  }

  private void presentMembersHaveSockets(RoomId id, Map<String, SimClient> socketsOf) {
    Room room = world.store.load(id);
    if (room == null) {
      return;
    }
    for (Member member : room.members().list()) {
      assertThat(member.away()).as("%s is away for ever", member).isFalse();
      SimClient client = socketsOf.get(member.id().toString());
      assertThat(client).as("socket of %s", member).isNotNull();
      assertThat(Objects.requireNonNull(member.instance()).value())
          .as("server of %s", member)
          .isEqualTo(Objects.requireNonNull(client).server.name);
    }
  }

  private static void compare(SimClient client, SimView view, Room room, boolean excused) {
    String who = client.id();
    var names = new LinkedHashMap<String, String>();
    var hosts = new HashSet<String>();
    for (Member member : room.members().list()) {
      names.put(member.id().toString(), member.name().value());
      if (member.host()) {
        hosts.add(member.id().toString());
      }
    }
    assertThat(names).as(who).containsKey(view.me);
    assertThat(view.names).as(who).containsKey(view.me);
    boolean big =
        ((LiveRoom) Objects.requireNonNull(client.session.seat()).room()).presence().large();
    if (!big) {
      assertThat(view.names).as("%s: members", who).isEqualTo(names);
      assertThat(view.hosts).as("%s: hosts", who).isEqualTo(hosts);
    } else if (client.ours && !client.old) {
      assertThat(names).as("%s: members", who).containsAllEntriesOf(view.names);
      hosts.retainAll(view.names.keySet());
      assertThat(view.hosts).as("%s: hosts", who).isEqualTo(hosts);
      assertThat(view.count).as("%s: members", who).isEqualTo(names.size());
    }
    List<String> chat = room.chat().messages().stream().map(ChatMessage::text).toList();
    Media media = room.media();
    if (excused && !client.ours) {
      view.unsure = true; // what the store has lost cannot be unsaid to those who know no snapshots
    }
    if (view.unsure) {
      return;
    }
    assertThat(view.url).as("%s: film", who).isEqualTo(media == null ? null : media.url());
    if (client.ours) {
      assertThat(view.epoch).as("%s: epoch", who).isEqualTo(room.epoch());
      if (!client.old || !big) {
        assertThat(view.seq).as("%s: seq", who).isEqualTo(room.seq());
        assertThat(view.away).as("%s: away", who).isEmpty();
      }
      assertThat(view.chat).as("%s: chat", who).isEqualTo(chat);
      assertThat(view.timeline.seq()).as("%s: timeline", who).isEqualTo(room.timeline().seq());
      assertThat(view.timeline.at()).as("%s: timeline", who).isEqualTo(room.timeline().atMs());
      assertThat(view.timeline.position())
          .as("%s: timeline", who)
          .isEqualTo(room.timeline().position());
    } else {
      assertThat(view.chat).as("%s: chat", who).isEqualTo(chat);
    }
    assertThat(view.playing).as("%s: playing", who).isEqualTo(room.timeline().playing());
  }

  private void acknowledged(boolean excused) {
    RoomId id = world.room;
    Room room = id == null ? null : world.store.load(id);
    List<String> chat =
        room == null ? List.of() : room.chat().messages().stream().map(ChatMessage::text).toList();
    boolean promised = world.sameRoomAsLastTime() && !excused && room != null;
    for (SimPerson person : world.people) {
      var said = new ArrayList<>(person.acknowledged);
      person.acknowledged.clear();
      if (promised && !said.isEmpty()) {
        assertThat(chat).as("what %s has said", person.name).containsSubsequence(said);
      }
    }
    assertThat(chat).as("messages").doesNotHaveDuplicates();
  }

  /** Checks the world after all users have left and every grace period has passed. */
  void over() {
    nothingFailed();
    for (SimServer server : world.living()) {
      assertThat(server.service.liveRooms()).as("live rooms of %s", server.name).isZero();
      assertThat(server.timers()).as("timers of %s", server.name).isZero();
      assertThat(server.link.subscriptions()).as("subscriptions of %s", server.name).isZero();
      assertThat(server.instances.kept()).as("kept rooms of %s", server.name).isEmpty();
      assertThat(server.clients).as("sockets of %s", server.name).isEmpty();
    }
    assertThat(world.store.active()).as("rooms in the store").isEmpty();
  }
}
