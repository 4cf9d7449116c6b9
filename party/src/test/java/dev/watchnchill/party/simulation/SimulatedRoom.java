package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.PlaybackInvariants;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.queue.QueueInvariants;
import dev.watchnchill.party.queue.QueueView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** A room with its clock and its deadline, and checks of the acknowledged results. */
final class SimulatedRoom {
  static final Limits LIMITS = Limits.DEFAULT.withSizes(20, 10);

  private final RoomRules rules = new RoomRules(LIMITS);
  private final List<SimulatedUser> users;
  private Room room;
  private Audience audience = Audience.NONE;
  private long now = RoomFixture.START;

  // What was acknowledged, kept apart from the room.
  private final List<UUID> messages = new ArrayList<>();
  private final Set<UserId> hosts = new HashSet<>();
  private int films;
  private final QueueView queue;
  private final PlaybackInvariants film = new PlaybackInvariants(LIMITS.readyAwaitedMax());
  private long lastPresenceMs = now;
  private Consumer<RoomEvent.TimelineChanged> listener = _ -> {};

  SimulatedRoom(SimulatedUser creator, List<SimulatedUser> users) {
    this.users = users;
    room =
        rules.create(
            new RoomId("AB12CD"),
            1,
            creator.name,
            creator.id(),
            Objects.requireNonNull(creator.token),
            creator.secret,
            now);
    hosts.add(creator.id());
    queue = new QueueView(room);
  }

  /** Sets the listener of every change of the timeline. */
  void onTimelineChange(Consumer<RoomEvent.TimelineChanged> added) {
    listener = added;
  }

  long now() {
    return now;
  }

  Room state() {
    return room;
  }

  /** Returns the next deadline, ms since the epoch. */
  long dueMs() {
    return rules.nextDeadlineMs(room, audience);
  }

  boolean closed() {
    return room.closed();
  }

  boolean isHost(SimulatedUser user) {
    Member member = user.seat == null ? null : room.members().find(user.seat);
    return member != null && member.host();
  }

  boolean isOwner(SimulatedUser user) {
    return user.seat != null && room.isOwner(user.seat);
  }

  boolean isGuest(SimulatedUser user) {
    Member member = user.seat == null ? null : room.members().find(user.seat);
    return member != null && !member.host();
  }

  /** Advances the time, with a tick at every deadline. */
  void advanceTo(long toMs) {
    checkSeats();
    while (!room.closed() && dueMs() <= toMs) {
      assertThat(dueMs()).as("a deadline is never late").isGreaterThan(now);
      now = dueMs();
      Room before = room;
      act(new RoomCommand.Tick());
      assertThat(room).as("a deadline changes the room").isNotSameAs(before);
    }
    now = Math.max(now, toMs);
    checkSeats();
  }

  /**
   * Decides on a command, records what was acknowledged, and checks the records against the room.
   */
  Decision act(RoomCommand command) {
    Room before = room;
    boolean hadMembers = !room.members().isEmpty();
    Decision decision = rules.decide(room, audience, command, now);
    for (RoomEvent event : decision.events()) {
      audience = audience.after(event, room, now);
    }
    room = decision.next();
    if (decision.rejection() == null) {
      note(command);
    }
    decision.events().forEach(this::note);
    decision.events().forEach(queue::hear);
    boolean mayMoveIt =
        command instanceof RoomCommand.HostCommand
            || command instanceof RoomCommand.ControlCommand
            || command instanceof RoomCommand.Tick;
    boolean voted = before.queue().votes().skips() > 0 || command instanceof QueueCommand;
    if (!mayMoveIt && !voted) {
      assertThat(room.timeline())
          .as("joins and departures move no film")
          .isSameAs(before.timeline());
    }
    film.check(before, command, decision, now);
    for (RoomEvent event : decision.events()) {
      if (event instanceof RoomEvent.TimelineChanged changed) {
        listener.accept(changed);
      }
    }
    if (hadMembers && room.members().isEmpty()) {
      lastPresenceMs = now;
    }
    checkResults();
    if (!room.closed() && dueMs() <= now) {
      act(new RoomCommand.Tick()); // due because of what was just done
    }
    return decision;
  }

  /** Checks that the room ends when both grace periods have passed, and not sooner. */
  void endsAfterTheGraces() {
    long lastSeatMs = room.members().isEmpty() ? lastPresenceMs : 0;
    for (Member member : room.members().list()) {
      assertThat(member.awaySinceMs()).isNotNull();
      long lost = Objects.requireNonNull(member.awaySinceMs());
      lastSeatMs = Math.max(lastSeatMs, lost + LIMITS.reconnectGraceMs());
    }
    long endMs = lastSeatMs + LIMITS.emptyRoomGraceMs();
    if (!room.closed()) {
      advanceTo(endMs - 1);
      assertThat(room.closed()).as("not closed sooner").isFalse();
      assertThat(room.members().isEmpty()).isTrue();
      advanceTo(endMs);
    }
    assertThat(room.closed()).as("closed in the end").isTrue();
  }

  private void note(RoomCommand command) {
    switch (command) {
      case RoomCommand.SendMessage send -> messages.add(send.message());
      case RoomCommand.Promote promote -> hosts.add(promote.target());
      default -> {}
    }
  }

  private void note(RoomEvent event) {
    switch (event) {
      case RoomEvent.UserJoined joined -> {
        if (joined.member().host()) {
          hosts.add(joined.member().id());
        }
      }
      case RoomEvent.VideoSet _ -> films++;
      case RoomEvent.UserPromoted promoted -> hosts.add(promoted.userId());
      case RoomEvent.UserDemoted demoted -> hosts.remove(demoted.userId());
      case RoomEvent.RoomClosed _ ->
          assertThat(now)
              .as("closed when the grace has passed, to the millisecond")
              .isEqualTo(lastPresenceMs + LIMITS.emptyRoomGraceMs());
      case RoomEvent.UserLeft left -> {
        hosts.remove(left.userId());
        for (SimulatedUser user : users) {
          if (left.userId().equals(user.seat) && user.away()) {
            long since = Objects.requireNonNull(user.lostAtMs);
            boolean passed = now >= since + LIMITS.reconnectGraceMs();
            assertThat(passed || room.members().findByName(user.name) != null)
                .as("%s lost the seat to time or to a namesake", user)
                .isTrue();
          }
        }
      }
      default -> {}
    }
  }

  private void checkResults() {
    int from = Math.max(0, messages.size() - LIMITS.chatKeep());
    assertThat(room.chat().messages())
        .extracting(message -> message.id())
        .containsExactlyElementsOf(messages.subList(from, messages.size()));
    assertThat(room.timeline().item()).isEqualTo(films);
    queue.agreesWith(room);
    QueueInvariants.check(room);
    var hostsNow = new HashSet<UserId>();
    room.members().list().stream().filter(Member::host).forEach(host -> hostsNow.add(host.id()));
    assertThat(hostsNow).isEqualTo(hosts);
  }

  private void checkSeats() {
    for (SimulatedUser user : users) {
      if (user.present() && !room.closed()) {
        assertThat(room.members().find(user.id())).as("%s is in", user).isNotNull();
      }
    }
  }
}
