package dev.watchnchill.load;

import dev.watchnchill.load.measure.PhaseResult;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The next phase, as the process that has started the generator requests it.
 *
 * @param level the commands per second, or the size, of this phase
 * @param warmUp whether its result is dropped
 */
public record PhaseRequest(double level, double seconds, boolean warmUp) {
  /**
   * Asks for the next phase.
   *
   * @param levelName the name of the level in the answer: {@code rate} or {@code size}
   * @param last the result of the phase before
   * @return empty when there is no further phase
   */
  public static Optional<PhaseRequest> ask(
      ControlChannel channel, String levelName, @Nullable PhaseResult last) {
    JsonNode answer = channel.ask("next", last == null ? Map.of() : Map.of("phase", last));
    if (answer.path("done").asBoolean(false)) {
      return Optional.empty();
    }
    if (!answer.path("go").asBoolean(false)) {
      throw new IllegalStateException("the next phase needs \"go\" or \"done\": " + answer);
    }
    return Optional.of(
        new PhaseRequest(
            aboveZero(answer, levelName),
            aboveZero(answer, "seconds"),
            answer.path("warmup").asBoolean(false)));
  }

  private static double aboveZero(JsonNode answer, String name) {
    JsonNode value = answer.path(name);
    if (!value.isNumber() || value.asDouble() <= 0) {
      throw new IllegalStateException(
          "the next phase needs \"%s\", a number above 0: %s".formatted(name, answer));
    }
    return value.asDouble();
  }
}
