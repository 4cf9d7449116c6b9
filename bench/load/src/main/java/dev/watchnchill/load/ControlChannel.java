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
 * Requests to the process that has started the generator. A request is a line of JSON on the
 * output, its answer a line on the input. Waiting for one uses no processor time.
 */
public final class ControlChannel {
  /** The channel over the standard streams. */
  public static final ControlChannel STANDARD = new ControlChannel(System.in, System.out);

  private final BufferedReader in;
  private final PrintStream out;

  /** Creates a channel over these streams. */
  public ControlChannel(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param more the fields of the request besides its name
   * @throws IllegalStateException when there is none, or it is no JSON object
   */
  public JsonNode ask(String event, Map<String, ?> more) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("event", event);
    request.putAll(more);
    out.println(JsonMapper.shared().writeValueAsString(request));
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
