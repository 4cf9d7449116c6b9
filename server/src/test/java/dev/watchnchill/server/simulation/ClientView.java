package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.ReactionEntry;
import dev.watchnchill.server.wire.RoomSnapshot;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.SettingsState;
import dev.watchnchill.server.wire.SpeakerEntry;
import dev.watchnchill.server.wire.User;
import dev.watchnchill.server.wire.WaitingState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The state of a room that a client derives from its events. */
final class ClientView {
  final RoomId roomId;
  final String me;
  final Map<String, String> names = new LinkedHashMap<>();
  final Set<String> hosts = new HashSet<>();
  final Set<String> away = new HashSet<>();
  final Set<String> muted = new HashSet<>();

  /** The ids of those who wait at the door; only a host's are right. */
  final Set<String> knocks = new LinkedHashSet<>();

  final List<ChatEntry> chat = new ArrayList<>();

  /** The texts of all messages since the join, however short the room's history is. */
  final Set<String> received = new LinkedHashSet<>();

  long epoch;
  long seq;

  /** The number of members of a large room; null in any other. */
  @Nullable Integer count;

  @Nullable String url;
  boolean playing;
  ServerMessage.TimelineState timeline;
  WaitingState waiting;
  SettingsState settings;
  String owner;

  /** The queue; null for a base client. */
  @Nullable ClientQueue queue;

  /**
   * Whether the effect of a base client's own action is uncertain, because it gets no event of it.
   */
  boolean unsure;

  /** The members in the voice group; null for a base client. */
  @Nullable List<SpeakerEntry> speakers;

  private final int chatMax;

  /**
   * @param chatMax most messages of a room's history
   */
  ClientView(ServerMessage.RoomJoined joined, int chatMax) {
    this.chatMax = chatMax;
    roomId = new RoomId(joined.room().id());
    me = joined.user().id();
    timeline = joined.timeline();
    waiting = joined.room().waiting();
    settings = joined.room().settings();
    owner = joined.room().hostId();
    replace(joined.room(), joined.messages(), new Revision(joined.epoch(), joined.seq()));
  }

  /** Replaces the state by a snapshot. */
  void replace(RoomSnapshot snapshot, Revision revision) {
    timeline = snapshot.timeline();
    waiting = snapshot.room().waiting();
    replace(snapshot.room(), snapshot.messages(), revision);
  }

  private void replace(RoomState room, List<ChatEntry> messages, Revision revision) {
    names.clear();
    hosts.clear();
    away.clear();
    muted.clear();
    knocks.clear();
    chat.clear();
    room.users().forEach(this::add);
    settings = room.settings();
    owner = room.hostId();
    if (room.knocks() != null) {
      room.knocks().forEach(knock -> knocks.add(knock.knockId()));
    }
    count = room.userCount();
    chat.addAll(messages);
    messages.forEach(message -> received.add(message.message()));
    epoch = revision.epoch();
    seq = revision.seq();
    queue = room.queue() == null ? null : new ClientQueue(room.queue());
    speakers = room.voice() == null ? null : room.voice().speakers();
    url = room.videoUrl();
    playing = room.videoState().isPlaying();
  }

  /** Returns the texts of the messages in the history. */
  List<String> texts() {
    return chat.stream().map(ChatEntry::message).toList();
  }

  /**
   * Returns the change up to which all is sent, or comes later as presence; null when that is the
   * one before the message's own.
   */
  static @Nullable Long since(ServerMessage message) {
    return switch (message) {
      case ServerMessage.RoomChange e -> e.since();
      case ServerMessage.Presence e -> e.since();
      case ServerMessage.PresenceSnapshot e -> e.since();
      default -> null;
    };
  }

  /** Returns the revision of a message, or null when it has none. */
  static @Nullable Revision revision(ServerMessage message) {
    return switch (message) {
      case ServerMessage.RoomChange e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.Presence e -> new Revision(e.epoch(), e.seq());
      case ServerMessage.PresenceSnapshot e -> new Revision(e.epoch(), e.seq());
      default -> null;
    };
  }

  /**
   * Applies a message about the room.
   *
   * @param extended whether the client follows the timeline, and not positions
   * @param allKnown whether the client knows every member
   */
  void apply(ServerMessage message, boolean extended, boolean allKnown) {
    Revision revision = revision(message);
    if (revision != null) {
      epoch = revision.epoch();
      seq = revision.seq();
    }
    switch (message) {
      case ServerMessage.UserJoined e -> {
        assertThat(e.user().id()).as("an event about itself").isNotEqualTo(me);
        assertThat(names).as("a member joins that has joined").doesNotContainKey(e.user().id());
        add(e.user());
      }
      case ServerMessage.SeatChange e -> seatChanged(e);
      case ServerMessage.UserPromoted e -> {
        if (allKnown) {
          assertThat(names).as("the promoted member").containsEntry(e.userId(), e.userName());
        }
        if (names.containsKey(e.userId())) {
          hosts.add(e.userId());
        }
      }
      case ServerMessage.UserDemoted e -> hosts.remove(e.userId());
      case ServerMessage.RoomTransferred e -> owner = e.hostId();
      case ServerMessage.SettingsChanged e -> settings = e.settings();
      case ServerMessage.MemberMuted e -> {
        if (e.muted() && names.containsKey(e.userId())) {
          muted.add(e.userId());
        } else {
          muted.remove(e.userId());
        }
      }
      case ServerMessage.QueueChanged e -> {
        if (queue != null) {
          queue.apply(e.update());
        }
      }
      case ServerMessage.VoiceState e -> {
        if (extended) {
          speakers = e.speakers();
        }
      }
      case ServerMessage.KnockReceived e -> knocks.add(e.knockId());
      case ServerMessage.KnockClosed e -> knocks.remove(e.knockId());
      case ServerMessage.Knocks e -> {
        knocks.clear();
        e.knocks().forEach(knock -> knocks.add(knock.knockId()));
      }
      case ServerMessage.VideoSet e -> {
        url = e.videoUrl();
        playing = false;
      }
      case ServerMessage.VideoPlayed _ -> playing = true;
      case ServerMessage.VideoPaused _ -> playing = false;
      case ServerMessage.NewMessage e -> add(e.message());
      case ServerMessage.MessageEdited e ->
          changed(
              e.messageId(),
              old -> entry(old, e.message(), old.reactions(), e.editedAt(), old.deleted()));
      case ServerMessage.MessageDeleted e ->
          changed(e.messageId(), old -> entry(old, "", null, null, true));
      case ServerMessage.MessageReactions e ->
          changed(
              e.messageId(),
              old ->
                  entry(
                      old,
                      old.message(),
                      e.reactions().isEmpty() ? null : e.reactions(),
                      old.editedAt(),
                      old.deleted()));
      case ServerMessage.TimelineState e -> {
        timeline = e;
        if (extended) {
          playing = e.phase().equals("playing");
        }
      }
      case ServerMessage.WaitingSet e ->
          waiting =
              new WaitingState(e.mode(), e.seconds(), e.graceMs(), e.peopleMax(), e.strikesMax());
      case ServerMessage.SyncUpdate e -> {
        if (!extended) {
          playing = e.isPlaying();
        }
      }
      case ServerMessage.StatusUpdate e -> {
        if (allKnown) {
          assertThat(names.keySet())
              .as("members with a status")
              .containsAll(e.members().stream().map(member -> member.userId()).toList());
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

  private void add(ChatEntry message) {
    assertThat(chat).as("message sent twice").noneMatch(old -> old.id().equals(message.id()));
    chat.add(message);
    received.add(message.message());
    if (chat.size() > chatMax) {
      chat.removeFirst();
    }
  }

  private void changed(String id, UnaryOperator<ChatEntry> how) {
    chat.replaceAll(old -> old.id().equals(id) ? how.apply(old) : old);
  }

  private static ChatEntry entry(
      ChatEntry old,
      String text,
      @Nullable List<ReactionEntry> reactions,
      @Nullable String editedAt,
      @Nullable Boolean deleted) {
    return new ChatEntry(
        old.id(),
        old.userId(),
        old.userName(),
        text,
        old.timestamp(),
        old.roomId(),
        old.isRead(),
        deleted == null ? old.replyTo() : null,
        deleted == null ? old.at() : null,
        reactions,
        null,
        editedAt,
        deleted);
  }

  private void add(User user) {
    names.put(user.id(), user.name());
    if (user.isHost()) {
      hosts.add(user.id());
    }
    if (Boolean.TRUE.equals(user.muted())) {
      muted.add(user.id());
    }
    if (Boolean.TRUE.equals(user.away()) && !user.id().equals(me)) {
      away.add(user.id());
    }
  }

  private void presence(ServerMessage.Presence presence) {
    assertThat(presence.more()).as("few members are all listed").isFalse();
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
    muted.remove(user);
  }

  private void seatChanged(ServerMessage.SeatChange change) {
    String userId = change.userId();
    assertThat(userId).as("an event about itself").isNotEqualTo(me);
    switch (change) {
      case ServerMessage.UserLeft _ -> {
        assertThat(names).as("the member that left").containsKey(userId);
        forget(userId);
      }
      case ServerMessage.UserAway _ -> away.add(userId);
      case ServerMessage.UserReturned _ -> away.remove(userId);
    }
  }
}
