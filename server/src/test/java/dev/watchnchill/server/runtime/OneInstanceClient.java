package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.WaitingState;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connected client of {@link OneInstanceSimulation}. */
final class OneInstanceClient implements ClientConnection {
  final String id;
  final Session session;
  final Set<RoomId> subscribed = new HashSet<>();
  boolean connected = true;
  @Nullable OneInstanceView view;
  @Nullable String token;
  String hostToken = "";

  OneInstanceClient(String id, boolean extended, @Nullable String authToken) {
    this.id = id;
    this.session = new Session(this, extended, authToken, 1_000);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void subscribe(RoomId room) {
    subscribed.add(room);
  }

  @Override
  public void unsubscribe(RoomId room) {
    subscribed.remove(room);
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }

  @Override
  public void send(ServerMessage message) {
    if (!connected) {
      return;
    }
    switch (message) {
      case ServerMessage.RoomCreated created -> hostToken = created.hostToken();
      case ServerMessage.RoomJoined joined -> {
        view = new OneInstanceView(joined);
        token = joined.sessionToken();
      }
      case ServerMessage.SyncUpdate update -> applySync(update);
      case ServerMessage.UserJoined late -> requireView().add(late.user());
      case ServerMessage.SeatChange late -> requireView().forget(late.userId());
      case ServerMessage.TimelineState timeline -> requireView().timeline = timeline;
      case ServerMessage.SessionReplaced _ -> view = null;
      default -> {}
    }
  }

  /** Applies a position to a base client; an extended client follows the timeline. */
  private void applySync(ServerMessage.SyncUpdate update) {
    if (!session.resumable()) {
      requireView().playing = update.isPlaying();
    }
  }

  OneInstanceView requireView() {
    return Objects.requireNonNull(view, () -> id + " is in no room");
  }

  void receive(RoomId room, ServerMessage message) {
    Session.Seat seat = session.seat();
    assertThat(seat).as("%s gets %s without a seat", id, message.eventName()).isNotNull();
    assertThat(Objects.requireNonNull(seat).room().id()).isEqualTo(room);
    if (!connected) {
      return;
    }
    OneInstanceView now = requireView();
    assertThat(now.roomId).isEqualTo(room);
    switch (message) {
      case ServerMessage.UserJoined e -> {
        now.at(e.epoch(), e.seq());
        assertThat(e.user().id()).as("gets an event about itself").isNotEqualTo(now.me);
        now.add(e.user());
      }
      case ServerMessage.SeatChange e -> {
        now.at(e.epoch(), e.seq());
        assertThat(e.userId()).as("gets an event about itself").isNotEqualTo(now.me);
        switch (e) {
          case ServerMessage.UserLeft _ -> {
            assertThat(now.names.remove(e.userId())).as("unknown user left").isNotNull();
            now.hosts.remove(e.userId());
            now.away.remove(e.userId());
          }
          case ServerMessage.UserAway _ -> now.away.add(e.userId());
          case ServerMessage.UserReturned _ -> now.away.remove(e.userId());
        }
      }
      case ServerMessage.UserPromoted e -> {
        now.at(e.epoch(), e.seq(), e.since());
        boolean large = ((LiveRoom) seat.room()).presence().large();
        if (!large) {
          assertThat(now.names).containsEntry(e.userId(), e.userName());
        }
        if (now.names.containsKey(e.userId())) {
          now.hosts.add(e.userId());
        }
      }
      case ServerMessage.VideoSet e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.url = e.videoUrl();
        now.playing = false;
      }
      case ServerMessage.PlaybackControl e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (!(e instanceof ServerMessage.VideoSeeked)) {
          now.playing = e instanceof ServerMessage.VideoPlayed;
        }
      }
      case ServerMessage.NewMessage e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.chat.add(e.message().id());
        if (now.chat.size() > SimulationTest.LIMITS.chatHistory()) {
          now.chat.removeFirst();
        }
      }
      case ServerMessage.TimelineState e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.timeline = e;
        if (session.resumable()) {
          now.playing = e.phase().equals("playing");
        }
      }
      case ServerMessage.WaitingSet e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.waiting =
            new WaitingState(e.mode(), e.seconds(), e.graceMs(), e.peopleMax(), e.strikesMax());
      }
      case ServerMessage.StatusUpdate e ->
          e.members()
              .forEach(member ->
                  assertThat(
                          ((LiveRoom) seat.room()).presence().large()
                              || now.names.containsKey(member.userId()))
                      .as("known")
                      .isTrue());
      case ServerMessage.SyncUpdate e -> applySync(e);
      case ServerMessage.Presence e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (session.resumable()) {
          e.joined().forEach(user -> now.forget(user.id()));
          e.joined().forEach(now::add);
          e.left().stream().filter(user -> !user.equals(now.me)).forEach(now::forget);
          e.away().stream().filter(now.names::containsKey).forEach(now.away::add);
          e.returned().forEach(now.away::remove);
        }
      }
      case ServerMessage.PresenceSnapshot e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (session.resumable()) {
          List.copyOf(now.names.keySet()).stream()
              .filter(user -> !user.equals(now.me))
              .forEach(now::forget);
          e.users().forEach(now::add);
        }
      }
      case ServerMessage.RoomClosed e -> {
        assertThat(e.roomId()).isEqualTo(room.value());
        view = null;
      }
      default -> {}
    }
  }
}
