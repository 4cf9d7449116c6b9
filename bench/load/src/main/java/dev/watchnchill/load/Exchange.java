package dev.watchnchill.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With whoever has started the generator: a question is a line of JSON on the output, its answer a
 * line on the input. Who waits for one uses no processor.
 */
public final class Exchange {
  /** Over the standard streams. */
  public static final Exchange STANDARD = new Exchange(System.in, System.out);

  private final BufferedReader in;
  private final PrintStream out;

  /** Over these streams. */
  public Exchange(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param more what the question says besides its name
   * @throws IllegalStateException when there is none, or it is no JSON object
   */
  public JsonNode ask(String event, Map<String, ?> more) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("event", event);
    question.putAll(more);
    out.println(JsonMapper.shared().writeValueAsString(question));
    out.flush();
    try {
      String line = in.readLine();
      if (line == null) {
        throw new IllegalStateException("'" + event + "' was not answered: the input has ended");
      }
      return read(event, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String event, String line) {
    try {
      JsonNode answer = JsonMapper.shared().readTree(line);
      if (answer.isObject()) {
        return answer;
      }
    } catch (JacksonException e) {
      throw new IllegalStateException(notUnderstood(event, line), e);
    }
    throw new IllegalStateException(notUnderstood(event, line));
  }

  private static String notUnderstood(String event, String line) {
    return "the answer to '" + event + "' must be a JSON object: " + line;
  }
}
