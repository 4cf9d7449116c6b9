package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.server.wire.Views;
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
  final Set<String> heard = new LinkedHashSet<>();

  long epoch;
  long seq;

  private final boolean eachTold;

  /** The number of members of a large room; null in any other. */
  @Nullable Integer count;

  @Nullable String url;
  boolean playing;
  Views.TimelineState timeline;

  /**
   * Whether the effect of a base client's own action is uncertain, because it gets no event of it.
   */
  boolean unsure;

  /**
   * @param eachTold whether each join and departure is sent, because rooms are never large
   */
  SimView(Payloads.RoomJoined joined, boolean eachTold) {
    this.eachTold = eachTold;
    roomId = new RoomId(joined.room().id());
    me = joined.user().id();
    timeline = joined.timeline();
    take(joined.room(), joined.messages(), joined.epoch(), joined.seq());
  }

  /** The room as one piece. */
  void take(Views.Snapshot snapshot, long itsEpoch, long itsSeq) {
    timeline = snapshot.timeline();
    take(snapshot.room(), snapshot.messages(), itsEpoch, itsSeq);
  }

  private void take(Views.RoomState room, List<Views.Message> said, long itsEpoch, long itsSeq) {
    names.clear();
    hosts.clear();
    away.clear();
    chat.clear();
    room.users().forEach(this::add);
    count = room.userCount();
    said.forEach(message -> chat.add(message.message()));
    heard.addAll(chat);
    epoch = itsEpoch;
    seq = itsSeq;
    url = room.videoUrl();
    playing = room.videoState().isPlaying();
  }

  /** Returns the change after which all events are sent, or follow later with {@code since}. */
  static @Nullable Long since(Object payload) {
    return switch (payload) {
      case Payloads.UserPromoted e -> e.since();
      case Payloads.VideoSet e -> e.since();
      case Payloads.Controlled e -> e.since();
      case Payloads.NewMessage e -> e.since();
      case Payloads.WaitingSet e -> e.since();
      case Views.TimelineState e -> e.since();
      case Payloads.Presence e -> e.since();
      case Payloads.PresenceSnapshot e -> e.since();
      default -> null;
    };
  }

  private void add(Views.User user) {
    names.put(user.id(), user.name());
    if (user.isHost()) {
      hosts.add(user.id());
    }
    if (Boolean.TRUE.equals(user.away()) && !user.id().equals(me)) {
      away.add(user.id());
    }
  }

  /** The place of that event in the stream, or null when it has none. */
  static @Nullable Revision place(Object payload) {
    return switch (payload) {
      case Payloads.UserJoined e -> new Revision(e.epoch(), e.seq());
      case Payloads.AboutUser e -> new Revision(e.epoch(), e.seq());
      case Payloads.UserPromoted e -> new Revision(e.epoch(), e.seq());
      case Payloads.VideoSet e -> new Revision(e.epoch(), e.seq());
      case Payloads.Controlled e -> new Revision(e.epoch(), e.seq());
      case Payloads.NewMessage e -> new Revision(e.epoch(), e.seq());
      case Payloads.WaitingSet e -> new Revision(e.epoch(), e.seq());
      case Views.TimelineState e -> new Revision(e.epoch(), e.seq());
      case Payloads.Presence e -> new Revision(e.epoch(), e.seq());
      case Payloads.PresenceSnapshot e -> new Revision(e.epoch(), e.seq());
      default -> null;
    };
  }

  /** Applies an event of the room. */
  void apply(String name, Object payload, boolean ours) {
    Revision place = place(payload);
    if (place != null) {
      epoch = place.epoch();
      seq = place.seq();
    }
    switch (payload) {
      case Payloads.UserJoined e -> {
        assertThat(e.user().id()).as("gets an event about itself").isNotEqualTo(me);
        assertThat(names).as("a present member joins").doesNotContainKey(e.user().id());
        add(e.user());
      }
      case Payloads.AboutUser e -> about(name, e.userId());
      case Payloads.UserPromoted e -> {
        if (eachTold) {
          assertThat(names).containsEntry(e.userId(), e.userName());
        }
        if (names.containsKey(e.userId())) {
          hosts.add(e.userId());
        }
      }
      case Payloads.VideoSet e -> {
        url = e.videoUrl();
        playing = false;
      }
      case Payloads.Controlled _ -> {
        if (!name.equals("video-seeked")) {
          playing = name.equals("video-played");
        }
      }
      case Payloads.NewMessage e -> {
        assertThat(chat).as("said twice").doesNotContain(e.message().message());
        chat.add(e.message().message());
        heard.add(e.message().message());
        if (chat.size() > SimWorld.LIMITS.chatHistory()) {
          chat.removeFirst();
        }
      }
      case Views.TimelineState e -> {
        timeline = e;
        if (ours) {
          playing = e.phase().equals("playing");
        }
      }
      case Payloads.SyncUpdate e -> {
        if (!ours) {
          playing = e.isPlaying();
        }
      }
      case Payloads.Presence e -> presence(e);
      case Payloads.PresenceSnapshot e -> {
        // A member that was wrongly marked away is present.
        List.copyOf(names.keySet()).stream().filter(user -> !user.equals(me)).forEach(this::forget);
        e.users().forEach(this::add);
        count = e.big() ? (Integer) e.count() : null;
      }
      default -> {}
    }
  }

  private void presence(Payloads.Presence told) {
    assertThat(told.more()).as("a few people are all told").isFalse();
    count = told.count();
    for (Views.User user : told.joined()) {
      forget(user.id());
      add(user);
    }
    told.left().stream().filter(user -> !user.equals(me)).forEach(this::forget);
    told.away().stream()
        .filter(user -> names.containsKey(user) && !user.equals(me))
        .forEach(away::add);
    told.returned().forEach(away::remove);
  }

  private void forget(String user) {
    names.remove(user);
    hosts.remove(user);
    away.remove(user);
  }

  private void about(String name, String userId) {
    assertThat(userId).as("gets an event about itself").isNotEqualTo(me);
    switch (name) {
      case "user-left" -> {
        assertThat(names.remove(userId)).as("unknown user left").isNotNull();
        hosts.remove(userId);
        away.remove(userId);
      }
      case "user-away" -> away.add(userId);
      case "user-returned" -> away.remove(userId);
      default -> throw new AssertionError(name);
    }
  }
}
