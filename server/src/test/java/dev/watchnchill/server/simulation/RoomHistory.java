package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.store.RoomStore.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All states that a simulated store has had of its rooms. It checks each change, and that no
 * acknowledged one is missing among those that led to a room.
 */
final class RoomHistory {
  private record State(Room room, @Nullable State before, List<RoomEvent> events) {}

  /**
   * A result that a client has been promised.
   *
   * @param begins whether a state has it
   * @param ends whether a change may end it
   */
  private record Promise(String what, Predicate<Room> begins, Predicate<List<RoomEvent>> ends) {}

  private static final class Line {
    private final Map<Revision, State> states = new HashMap<>();
    private final Set<UserId> users = new HashSet<>();
    private final Set<UserId> byHostToken = new HashSet<>();
    private final List<Revision> acknowledged = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
  }

  private final Map<RoomId, Line> lines = new HashMap<>();
  private final VirtualTime time;
  private final Consumer<Throwable> failed;

  /**
   * @param failed receives the failures of the checks, which the runtime must not survive
   */
  RoomHistory(VirtualTime time, Consumer<Throwable> failed) {
    this.time = time;
    this.failed = failed;
  }

  private Line line(RoomId id) {
    return lines.computeIfAbsent(id, _ -> new Line());
  }

  private static void add(Line line, Room room, @Nullable State before, List<RoomEvent> events) {
    line.states.put(Revision.of(room), new State(room, before, events));
    room.members().list().forEach(member -> line.users.add(member.id()));
  }

  void created(Room room) {
    add(line(room.id()), room, null, List.of());
  }

  /** Follows a change, and checks the copy that an instance has decided it on. */
  void committed(Room before, Room next, List<RoomEvent> events) {
    Line line = line(before.id());
    State known = line.states.get(Revision.of(before));
    check(() -> {
      assertThat(before)
          .as("the copy that was changed")
          .isEqualTo(known == null ? null : known.room);
      var checks = new EntryChecks(before, next, events, time.nowMs());
      checks.newMembers(line.users, line.byHostToken);
      EntryChecks.owner(next);
      EntryChecks.bans(next, line.byHostToken, time.nowMs());
    });
    add(line, next, known, events);
  }

  /** Follows the restoration of a room, and checks the copy that it came from. */
  void restored(Room lost, Room stored) {
    Line line = line(lost.id());
    State known = line.states.get(Revision.of(lost));
    check(() ->
        assertThat(lost)
            .as("the copy that was restored")
            .isEqualTo(known == null ? null : known.room));
    add(line, stored, known, List.of());
  }

  private void check(Runnable what) {
    try {
      what.run();
    } catch (AssertionError e) {
      failed.accept(e);
    }
  }

  /** Records that a client was answered that a change is made. */
  void acknowledged(RoomId id, Revision revision) {
    line(id).acknowledged.add(revision);
  }

  /** Records that a host was answered that a ban holds. */
  void acknowledgedBan(RoomId id, UUID ban) {
    line(id)
        .promises
        .add(
            new Promise(
                "ban " + ban,
                room -> room.entry().bans().stream().anyMatch(one -> one.id().equals(ban)),
                events -> events.stream().anyMatch(RoomEvent.BansChanged.class::isInstance)));
  }

  /** Records that a host was answered that an invitation is made. */
  void acknowledgedInvitation(RoomId id, UUID invitation) {
    line(id)
        .promises
        .add(
            new Promise(
                "invitation " + invitation,
                room ->
                    room.entry().invitations().stream()
                        .anyMatch(one -> one.id().equals(invitation)),
                events ->
                    events.stream().anyMatch(RoomEvent.InvitationsChanged.class::isInstance)));
  }

  /** Records that a client was answered that its knock waits. */
  void acknowledgedKnock(RoomId id, UUID knock, String name) {
    line(id)
        .promises
        .add(
            new Promise(
                "knock " + knock,
                room -> room.entry().knocks().stream().map(Knock::id).anyMatch(knock::equals),
                events -> events.stream().anyMatch(event -> ends(event, knock, name))));
  }

  private static boolean ends(RoomEvent event, UUID knock, String name) {
    return switch (event) {
      case RoomEvent.KnockClosed closed -> closed.knock().equals(knock);
      case RoomEvent.UserJoined joined -> joined.member().name().value().equals(name);
      default -> false;
    };
  }

  /**
   * Checks that everything acknowledged since the last check led to the stored room.
   *
   * @param excused whether the store has lost changes that no instance had to keep
   */
  void nothingAcknowledgedIsLost(@Nullable Room stored, boolean excused) {
    if (stored != null && !excused) {
      Line line = line(stored.id());
      State last = line.states.get(Revision.of(stored));
      assertThat(line.acknowledged)
          .as("acknowledged changes that did not lead to %s", stored.id())
          .filteredOn(revision -> !leadsTo(revision, last))
          .isEmpty();
      line.promises.forEach(promise -> kept(promise, last));
    }
    lines
        .values()
        .forEach(line -> {
          line.acknowledged.clear();
          line.promises.clear();
        });
  }

  /** Returns whether a change is one of those that led to a state; one commit may have several. */
  private static boolean leadsTo(Revision change, @Nullable State last) {
    for (State state = last; state != null; state = state.before) {
      Room before = state.before == null ? null : state.before.room;
      if (state.room.epoch() == change.epoch()
          && state.room.seq() >= change.seq()
          && (before == null || before.epoch() != change.epoch() || before.seq() < change.seq())) {
        return true;
      }
    }
    return false;
  }

  private static void kept(Promise promise, @Nullable State last) {
    State after = null;
    for (State state = last; state != null; state = state.before) {
      if (promise.begins.test(state.room)) {
        assertThat(after == null || promise.ends.test(after.events))
            .as("%s ends by a change that ends it", promise.what)
            .isTrue();
        return;
      }
      after = state;
    }
    throw new AssertionError(promise.what + " is lost");
  }
}
