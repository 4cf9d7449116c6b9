package dev.watchnchill.server.app;

import dev.watchnchill.server.store.file.DataFileException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the server; the {@code watchnchill} script at the root of the project calls
 * it.
 */
@Command(
    name = "watchnchill start",
    mixinStandardHelpOptions = true,
    version = "Watch N Chill 0.1.0",
    sortOptions = false,
    description = "Starts the server: pages, rooms and Socket.IO on one port.",
    footer = {
      "",
      "Environment: PORT, ALLOWED_ORIGINS, NODE_ENV=production, RATE_LIMIT_WINDOW_MS,",
      "RATE_LIMIT_MAX_REQUESTS, RATE_LIMIT_SOCKET_MAX_PER_IP, TRUSTED_PROXIES, EVENT_RATE_SCALE,",
      "CHAT_HISTORY, MEMBERS_MAX, ROOMS_MAX, RECONNECT_GRACE_MS, EMPTY_ROOM_GRACE_MS, EVENT_LOOPS,",
      "METRICS_ALLOWED, REDIS_URL, DATA_DIR, STORE_TIMEOUT_MS.",
      "docs/CONTRACT.md says what each one does."
    })
public final class Main implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "Port to listen on; 0 takes a free one. Default: PORT, else 3000.")
  private int port = -1;

  @Option(
      names = {"-H", "--host"},
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: all.")
  private String host = "";

  @Option(
      names = "--production",
      description = "Limits requests, and answers only ALLOWED_ORIGINS across origins.")
  private boolean production;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = {
        "Keep rooms in Redis, shared with every server on it: redis://[user:password@]host[:port][/db],",
        "rediss:// for TLS, redis+cluster://host:port,host:port for a cluster. Default: REDIS_URL."
      })
  private String redis = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep rooms in files in that directory, so that a restart loses none. Default: DATA_DIR,"
              + " else in memory.")
  private String data = "";

  private Main() {}

  /** Runs until it is told to stop; the process ends with the command's exit code. */
  public static void main(String[] args) {
    int exitCode = new CommandLine(new Main()).execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Wiring server;
    int boundPort;
    try {
      Config config =
          Config.from(
              System.getenv(), new Config.CommandLineOptions(host, port, production, redis, data));
      server = new Wiring(config);
      boundPort = server.start();
    } catch (IllegalArgumentException | IllegalStateException | DataFileException | IOException e) {
      return fail(e.getMessage());
    }
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  log.info("Saying goodbye to everybody");
                  server.close();
                  stopped.countDown();
                },
                "shutdown"));
    log.info(
        "Watch N Chill is on http://{}:{} ({})",
        host.isEmpty() ? "localhost" : host,
        boundPort,
        server.storeDescription());
    stopped.await();
    return 0;
  }

  private static int fail(@Nullable String message) {
    System.err.println("watchnchill: " + message);
    return 1;
  }
}
