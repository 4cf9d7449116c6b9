package dev.watchnchill.load.scenario;

import dev.watchnchill.load.measure.LoopCounters;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.ControlCommand;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.RoomCredentials;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * A host that plays and pauses as fast as the server answers, with a few commands in flight. It
 * measures the cost of a command, not its latency.
 */
final class ClosedLoop implements IntSupplier, LoadMember.AckListener {
  private static final int RING = 1_024;
  private static final int ANSWER_SECONDS = 60;

  private final LoadMember host;
  private final RoomCredentials room;
  private final int depth;
  private final long endMicros;
  private final long[] sentMicros = new long[RING];
  private final CountDownLatch ended;
  private int sent;

  ClosedLoop(LoadMember host, RoomCredentials room, int depth, double seconds) {
    this.host = host;
    this.room = room;
    this.depth = depth;
    this.endMicros = MicrosClock.micros() + Math.round(seconds * 1e6);
    this.ended = new CountDownLatch(depth);
  }

  /**
   * Runs until its time is over and the last answer has arrived; returns the number of commands.
   */
  @Override
  public int getAsInt() {
    host.onAnswers(this);
    host.connection()
        .execute(() -> {
          for (int i = 0; i < depth; i++) {
            send();
          }
        });
    try {
      if (!ended.await(
          endMicros / 1_000 - MicrosClock.micros() / 1_000 + ANSWER_SECONDS * 1_000L,
          TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "a command was never answered: does the server answer acks?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return sent;
  }

  @Override
  public void answered(LoadMember member, long number, LoopCounters counters) {
    counters.recordLatency(sentMicros[(int) (number % RING)]);
    if (MicrosClock.micros() < endMicros) {
      send();
    } else {
      ended.countDown();
    }
  }

  private void send() {
    sentMicros[sent % RING] = MicrosClock.micros();
    host.requestControl(sent % 2 == 0 ? ControlCommand.PLAY : ControlCommand.PAUSE, room, sent);
    sent++;
  }
}
