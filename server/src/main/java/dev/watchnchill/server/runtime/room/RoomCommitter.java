package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Right;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Applies commands to a room: lets the rules decide, commits the decision to the store, and hands
 * the change to the actor. Only called within the actor's tasks.
 */
final class RoomCommitter {
  /** Other instances change the room too; losing to them this often in a row is a fault. */
  private static final int ATTEMPTS_MAX = 1_000;

  /** An instance far from the store may lose every time: it reports that instead of going on. */
  private static final long BUSY_MAX_MS = 700;

  private final RoomActor room;
  private final StoreSync store;
  private final RoomContext context;
  private final PlaybackMetricsRecorder metrics;
  private final FilmDescriber films;

  RoomCommitter(RoomActor room, StoreSync store, RoomContext context) {
    this.room = room;
    this.store = store;
    this.context = context;
    this.metrics = new PlaybackMetricsRecorder(context.metrics());
    this.films = new FilmDescriber(room, context.films());
  }

  /** A decision, and what it was based on. */
  private record Decided(Room before, Audience audience, Decision decision, long nowMs) {
    boolean changesNothing() {
      return decision.next().seq() == before.seq();
    }
  }

  /** A command whose decision is asked for; not applied when its condition does not hold. */
  private static final class SingleCommand implements WaitingCommand {
    private final RoomCommand command;
    private final Predicate<Room> condition;
    private @Nullable Decision decision;

    SingleCommand(RoomCommand command, Predicate<Room> condition) {
      this.command = command;
      this.condition = condition;
    }

    @Override
    public @Nullable RoomCommand command(Room room) {
      return condition.test(room) ? command : null;
    }

    @Override
    public void decided(@Nullable Decision committed) {
      decision = committed;
    }
  }

  /** Applies a command; null when there is no such room. */
  CompletableFuture<@Nullable Decision> apply(RoomCommand command) {
    return apply(new SingleCommand(command, _ -> true));
  }

  /** Applies a command for a user without a socket here, unless another instance has the seat. */
  CompletableFuture<@Nullable Decision> applyIfSeatedHere(UserId user, RoomCommand command) {
    return apply(
        new SingleCommand(
            command,
            before -> {
              Member member = before.members().find(user);
              return member != null && context.instances().self().equals(member.instance());
            }));
  }

  private CompletableFuture<@Nullable Decision> apply(SingleCommand command) {
    return Futures.compose(
        applyAll(List.of(command)), _ -> Futures.<@Nullable Decision>of(command.decision));
  }

  /**
   * Applies commands in their order, with one commit for all of them. Fails when nothing was
   * committed.
   */
  CompletableFuture<@Nullable Void> applyAll(List<? extends WaitingCommand> commands) {
    long sinceMs = context.clock().nowMs();
    return Futures.call(() -> attempt(commands, sinceMs, 1));
  }

  private CompletableFuture<@Nullable Void> attempt(
      List<? extends WaitingCommand> commands, long sinceMs, int attempts) {
    Room before = room.cachedState();
    if (before == null) {
      return room.state()
          .thenCompose(loaded -> {
            if (loaded != null) {
              return attempt(commands, sinceMs, attempts);
            }
            commands.forEach(command -> command.decided(null));
            return Futures.done();
          });
    }
    List<Decided> decided = decide(before, commands);
    Room next = decided.getLast().decision().next();
    if (next.seq() == before.seq()) {
      publish(commands, decided);
      return Futures.done();
    }
    if (room.isAway()) {
      throw new StoreUnavailableException("the store of room " + room.id() + " is away");
    }
    return Futures.compose(
        store.commit(before, next, eventsOf(decided)),
        committed -> {
          if (committed) {
            publish(commands, decided);
            return Futures.done();
          }
          return retry(commands, sinceMs, attempts);
        });
  }

  /** Another instance was first: its change is applied before anything is decided again. */
  private CompletableFuture<@Nullable Void> retry(
      List<? extends WaitingCommand> commands, long sinceMs, int attempts) {
    return store
        .catchUp()
        .thenCompose(caughtUp -> {
          if (!caughtUp) {
            store.lost();
            throw new StoreUnavailableException("room " + room.id() + " is being restored");
          }
          if (attempts >= ATTEMPTS_MAX || context.clock().nowMs() - sinceMs > BUSY_MAX_MS) {
            throw new RoomBusyException("room " + room.id() + " changes too fast");
          }
          return attempt(commands, sinceMs, attempts + 1);
        });
  }

  /** Decides on each command in the room that the ones before it leave. */
  private List<Decided> decide(Room before, List<? extends WaitingCommand> commands) {
    Audience audience = room.viewers().audience();
    if (commands.size() == 1) {
      return List.of(decide(before, audience, commands.getFirst().command(before)));
    }
    var all = new ArrayList<Decided>(commands.size());
    Room now = before;
    for (WaitingCommand command : commands) {
      Decided decided = decide(now, audience, command.command(now));
      all.add(decided);
      for (RoomEvent event : decided.decision().events()) {
        audience = audience.after(event, now, decided.nowMs());
      }
      now = decided.decision().next();
    }
    return all;
  }

  private static List<RoomEvent> eventsOf(List<Decided> decided) {
    if (decided.size() == 1) {
      return decided.getFirst().decision().events();
    }
    return decided.stream()
        .filter(each -> !each.changesNothing())
        .flatMap(each -> each.decision().events().stream())
        .toList();
  }

  /** Applies what was decided here, and hands each command its decision. */
  private void publish(List<? extends WaitingCommand> commands, List<Decided> decided) {
    for (int i = 0; i < decided.size(); i++) {
      Decided each = decided.get(i);
      if (each.changesNothing()) {
        publishTransient(each);
      } else {
        committed(each);
      }
      commands.get(i).decided(each.decision());
    }
  }

  /**
   * Decides on a command. A member whose seat another instance has by now has none here (rule RS6).
   */
  private Decided decide(Room before, Audience audience, @Nullable RoomCommand command) {
    long nowMs = context.clock().nowMs();
    if (command == null) {
      return new Decided(before, audience, Decision.unchanged(before), nowMs);
    }
    UserId actor = command.right() == Right.NONE ? null : command.actor();
    Member member = actor == null ? null : before.members().find(actor);
    boolean elsewhere =
        member != null
            && !member.away()
            && member.instance() != null
            && !context.instances().self().equals(member.instance());
    Decision decision =
        elsewhere
            ? Decision.rejected(before, Rejection.NOT_A_MEMBER)
            : usesIdOfAnother(before, command)
                ? Decision.rejected(before, Rejection.MESSAGE_ID_TAKEN)
                : context.rules().decide(before, audience, command, nowMs);
    return new Decided(before, audience, decision, nowMs);
  }

  /** Returns whether a command is a message under an id that another member has used (rule CH2). */
  private boolean usesIdOfAnother(Room before, RoomCommand command) {
    return command instanceof RoomCommand.SendMessage send
        && room.broadcaster().messageIds().usedByAnother(send.message(), send.actor(), before);
  }

  /**
   * Applies a command that never changes the room, such as a player's report; nothing happens when
   * the room is not cached here.
   */
  void applyTransient(RoomCommand command) {
    Room now = room.cachedState();
    if (now == null) {
      return;
    }
    Decided decided = decide(now, room.viewers().audience(), command);
    if (!decided.changesNothing()) {
      throw new IllegalArgumentException("the command changes the room: " + command);
    }
    publishTransient(decided);
  }

  private void publishTransient(Decided decided) {
    if (!decided.decision().events().isEmpty()) {
      store.publish(decided.decision().events());
      record(decided);
    }
  }

  private void committed(Decided decided) {
    Room next = decided.decision().next();
    room.applyPublished(
        new RoomStore.Committed(
            Revision.of(decided.before()),
            Revision.of(next),
            _ -> next,
            decided.decision().events()));
    record(decided);
    films.committed(decided.before(), decided.decision().events());
  }

  private void record(Decided decided) {
    metrics.record(
        decided.before(), decided.audience(), decided.decision().events(), decided.nowMs());
  }
}
