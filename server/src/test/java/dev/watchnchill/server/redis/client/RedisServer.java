package dev.watchnchill.server.redis.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a free port: one per class when it is a static field, else one per test. It
 * persists nothing unless its options say so.
 */
public final class RedisServer
    implements BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
  private static final String ADVANCE_EXPIRIES =
      """
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local left = redis.call('PTTL', key)
        if left >= 0 then
          redis.call('PEXPIRE', key, left - ARGV[1])
        end
      end
      """;

  private final String program;
  private final List<String> options;
  private final int port = freePort();
  private @Nullable Path directory;
  private @Nullable Process process;
  private boolean perTest;

  /**
   * @param options more options, such as {@code --appendonly yes}; one argument each
   */
  public RedisServer(String... options) {
    this("redis-server", List.of(options));
  }

  private RedisServer(String program, List<String> options) {
    this.program = program;
    this.options = options;
  }

  /** Returns a Redis 6.2, which has no sharded channels; the program is bundled with a library. */
  public static RedisServer old() {
    try {
      return new RedisServer(
          ExecutableProvider.newJarResourceProvider().get().getAbsolutePath(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a Redis that writes every change to disk before it answers. */
  public static RedisServer keeping() {
    return new RedisServer("--appendonly", "yes", "--appendfsync", "always");
  }

  /** Returns a port that was free a moment ago. */
  public static int freePort() {
    // Below the range of ephemeral ports, and low enough that port + 10000, a cluster's bus,
    // exists.
    for (int attempt = 0; ; attempt++) {
      int port = 20_000 + (int) (ProcessHandle.current().pid() * 31 + 7L * ++portsTried) % 10_000;
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          var _ = new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        if (attempt > 100) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static int portsTried;

  @Override
  public void beforeEach(ExtensionContext context) {
    perTest |= process == null;
    if (process == null) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean ofClass =
        java.util.Arrays.stream(context.getRequiredTestClass().getDeclaredFields())
            .anyMatch(RedisServer::isStatic);
    if (perTest && !ofClass) {
      close();
    }
  }

  private static boolean isStatic(java.lang.reflect.Field field) {
    return field.getType() == RedisServer.class
        && java.lang.reflect.Modifier.isStatic(field.getModifiers());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Returns the port that it listens on. */
  public int port() {
    return port;
  }

  /** Returns the URL without user and password. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Starts Redis with its persisted data, and waits until it answers. */
  public void start() {
    try {
      Path home = directory == null ? Files.createTempDirectory("watchnchill-redis") : directory;
      directory = home;
      var command = new ArrayList<String>();
      command.addAll(List.of(program, "--port", "" + port, "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", home.toString(), "--save", "", "--daemonize", "no"));
      command.addAll(options);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "These tests need redis-server: apt-get install redis-server (" + e.getMessage() + ")");
    }
    awaitAnswer();
  }

  private void awaitAnswer() {
    Awaitility.await("redis-server on port " + port)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(this::answers);
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      int first = socket.getInputStream().read();
      // An error is an answer too when it asks for a password, but not while Redis loads its data.
      return first == '+' || (first == '-' && socket.getInputStream().read() != 'L');
    } catch (IOException _) {
      return false;
    }
  }

  /** Brings the expiry of every key nearer, as if that time had passed. */
  public void advanceExpiries(long ms) {
    cli("EVAL", ADVANCE_EXPIRIES, "0", "" + ms);
  }

  /** Returns whether it was started and not stopped since. */
  public boolean runs() {
    return process != null;
  }

  /** Kills the process, like a power failure. */
  public void stop() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Suspends the process: it accepts connections and never answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Resumes the process. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("It does not run");
    }
    try {
      new ProcessBuilder("kill", "-" + name, "" + running.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs redis-cli, and returns its output. */
  public String cli(String... arguments) {
    var command = new ArrayList<String>(List.of("redis-cli", "-p", "" + port));
    command.addAll(List.of(arguments));
    try {
      Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out =
          new String(cli.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      cli.waitFor();
      return out.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops Redis and deletes its files. */
  @Override
  public void close() {
    stop();
    Path home = directory;
    directory = null;
    if (home != null) {
      try (var files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
