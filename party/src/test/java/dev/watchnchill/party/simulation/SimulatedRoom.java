package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.PlaybackInvariants;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
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
  private final List<SimulatedUser> people;
  private Room room;
  private Audience audience = Audience.NONE;
  private long now = RoomFixture.START;

  // What was acknowledged, kept apart from the room.
  private final List<UUID> messages = new ArrayList<>();
  private final Set<UserId> hosts = new HashSet<>();
  private int films;
  private final PlaybackInvariants film = new PlaybackInvariants(LIMITS.readyAwaitedMax());
  private long lastPresenceMs = now;
  private Consumer<RoomEvent.TimelineChanged> listener = _ -> {};

  SimulatedRoom(SimulatedUser creator, List<SimulatedUser> people) {
    this.people = people;
    room =
        rules.create(
            new RoomId("AB12CD"),
            1,
            creator.name,
            creator.user(),
            Objects.requireNonNull(creator.token),
            creator.secret,
            now);
    hosts.add(creator.user());
  }

  /** Adds a listener of every change of the timeline. */
  void tells(Consumer<RoomEvent.TimelineChanged> one) {
    listener = one;
  }

  long now() {
    return now;
  }

  Room state() {
    return room;
  }

  /** When the alarm rings next, ms since the epoch. */
  long dueMs() {
    return rules.nextDeadlineMs(room, audience);
  }

  boolean closed() {
    return room.closed();
  }

  boolean isHost(SimulatedUser person) {
    Member member = person.seat == null ? null : room.members().find(person.seat);
    return member != null && member.host();
  }

  boolean isGuest(SimulatedUser person) {
    Member member = person.seat == null ? null : room.members().find(person.seat);
    return member != null && !member.host();
  }

  /** Advances the time, with a tick at every deadline. */
  void advanceTo(long toMs) {
    checkTheSeats();
    while (!room.closed() && dueMs() <= toMs) {
      assertThat(dueMs()).as("the alarm never rings late").isGreaterThan(now);
      now = dueMs();
      Room before = room;
      act(new RoomCommand.Tick());
      assertThat(room).as("the alarm never rings for nothing").isNotSameAs(before);
    }
    now = Math.max(now, toMs);
    checkTheSeats();
  }

  /**
   * Decides on a command, records what was acknowledged, and checks the records against the room.
   */
  Decision act(RoomCommand command) {
    Room before = room;
    boolean hadPeople = !room.members().isEmpty();
    Decision decision = rules.decide(room, audience, command, now);
    for (RoomEvent event : decision.events()) {
      audience = audience.after(event, room, now);
    }
    room = decision.next();
    if (decision.rejection() == null) {
      note(command);
    }
    decision.events().forEach(this::note);
    boolean mayMoveIt =
        command instanceof RoomCommand.HostCommand || command instanceof RoomCommand.Tick;
    if (!mayMoveIt) {
      assertThat(room.timeline())
          .as("people who come and go move no film")
          .isSameAs(before.timeline());
    }
    film.check(before, command, decision, now);
    for (RoomEvent event : decision.events()) {
      if (event instanceof RoomEvent.TimelineChanged changed) {
        listener.accept(changed);
      }
    }
    if (hadPeople && room.members().isEmpty()) {
      lastPresenceMs = now;
    }
    checkTheBook();
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
      case RoomCommand.SetVideo _ -> films++;
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
      case RoomEvent.UserPromoted promoted -> hosts.add(promoted.userId());
      case RoomEvent.RoomClosed _ ->
          assertThat(now)
              .as("closed when the grace has passed, to the millisecond")
              .isEqualTo(lastPresenceMs + LIMITS.emptyRoomGraceMs());
      case RoomEvent.UserLeft left -> {
        hosts.remove(left.userId());
        for (SimulatedUser person : people) {
          if (left.userId().equals(person.seat) && person.away()) {
            long since = Objects.requireNonNull(person.lostAtMs);
            boolean passed = now >= since + LIMITS.reconnectGraceMs();
            assertThat(passed || room.members().findByName(person.name) != null)
                .as("%s lost the seat to time or to a namesake", person)
                .isTrue();
          }
        }
      }
      default -> {}
    }
  }

  private void checkTheBook() {
    int from = Math.max(0, messages.size() - LIMITS.chatHistory());
    assertThat(room.chat().messages())
        .extracting(message -> message.id())
        .containsExactlyElementsOf(messages.subList(from, messages.size()));
    assertThat(room.timeline().item()).isEqualTo(films);
    var hostsNow = new HashSet<UserId>();
    room.members().list().stream().filter(Member::host).forEach(host -> hostsNow.add(host.id()));
    assertThat(hostsNow).isEqualTo(hosts);
  }

  private void checkTheSeats() {
    for (SimulatedUser person : people) {
      if (person.present() && !room.closed()) {
        assertThat(room.members().find(person.user())).as("%s is in", person).isNotNull();
      }
    }
  }
}
