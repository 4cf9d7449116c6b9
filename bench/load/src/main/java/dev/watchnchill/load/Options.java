package dev.watchnchill.load;

import dev.watchnchill.load.net.ServerAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line: a scenario, and any number of {@code --name value}. */
public final class Options {
  private static final Set<String> KNOWN =
      Set.of(
          "url",
          "pid",
          "redis-pid",
          "rooms",
          "members",
          "rate",
          "seconds",
          "warmup",
          "clients",
          "mix",
          "controls",
          "steps",
          "loops",
          "per-address",
          "drain",
          "until-p99",
          "phases",
          "sockets",
          "sizes",
          "room-steps",
          "of",
          "depth",
          "join-rate",
          "settle",
          "within",
          "patience",
          "arrive");

  private final String scenario;
  private final Map<String, String> values = new LinkedHashMap<>();

  private Options(String scenario) {
    this.scenario = scenario;
  }

  /**
   * Parses a command line.
   *
   * @throws IllegalArgumentException when it is wrong
   */
  public static Options parse(List<String> words) {
    if (words.isEmpty() || words.getFirst().startsWith("-")) {
      throw new IllegalArgumentException("the first word must be a scenario");
    }
    Options options = new Options(words.getFirst());
    for (int i = 1; i < words.size(); i += 2) {
      String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("there is no option " + words.get(i));
      }
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " needs a value");
      }
      options.values.put(name, words.get(i + 1));
    }
    return options;
  }

  /** Returns the name of the scenario. */
  public String scenario() {
    return scenario;
  }

  /** Returns all options as they were given. */
  public Map<String, String> all() {
    return Map.copyOf(values);
  }

  /** Returns the addresses of the servers. */
  public List<ServerAddress> targets() {
    return list(text("url", "http://127.0.0.1:3000")).stream().map(ServerAddress::of).toList();
  }

  /** Returns the process ids of the servers. */
  public List<Long> pids() {
    return list(text("pid", "")).stream().map(pid -> whole("pid", pid)).toList();
  }

  /** Returns the process id of their Redis. */
  public @Nullable Long redisPid() {
    String pid = values.get("redis-pid");
    return pid == null ? null : whole("redis-pid", pid);
  }

  /** Returns the text of an option. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Returns the text of an option that has only these values. */
  public String oneOf(String name, String first, String... others) {
    String value = text(name, first);
    if (!value.equals(first) && !Arrays.asList(others).contains(value)) {
      throw new IllegalArgumentException("--" + name + " cannot be " + value);
    }
    return value;
  }

  /** Returns a whole number above zero. */
  public int count(String name, int otherwise) {
    long count = whole(name, text(name, Integer.toString(otherwise)));
    if (count < 1 || count > 10_000_000) {
      throw new IllegalArgumentException("--" + name + " cannot be " + count);
    }
    return (int) count;
  }

  /** Returns a number that is not negative. */
  public double number(String name, double otherwise) {
    return decimal(name, text(name, Double.toString(otherwise)));
  }

  /** Returns numbers that are separated by commas. */
  public List<Double> numbers(String name, String otherwise) {
    return list(text(name, otherwise)).stream().map(part -> decimal(name, part)).toList();
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  private static long whole(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + " must be a whole number: " + text, e);
    }
  }

  private static double decimal(String name, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + " must be a number: " + text, e);
    }
    throw new IllegalArgumentException("--" + name + " must be a number of 0 or more: " + text);
  }
}
