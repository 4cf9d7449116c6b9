package dev.watchnchill.jmh;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Cost of one decision in a small and in a large room. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {
  private static final long NOW_MS = 1_000_000;

  /** Number of members in the room. */
  @Param({"20", "2000"})
  public int members;

  private final RoomRules rules = new RoomRules(Limits.DEFAULT);
  private Room room;
  private RoomCommand play;
  private RoomCommand message;
  private RoomCommand join;

  /** Fills the room. */
  @Setup
  public void fill() {
    var host = user(0);
    room =
        rules.create(
            new RoomId("ABC234"),
            1,
            new DisplayName("Ana"),
            host,
            SecretHash.of("token"),
            null,
            NOW_MS);
    room =
        done(
            new RoomCommand.SetVideo(
                host, Media.parse("https://example.com/a.mp4").orElseThrow(), new UUID(6, 1)));
    for (int i = 1; i < members; i++) {
      room = done(joining(i));
    }
    play = new RoomCommand.Play(host, 12.5, false);
    message = new RoomCommand.SendMessage(host, new UUID(7, 7), "What a film this is");
    join = joining(members);
  }

  /** The host plays. */
  @Benchmark
  public Decision play() {
    return rules.decide(room, play, NOW_MS);
  }

  /** Somebody says something. */
  @Benchmark
  public Decision chat() {
    return rules.decide(room, message, NOW_MS);
  }

  /** One more comes in. */
  @Benchmark
  public Decision join() {
    return rules.decide(room, join, NOW_MS);
  }

  private Room done(RoomCommand command) {
    Decision decision = rules.decide(room, command, NOW_MS);
    if (decision.rejection() != null) {
      throw new IllegalStateException(command + ": " + decision.rejection());
    }
    return decision.next();
  }

  private static RoomCommand joining(int number) {
    return new RoomCommand.Join(
        new DisplayName("Guest " + number), null, null, null, user(number), null, null);
  }

  private static UserId user(int number) {
    return new UserId(new UUID(1, number));
  }
}
