package dev.watchnchill.load.scenario;

import dev.watchnchill.load.ControlChannel;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.PhaseResult;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.RoomCredentials;
import java.util.function.IntConsumer;

/** A host whose commands are measured while the number of users in its room, or of rooms, grows. */
final class GrowingLoad {
  private static final int DEPTH = 8;
  private static final double SECONDS = 5;

  private final PhaseRunner runner;
  private final Options options;
  private final LoadAudience audience;
  private final LoadMember host;
  private final RoomCredentials room;
  private int size;

  /**
   * Connects the host and creates a room with a video.
   *
   * @param size the number of users or rooms with this room
   */
  GrowingLoad(PhaseRunner runner, Options options, LoadAudience audience, int size) {
    this.runner = runner;
    this.options = options;
    this.audience = audience;
    this.size = size;
    this.host = audience.connected("the host", null);
    this.room = host.createRoom();
    host.setVideo(room);
  }

  /** Returns the room of the host. */
  RoomCredentials room() {
    return room;
  }

  /** Returns the current number of users or rooms. */
  int size() {
    return size;
  }

  /**
   * Grows to each size and measures there: sizes that an option lists, or that are requested.
   *
   * @param what the name of what grows
   * @param adding adds the one with that number
   */
  void play(String option, String otherwise, String what, IntConsumer adding) {
    if (RequestedPhases.is(options, option)) {
      RequestedPhases.play(
          ControlChannel.STANDARD,
          "size",
          request -> {
            grow((int) request.level(), adding);
            if (request.warmUp()) {
              warmUp(request.seconds());
              return null;
            }
            return measure(what, request.seconds());
          });
      return;
    }
    warmUp(options.number("warmup", SECONDS));
    for (int next : GrowthScenario.sizes(options, option, otherwise)) {
      grow(next, adding);
      measure(what, options.number("seconds", SECONDS));
    }
  }

  private void grow(int next, IntConsumer adding) {
    int before = size;
    audience.inParallel(
        next - before,
        i -> {
          adding.accept(before + i);
          return i;
        });
    size = Math.max(next, before);
  }

  private void warmUp(double seconds) {
    Progress.print("%d commands to warm up", commands(seconds));
    runner.quiet();
  }

  private PhaseResult measure(String what, double seconds) {
    return runner.measure("command, %d %s".formatted(size, what), () -> commands(seconds));
  }

  private int commands(double seconds) {
    return new ClosedLoop(host, room, options.count("depth", DEPTH), seconds).getAsInt();
  }
}
