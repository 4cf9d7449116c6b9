package dev.watchnchill.server.app;

import dev.watchnchill.server.store.file.DataFileException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line of the server; the {@code watchnchill} script at the root of the project calls
 * it.
 */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /** Runs until the process is stopped; the process ends with the command's exit code. */
  public static void main(String[] args) throws InterruptedException {
    int exitCode =
        switch (Arguments.parse(args)) {
          case Arguments.Start(var options) -> run(options);
          case Arguments.Say(var text) -> {
            System.out.print(text);
            yield 0;
          }
          case Arguments.Refused(var reason) -> {
            System.err.println(reason);
            System.err.print(Arguments.USAGE);
            yield MISUSED;
          }
        };
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  private static int run(Config.CommandLineOptions options) throws InterruptedException {
    Wiring server;
    int boundPort;
    try {
      server = new Wiring(Config.from(System.getenv(), options));
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
        options.host().isEmpty() ? "localhost" : options.host(),
        boundPort,
        server.storeDescription());
    stopped.await();
    return 0;
  }

  private static int fail(@Nullable String message) {
    System.err.println("watchnchill: " + message);
    return FAILED;
  }
}
