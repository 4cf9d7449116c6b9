package dev.watchnchill.server.runtime.room;

import dev.watchnchill.server.async.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The commands of members that wait in a room. Those that have come while the store was busy are
 * committed together, so that a busy room costs the store no more than a quiet one.
 *
 * <p>Commands keep their order among each other. A command may overtake other tasks of the room.
 */
public final class CommandQueue {
  /** Most commands of one commit: fewer than the messages that a room keeps (rule LF2). */
  private static final int TOGETHER_MAX = 16;

  private final RoomActor room;
  private final RoomCommitter committer;
  private final Queue<MemberCommand> waiting = new ConcurrentLinkedQueue<>();

  CommandQueue(RoomActor room, RoomCommitter committer) {
    this.room = room;
    this.committer = committer;
  }

  /** A member's command in this queue. */
  public interface MemberCommand extends WaitingCommand {
    /** Receives the reason why nothing was committed. */
    void failed(Throwable cause);

    /** Receives that the actor has retired, so that the command belongs into another one. */
    void retired();
  }

  /** Adds a command. Any thread. */
  public void submit(MemberCommand command) {
    waiting.add(command);
    room.submit(this::run);
  }

  private CompletableFuture<?> run() {
    List<MemberCommand> commands = next();
    if (commands.isEmpty()) {
      return Futures.done(); // they were committed together with others
    }
    if (room.retired()) {
      commands.forEach(MemberCommand::retired);
      return Futures.done();
    }
    CompletableFuture<?> applied = committer.applyAll(commands);
    if (applied.isDone()) {
      end(commands, applied);
      return Futures.done();
    }
    return applied.handle((_, _) -> {
      end(commands, applied);
      return true;
    });
  }

  private List<MemberCommand> next() {
    MemberCommand first = waiting.poll();
    if (first == null) {
      return List.of();
    }
    MemberCommand second = waiting.poll();
    if (second == null) {
      return List.of(first);
    }
    var commands = new ArrayList<MemberCommand>();
    commands.add(first);
    for (MemberCommand next = second; next != null; next = waiting.poll()) {
      commands.add(next);
      if (commands.size() == TOGETHER_MAX) {
        break;
      }
    }
    return commands;
  }

  private void end(List<MemberCommand> commands, CompletableFuture<?> applied) {
    if (applied.isCompletedExceptionally()) {
      Throwable cause = Futures.cause(applied.exceptionNow());
      commands.forEach(command -> command.failed(cause));
    }
    room.retireIfUnused();
  }
}
