package dev.watchnchill.load.scenario;

import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Tally;
import dev.watchnchill.load.party.Control;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.RoomKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * A host who plays and pauses as fast as the server answers, with a few commands under way. For the
 * cost of one command, and not for its latency.
 */
final class ClosedLoop implements IntSupplier, Member.AckListener {
  private static final int RING = 1_024;
  private static final int PATIENCE_SECONDS = 60;

  private final Member host;
  private final RoomKey room;
  private final int depth;
  private final long endMicros;
  private final long[] sentMicros = new long[RING];
  private final CountDownLatch ended;
  private int sent;

  ClosedLoop(Member host, RoomKey room, int depth, double seconds) {
    this.host = host;
    this.room = room;
    this.depth = depth;
    this.endMicros = Clock.micros() + Math.round(seconds * 1e6);
    this.ended = new CountDownLatch(depth);
  }

  /** Runs until its time is over and the last answer has come: how many commands that were. */
  @Override
  public int getAsInt() {
    host.answersTo(this);
    host.connection()
        .execute(() -> {
          for (int i = 0; i < depth; i++) {
            send();
          }
        });
    try {
      if (!ended.await(
          endMicros / 1_000 - Clock.micros() / 1_000 + PATIENCE_SECONDS * 1_000L,
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
  public void answered(Member member, long number, Tally tally) {
    tally.took(sentMicros[(int) (number % RING)]);
    if (Clock.micros() < endMicros) {
      send();
    } else {
      ended.countDown();
    }
  }

  private void send() {
    sentMicros[sent % RING] = Clock.micros();
    host.askControl(sent % 2 == 0 ? Control.PLAY : Control.PAUSE, room, sent);
    sent++;
  }
}
