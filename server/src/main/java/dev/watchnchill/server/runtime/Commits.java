package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Refusal;
import dev.watchnchill.party.Right;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a command becomes a change of a room: decided, committed, told; by waiting for the store or
 * without. In the room's mailbox.
 */
final class Commits {
  /** Other instances change a room too; nobody loses this often in a row. */
  private static final int COMMIT_TRIES = 1_000;

  /** A server far from the store may always come second: it says so instead of trying on. */
  private static final long BUSY_MAX_MS = 700;

  private final LiveRoom room;
  private final StoreLink link;
  private final RoomContext context;
  private final Witness witness;
  // Whether the last commit found that somebody else was first.
  private boolean outrun;

  Commits(LiveRoom room, StoreLink link, RoomContext context) {
    this.room = room;
    this.link = link;
    this.context = context;
    this.witness = new Witness(context.observations());
  }

  /** Decides that command and commits what comes of it; null when there is no such room. */
  @Nullable Decision apply(RoomCommand command) {
    return apply(command, _ -> true);
  }

  /** The same for a user whose socket here is gone, unless the seat is on another server now. */
  void applyIfHere(UserId user, RoomCommand command) {
    apply(
        command,
        before -> {
          Member member = before.members().find(user);
          return member != null && context.instances().self().equals(member.instance());
        });
  }

  /**
   * The same without waiting for the store. Null in the future when it could not be done so and
   * nothing has come of it: then {@link #apply(RoomCommand)} does it. That is so when the room is
   * not known here, its store is away or can only be waited for, and when somebody else was first.
   */
  CompletableFuture<@Nullable Decision> applyQuickly(RoomCommand command) {
    Room before = room.known();
    if (before == null || room.isAway()) {
      return CompletableFuture.completedFuture(null);
    }
    Decided decided = decide(before, command);
    Decision decision = decided.decision();
    if (passed(decided)) {
      return CompletableFuture.completedFuture(decision);
    }
    CompletableFuture<Boolean> answer =
        context.store().commitAsync(before, decision.next(), decision.events());
    return answer == null
        ? CompletableFuture.completedFuture(null)
        : answer.thenApply(committed -> {
          if (committed) {
            committed(decided);
            return decision;
          }
          outrun = true;
          return null;
        });
  }

  /** What was decided on that room, before that audience, at that time. */
  private record Decided(Room before, Audience audience, Decision decision, long nowMs) {}

  /**
   * A seat that another server has by now is none here, even before its socket is told: what was
   * said on it comes too late (rule RS6).
   */
  private Decided decide(Room before, RoomCommand command) {
    UserId actor = command.right() == Right.NONE ? null : command.actor();
    Member member = actor == null ? null : before.members().find(actor);
    boolean elsewhere =
        member != null
            && !member.away()
            && member.instance() != null
            && !context.instances().self().equals(member.instance());
    Audience audience = room.viewers().audience();
    long nowMs = context.clock().nowMs();
    Decision decision =
        elsewhere
            ? Decision.refused(before, Refusal.NOT_A_MEMBER)
            : usesIdOfAnother(before, command)
                ? Decision.refused(before, Refusal.MESSAGE_ID_TAKEN)
                : context.rules().decide(before, audience, command, nowMs);
    return new Decided(before, audience, decision, nowMs);
  }

  /** Whether it is a message under an id that another member has used (rule CH2). */
  private boolean usesIdOfAnother(Room before, RoomCommand command) {
    return command instanceof RoomCommand.SendMessage send
        && room.news().said().usedByAnother(send.message(), send.actor(), before);
  }

  /** Decides a command that never changes anything in the room, and passes on what comes of it. */
  void pass(RoomCommand command) {
    Room now = room.known();
    if (now != null && !passed(decide(now, command))) {
      throw new IllegalArgumentException("it changes the room: " + command);
    }
  }

  /** Passes on what changes nothing; whether that is all of it. */
  private boolean passed(Decided decided) {
    Decision decision = decided.decision();
    if (decision.next().seq() != decided.before().seq()) {
      return false;
    }
    if (!decision.events().isEmpty()) {
      context.store().publish(room.id(), decision.events());
      witness.saw(decided.before(), decided.audience(), decision.events(), decided.nowMs());
    }
    return true;
  }

  private void committed(Decided decided) {
    Room next = decided.decision().next();
    List<RoomEvent> events = decided.decision().events();
    // The store tells it too, then or later: what is known already is not told twice.
    room.hear(
        new RoomStore.Committed(
            Revision.of(decided.before()), Revision.of(next), _ -> next, events));
    witness.saw(decided.before(), decided.audience(), events, decided.nowMs());
  }

  private @Nullable Decision apply(RoomCommand command, Predicate<Room> condition) {
    long begunAtMs = context.clock().nowMs();
    if (outrun) {
      outrun = false;
      catchUp();
    }
    for (int tries = 0; tries < COMMIT_TRIES; tries++) {
      Room before = room.state();
      if (before == null) {
        return null;
      }
      if (!condition.test(before)) {
        return Decision.nothing(before);
      }
      Decided decided = decide(before, command);
      Decision decision = decided.decision();
      if (passed(decided)) {
        return decision;
      }
      if (room.isAway()) {
        throw new StoreUnavailableException("the store of room " + room.id() + " is away");
      }
      if (context.store().commit(before, decision.next(), decision.events())) {
        committed(decided);
        return decision;
      }
      catchUp();
      if (context.clock().nowMs() - begunAtMs > BUSY_MAX_MS) {
        break;
      }
    }
    throw new RoomBusyException("room " + room.id() + " changes too fast");
  }

  /** Somebody else was first. What that did is told before anything is decided on it. */
  private void catchUp() {
    if (!link.catchUp()) {
      link.lost();
      throw new StoreUnavailableException("room " + room.id() + " is being put back");
    }
  }
}
