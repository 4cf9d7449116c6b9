package dev.watchnchill.party.property;

import static dev.watchnchill.party.generate.Generators.doubles;
import static dev.watchnchill.party.generate.Generators.integers;
import static dev.watchnchill.party.generate.Generators.lists;
import static dev.watchnchill.party.generate.Generators.oneOf;
import static dev.watchnchill.party.generate.Generators.weighted;

import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators.Weighted;
import dev.watchnchill.party.generate.Property;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One command of a generated script, as plain numbers: {@link ScriptRun} makes the command of them.
 *
 * @param waitMs time since the command before
 * @param kind the kind of command
 * @param who selects the acting member
 * @param what selects everything else
 * @param position picks a position in the film, or its duration, in seconds
 */
record ScriptedCommand(long waitMs, Kind kind, int who, int what, double position) {
  enum Kind {
    TICK,
    JOIN,
    LEAVE,
    DROP,
    PROMOTE,
    SET_VIDEO,
    PLAY,
    PAUSE,
    SEEK,
    SYNC_CHECK,
    REPORT_DURATION,
    REPORT_LIVE,
    SET_RATE,
    SET_WAITING,
    READY,
    BUFFERING,
    BUFFERED,
    REPORT,
    SAY,
    EDIT,
    DELETE,
    REACT,
    TYPE,
    SUBTITLES,
    VOICE,
    ORPHAN,
    REASSERT,
    DEMOTE,
    TRANSFER,
    ISSUE_TOKEN,
    UNDO,
    SET_SETTINGS,
    SET_PASSWORD,
    KNOCK,
    WITHDRAW,
    ANSWER,
    INVITE,
    REVOKE,
    REMOVE,
    LIFT,
    MUTE,
    QUEUE_ADD,
    QUEUE_REMOVE,
    QUEUE_MOVE,
    QUEUE_PLAY,
    QUEUE_NEXT,
    QUEUE_PREVIOUS,
    QUEUE_SHUFFLE,
    QUEUE_CLEAR,
    QUEUE_UNDO,
    QUEUE_MODE,
    VOTE_ITEM,
    VOTE_SKIP,
    DESCRIBE,
    LOOK_UP;

    /** Returns whether the kind is one of rights and entry control. */
    boolean ofEntry() {
      return compareTo(DEMOTE) >= 0 && compareTo(MUTE) <= 0;
    }

    /** Returns whether the kind is one of the queue. */
    boolean ofQueue() {
      return compareTo(QUEUE_ADD) >= 0;
    }
  }

  /** Waits that fall short of, upon and past every deadline of {@link ScriptRun#LIMITS}. */
  private static final Generator<Long> WAITS =
      weighted(
          new Weighted<>(500, oneOf(0L, 0L, 1L, 10L, 149L, 300L)),
          new Weighted<>(100, oneOf(999L, 1_000L, 1_001L)),
          new Weighted<>(15, oneOf(2_999L, 3_000L, 20_000L)),
          new Weighted<>(1, oneOf(60_000L)));

  private static final Generator<Double> POSITIONS =
      weighted(
          new Weighted<>(1, oneOf(0.0, 0.5, 60.0, 7_200.0, -0.0, Double.MIN_VALUE, 1e308)),
          new Weighted<>(1, doubles(0, 100).map(seconds -> Math.round(seconds * 1000) / 1000.0)));

  private static final Generator<Kind> KINDS =
      weighted(
          new Weighted<>(4, oneOf(Kind.TICK)),
          new Weighted<>(3, oneOf(Kind.VOICE)),
          new Weighted<>(6, oneOf(Kind.JOIN)),
          new Weighted<>(3, oneOf(Kind.PLAY, Kind.SEEK, Kind.READY, Kind.BUFFERING)),
          new Weighted<>(16, oneOf(kinds(kind -> !kind.ofEntry() && !kind.ofQueue()))),
          new Weighted<>(8, oneOf(kinds(Kind::ofEntry))),
          new Weighted<>(12, oneOf(kinds(Kind::ofQueue))),
          new Weighted<>(4, oneOf(Kind.QUEUE_ADD, Kind.VOTE_SKIP, Kind.REPORT, Kind.PLAY)),
          new Weighted<>(
              5, oneOf(Kind.SET_SETTINGS, Kind.SAY, Kind.REACT, Kind.KNOCK, Kind.ANSWER)));

  private static Kind[] kinds(Predicate<Kind> which) {
    return Arrays.stream(Kind.values()).filter(which).toArray(Kind[]::new);
  }

  private static final Generator<List<ScriptedCommand>> SCRIPTS =
      lists(ScriptedCommand::generate, 1, 80);

  private static ScriptedCommand generate(Choices choices) {
    return new ScriptedCommand(
        WAITS.generate(choices),
        KINDS.generate(choices),
        integers(0, 63).generate(choices),
        integers(0, 255).generate(choices),
        POSITIONS.generate(choices));
  }

  /** Returns a generator of scripts of 1 to 80 commands. */
  static Generator<List<ScriptedCommand>> scripts() {
    return SCRIPTS;
  }

  /** Checks a property of every script. */
  static void check(Consumer<List<ScriptedCommand>> property) {
    Property.check(choices -> property.accept(choices.draw(SCRIPTS)));
  }
}
