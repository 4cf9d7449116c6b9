package dev.watchnchill.load;

import dev.watchnchill.load.measure.Phase;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The next phase, as whoever has started the generator wants it: asked when the one before is over.
 *
 * @param step the commands in a second, or the size, of this phase
 * @param warmUp whether nothing is kept of it
 */
public record Turn(double step, double seconds, boolean warmUp) {
  /**
   * Asks for it.
   *
   * @param step what the answer calls the step: {@code rate} or {@code size}
   * @param last what the phase before has brought
   * @return nothing when there is no more to play
   */
  public static Optional<Turn> ask(Exchange exchange, String step, @Nullable Phase last) {
    JsonNode answer = exchange.ask("next", last == null ? Map.of() : Map.of("phase", last));
    if (answer.path("done").asBoolean(false)) {
      return Optional.empty();
    }
    if (!answer.path("go").asBoolean(false)) {
      throw new IllegalStateException("the next phase needs \"go\" or \"done\": " + answer);
    }
    return Optional.of(
        new Turn(
            aboveZero(answer, step),
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
