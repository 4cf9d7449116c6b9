package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.RoomSnapshot;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of a room that a client derives from its events. */
final class SimView {
  final RoomId roomId;
  final String me;
  final Map<String, String> names = new LinkedHashMap<>();
  final Set<String> hosts = new HashSet<>();
  final Set<String> away = new HashSet<>();
  final List<String> chat = new ArrayList<>();

  /** All that was ever said in its hearing, be the room's history as short as it may. */
  final Set<String> received = new LinkedHashSet<>();

  long epoch;
  long seq;

  private final boolean eachSent;

  /** The number of members of a large room; null in any other. */
  @Nullable Integer count;

  @Nullable String url;
  boolean playing;
  ServerMessage.TimelineState timeline;

  /**
   * Whether the effect of a base client's own action is uncertain, because it gets no event of it.
   */
  boolean unsure;

  /**
   * @param eachSent whether each join and departure is sent, because rooms are never large
   */
  SimView(ServerMessage.RoomJoined joined, boolean eachSent) {
    this.eachSent = eachSent;
    roomId = new RoomId(joined.room().id());
    me = joined.user().id();
    timeline = joined.timeline();
    take(joined.room(), joined.messages(), joined.epoch(), joined.seq());
  }

  /** The room as one piece. */
  void take(RoomSnapshot snapshot, long itsEpoch, long itsSeq) {
    timeline = snapshot.timeline();
    take(snapshot.room(), snapshot.messages(), itsEpoch, itsSeq);
  }

  private void take(RoomState room, List<ChatEntry> said, long itsEpoch, long itsSeq) {
    names.clear();
    hosts.clear();
    away.clear();
    chat.clear();
    room.users().forEach(this::add);
    count = room.userCount();
    said.forEach(message -> chat.add(message.message()));
    received.addAll(chat);
    epoch = itsEpoch;
    seq = itsSeq;
    url = room.videoUrl();
    playing = room.videoState().isPlaying();
  }

  /** The change after which everything is sent, or comes later in an event that says so. */
  static @Nullable Long since(ServerMessage message) {
    return switch (message) {
      case ServerMessage.UserPromoted e -> e.since();
      case ServerMessage.VideoSet e -> e.since();
      case ServerMessage.PlaybackControl e -> e.since();
      case ServerMessage.NewMessage e -> e.since();
      case ServerMessage.WaitingSet e -> e.since();
      case ServerMessage.TimelineState e -> e.since();
      case ServerMessage.Presence e -> e.since();
      case ServerMessage.PresenceSnapshot e -> e.since();
      default -> null;
    };
  }

  private void add(User user) {
    names.put(user.id(), user.name());
    if (user.isHost()) {
      hosts.add(user.id());
    }
    if (Boolean.TRUE.equals(user.away()) && !user.id().equals(me)) {
      away.add(user.id());
    }
  }

  /** The place of that event in the stream, or null when it has none. */
  static @Nullable Revision place(ServerMessage message) {
    return switch (message) {
      case ServerMessage.UserJoined e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.SeatChange e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.UserPromoted e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.VideoSet e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.PlaybackControl e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.NewMessage e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.WaitingSet e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.TimelineState e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.Presence e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.PresenceSnapshot e -> new Revision(e.epoch(), e.seq());
      default -> null;
    };
  }

  /** Applies an event of the room. */
  void apply(ServerMessage message, boolean ours) {
    Revision place = place(message);
    if (place != null) {
      epoch = place.epoch();
      seq = place.seq();
    }
    switch (message) {
      case ServerMessage.UserJoined e -> {
        assertThat(e.user().id()).as("hears of itself").isNotEqualTo(me);
        assertThat(names).as("somebody who is there joins").doesNotContainKey(e.user().id());
        add(e.user());
      }
      case ServerMessage.SeatChange e -> seatChanged(e);
      case ServerMessage.UserPromoted e -> {
        if (eachSent) {
          assertThat(names).containsEntry(e.userId(), e.userName());
        }
        if (names.containsKey(e.userId())) {
          hosts.add(e.userId());
        }
      }
      case ServerMessage.VideoSet e -> {
        url = e.videoUrl();
        playing = false;
      }
      case ServerMessage.VideoPlayed _ -> playing = true;
      case ServerMessage.VideoPaused _ -> playing = false;
      case ServerMessage.NewMessage e -> {
        assertThat(chat).as("said twice").doesNotContain(e.message().message());
        chat.add(e.message().message());
        received.add(e.message().message());
        if (chat.size() > SimWorld.LIMITS.chatHistory()) {
          chat.removeFirst();
        }
      }
      case ServerMessage.TimelineState e -> {
        timeline = e;
        if (ours) {
          playing = e.phase().equals("playing");
        }
      }
      case ServerMessage.SyncUpdate e -> {
        if (!ours) {
          playing = e.isPlaying();
        }
      }
      case ServerMessage.Presence e -> presence(e);
      case ServerMessage.PresenceSnapshot e -> {
        // A member that was taken for away may be present after all.
        List.copyOf(names.keySet()).stream().filter(user -> !user.equals(me)).forEach(this::forget);
        e.users().forEach(this::add);
        count = e.big() ? (Integer) e.count() : null;
      }
      default -> {}
    }
  }

  private void presence(ServerMessage.Presence presence) {
    assertThat(presence.more()).as("a few people are all listed").isFalse();
    count = presence.count();
    for (User user : presence.joined()) {
      forget(user.id());
      add(user);
    }
    presence.left().stream().filter(user -> !user.equals(me)).forEach(this::forget);
    presence.away().stream()
        .filter(user -> names.containsKey(user) && !user.equals(me))
        .forEach(away::add);
    presence.returned().forEach(away::remove);
  }

  private void forget(String user) {
    names.remove(user);
    hosts.remove(user);
    away.remove(user);
  }

  private void seatChanged(ServerMessage.SeatChange change) {
    String userId = change.userId();
    assertThat(userId).as("hears of itself").isNotEqualTo(me);
    switch (change) {
      case ServerMessage.UserLeft _ -> {
        assertThat(names.remove(userId)).as("unknown user left").isNotNull();
        hosts.remove(userId);
        away.remove(userId);
      }
      case ServerMessage.UserAway _ -> away.add(userId);
      case ServerMessage.UserReturned _ -> away.remove(userId);
    }
  }
}
