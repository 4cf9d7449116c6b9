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
    implements SerialTasks.BatchRunner<RoomCommandRunner.ClientCommand> {
  /** Most commands of one commit: fewer than the messages that a room keeps (rule LF2). */
  private static final int TOGETHER_MAX = 16;

  private final RoomActor room;
  private final RoomCommitter committer;

  RoomCommandRunner(RoomActor room, RoomCommitter committer) {
    this.room = room;
    this.committer = committer;
  }

  /** The command of a client's event, which receives how it ended. */
  public interface ClientCommand extends WaitingCommand {
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
  public CompletableFuture<?> start(List<ClientCommand> commands) {
    if (room.retired()) {
      commands.forEach(ClientCommand::retired);
      return Futures.done();
    }
    CompletableFuture<?> applied = committer.applyAll(commands);
    return Futures.whenEnded(applied, () -> end(commands, applied));
  }

  private void end(List<ClientCommand> commands, CompletableFuture<?> applied) {
    if (applied.isCompletedExceptionally()) {
      Throwable cause = Futures.cause(applied.exceptionNow());
      commands.forEach(command -> command.failed(cause));
    }
    room.retireIfUnused();
  }
}
