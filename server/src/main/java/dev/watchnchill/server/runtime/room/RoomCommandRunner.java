package dev.watchnchill.server.runtime.room;

import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.async.SerialTasks;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the commands of members. Those that have come while the store was busy are committed
 * together, so that a busy room costs the store no more than a quiet one (rule AT2).
 */
public final class RoomCommandRunner
    implements SerialTasks.BatchRunner<RoomCommandRunner.MemberCommand> {
  /** Most commands of one commit: fewer than the messages that a room keeps (rule LF2). */
  private static final int TOGETHER_MAX = 16;

  private final RoomActor room;
  private final RoomCommitter committer;

  RoomCommandRunner(RoomActor room, RoomCommitter committer) {
    this.room = room;
    this.committer = committer;
  }

  /** A member's command. */
  public interface MemberCommand extends WaitingCommand {
    /** Receives the reason why nothing was committed. */
    void failed(Throwable cause);

    /** Receives that the actor has retired, so that the command belongs into another one. */
    void retired();
  }

  @Override
  public int itemsMax() {
    return TOGETHER_MAX;
  }

  @Override
  public CompletableFuture<?> start(List<MemberCommand> commands) {
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

  private void end(List<MemberCommand> commands, CompletableFuture<?> applied) {
    if (applied.isCompletedExceptionally()) {
      Throwable cause = Futures.cause(applied.exceptionNow());
      commands.forEach(command -> command.failed(cause));
    }
    room.retireIfUnused();
  }
}
