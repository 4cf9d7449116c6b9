package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Exchange;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Phase;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.RoomKey;
import java.util.function.IntConsumer;

/**
 * A host whose commands are measured while something becomes more: who is in the room, or rooms.
 */
final class Growing {
  private static final int DEPTH = 8;
  private static final double SECONDS = 5;

  private final Bench bench;
  private final Options options;
  private final Crowd crowd;
  private final Member host;
  private final RoomKey room;
  private int there;

  /**
   * The host, in a room with a film.
   *
   * @param there how many there are with this room
   */
  Growing(Bench bench, Options options, Crowd crowd, int there) {
    this.bench = bench;
    this.options = options;
    this.crowd = crowd;
    this.there = there;
    this.host = crowd.connected("the host", null);
    this.room = host.createRoom();
    host.setVideo(room);
  }

  /** The host's room. */
  RoomKey room() {
    return room;
  }

  /** How many there are by now. */
  int there() {
    return there;
  }

  /**
   * Grows to each size and measures there: sizes that an option lists, or that are told.
   *
   * @param what what there is more and more of
   * @param adding brings one more of them, the one with that number
   */
  void play(String option, String otherwise, String what, IntConsumer adding) {
    if (Told.is(options, option)) {
      Told.play(
          Exchange.STANDARD,
          "size",
          turn -> {
            grow((int) turn.step(), adding);
            if (turn.warmUp()) {
              warmUp(turn.seconds());
              return null;
            }
            return measure(what, turn.seconds());
          });
      return;
    }
    warmUp(options.number("warmup", SECONDS));
    for (int size : Growth.sizes(options, option, otherwise)) {
      grow(size, adding);
      measure(what, options.number("seconds", SECONDS));
    }
  }

  private void grow(int size, IntConsumer adding) {
    int before = there;
    crowd.inParallel(
        size - before,
        i -> {
          adding.accept(before + i);
          return i;
        });
    there = Math.max(size, before);
  }

  private void warmUp(double seconds) {
    Progress.say("%d commands to warm up", commands(seconds));
    bench.quiet();
  }

  private Phase measure(String what, double seconds) {
    return bench.measure("command, %d %s".formatted(there, what), () -> commands(seconds));
  }

  private int commands(double seconds) {
    return new ClosedLoop(host, room, options.count("depth", DEPTH), seconds).getAsInt();
  }
}
