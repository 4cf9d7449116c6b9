package dev.watchnchill.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Whoever has started the generator: answers with these lines, and keeps what was asked. */
public final class Answers {
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private final Exchange exchange;

  /** These answers, and then the input ends. */
  public Answers(String... lines) {
    byte[] in = String.join("\n", lines).getBytes(UTF_8);
    exchange = new Exchange(new ByteArrayInputStream(in), new PrintStream(asked, true, UTF_8));
  }

  /** With them. */
  public Exchange exchange() {
    return exchange;
  }

  /** The questions so far. */
  public List<String> asked() {
    return asked.toString(UTF_8).lines().toList();
  }
}
