package dev.watchnchill.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A control channel that answers with given lines and keeps the requests. */
public final class ScriptedAnswers {
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private final ControlChannel channel;

  /** Creates a channel with these answers, after which the input ends. */
  public ScriptedAnswers(String... lines) {
    byte[] in = String.join("\n", lines).getBytes(UTF_8);
    channel = new ControlChannel(new ByteArrayInputStream(in), new PrintStream(asked, true, UTF_8));
  }

  /** Returns the channel. */
  public ControlChannel channel() {
    return channel;
  }

  /** Returns the requests so far. */
  public List<String> asked() {
    return asked.toString(UTF_8).lines().toList();
  }
}
