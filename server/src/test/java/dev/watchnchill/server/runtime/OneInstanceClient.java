package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.server.wire.Views;
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
  public void send(String event, Object payload) {
    if (!connected) {
      return;
    }
    switch (payload) {
      case Payloads.RoomCreated created -> hostToken = created.hostToken();
      case Payloads.RoomJoined joined -> {
        view = new OneInstanceView(joined);
        token = joined.sessionToken();
      }
      case Payloads.SyncUpdate update -> applySync(update);
      case Payloads.UserJoined late -> requireView().add(late.user());
      case Payloads.AboutUser late -> requireView().forget(late.userId());
      case Views.TimelineState timeline -> requireView().timeline = timeline;
      default -> {
        if (event.equals("session-replaced")) {
          view = null;
        }
      }
    }
  }

  /** Applies a position to a base client; an extended client follows the timeline. */
  private void applySync(Payloads.SyncUpdate update) {
    if (!session.resumable()) {
      requireView().playing = update.isPlaying();
    }
  }

  OneInstanceView requireView() {
    return Objects.requireNonNull(view, () -> id + " is in no room");
  }

  void receive(RoomId room, Outbound event) {
    Session.Seat seat = session.seat();
    assertThat(seat).as("%s gets %s without a seat", id, event.name()).isNotNull();
    assertThat(Objects.requireNonNull(seat).room().id()).isEqualTo(room);
    if (!connected) {
      return;
    }
    OneInstanceView now = requireView();
    assertThat(now.roomId).isEqualTo(room);
    switch (event.payload()) {
      case Payloads.UserJoined e -> {
        now.at(e.epoch(), e.seq());
        assertThat(e.user().id()).as("gets an event about itself").isNotEqualTo(now.me);
        now.add(e.user());
      }
      case Payloads.AboutUser e -> {
        now.at(e.epoch(), e.seq());
        assertThat(e.userId()).as("gets an event about itself").isNotEqualTo(now.me);
        switch (event.name()) {
          case "user-left" -> {
            assertThat(now.names.remove(e.userId())).as("unknown user left").isNotNull();
            now.hosts.remove(e.userId());
            now.away.remove(e.userId());
          }
          case "user-away" -> now.away.add(e.userId());
          case "user-returned" -> now.away.remove(e.userId());
          default -> throw new AssertionError(event.name());
        }
      }
      case Payloads.UserPromoted e -> {
        now.at(e.epoch(), e.seq(), e.since());
        boolean large = seat.room().presence().large();
        if (!large) {
          assertThat(now.names).containsEntry(e.userId(), e.userName());
        }
        if (now.names.containsKey(e.userId())) {
          now.hosts.add(e.userId());
        }
      }
      case Payloads.VideoSet e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.url = e.videoUrl();
        now.playing = false;
      }
      case Payloads.Controlled e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (!event.name().equals("video-seeked")) {
          now.playing = event.name().equals("video-played");
        }
      }
      case Payloads.NewMessage e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.chat.add(e.message().id());
        if (now.chat.size() > SimulationTest.LIMITS.chatHistory()) {
          now.chat.removeFirst();
        }
      }
      case Views.TimelineState e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.timeline = e;
        if (session.resumable()) {
          now.playing = e.phase().equals("playing");
        }
      }
      case Payloads.WaitingSet e -> {
        now.at(e.epoch(), e.seq(), e.since());
        now.waiting =
            new Views.Waiting(e.mode(), e.seconds(), e.graceMs(), e.peopleMax(), e.strikesMax());
      }
      case Payloads.Status e ->
          e.members()
              .forEach(member ->
                  assertThat(
                          seat.room().presence().large() || now.names.containsKey(member.userId()))
                      .as("known")
                      .isTrue());
      case Payloads.SyncUpdate e -> applySync(e);
      case Payloads.Presence e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (session.resumable()) {
          e.joined().forEach(user -> now.forget(user.id()));
          e.joined().forEach(now::add);
          e.left().stream().filter(user -> !user.equals(now.me)).forEach(now::forget);
          e.away().stream().filter(now.names::containsKey).forEach(now.away::add);
          e.returned().forEach(now.away::remove);
        }
      }
      case Payloads.PresenceSnapshot e -> {
        now.at(e.epoch(), e.seq(), e.since());
        if (session.resumable()) {
          List.copyOf(now.names.keySet()).stream()
              .filter(user -> !user.equals(now.me))
              .forEach(now::forget);
          e.users().forEach(now::add);
        }
      }
      case Payloads.RoomClosed e -> {
        assertThat(e.roomId()).isEqualTo(room.value());
        view = null;
      }
      default -> {}
    }
  }
}
