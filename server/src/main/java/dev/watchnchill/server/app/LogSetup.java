package dev.watchnchill.server.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.function.Predicate;

/**
 * Configures logging: lines on standard output.
 *
 * <p>In Java and not in XML, because reading XML took a tenth of a second of every start. A file
 * named by {@code -Dlogback.configurationFile}, or one that is called {@code logback.xml} or {@code
 * logback-test.xml} on the class path, is used instead.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %msg%n%ex{full}";

  private final Predicate<ClassLoader> hasFile;

  /** Called by logback, which finds it as a service. */
  public LogSetup() {
    this(LogSetup::hasFile);
  }

  LogSetup(Predicate<ClassLoader> hasFile) {
    this.hasFile = hasFile;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (hasFile.test(LogSetup.class.getClassLoader())) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setName("STDOUT");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console);
    // The owners of connections log their failures.
    context.getLogger("io.lettuce").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean hasFile(ClassLoader loader) {
    return System.getProperty("logback.configurationFile") != null
        || loader.getResource("logback-test.xml") != null
        || loader.getResource("logback.xml") != null;
  }
}
