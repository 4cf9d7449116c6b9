package dev.watchnchill.server.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests that {@code rediss://} checks the certificate and its host name. */
@Isolated("the trust store is the whole process's")
final class RedisTlsTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir static Path directory;

  @BeforeAll
  static void createCertificate() throws IOException, InterruptedException {
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        file("key.pem"),
        "-out",
        file("cert.pem"),
        "-subj",
        "/CN=redis of a test",
        "-addext",
        "subjectAltName=DNS:localhost");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-importcert",
        "-noprompt",
        "-alias",
        "redis",
        "-file",
        file("cert.pem"),
        "-keystore",
        file("trust.p12"),
        "-storepass",
        "changeit");
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static boolean connects(String host, int port) {
    try (RedisLink link =
        RedisLink.open(
            RedisUrl.parse("rediss://" + host + ":" + port), RedisLink.Settings.DEFAULT)) {
      return link.awaitUp(Duration.ofSeconds(3));
    }
  }

  /** Returns the log of a failed connection. */
  private static String connectionFailureLog(String host, int port) {
    var log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try {
      assertThat(connects(host, port)).isFalse();
    } finally {
      log.detachAppender(lines);
    }
    return lines.list.toString();
  }

  @Test
  void certificate_must_be_trusted_and_made_out_to_the_host() {
    int port = RedisServer.freePort();
    try (var redis =
        new RedisServer(
            "--tls-port",
            "" + port,
            "--tls-auth-clients",
            "no",
            "--tls-cert-file",
            file("cert.pem"),
            "--tls-key-file",
            file("key.pem"),
            "--tls-ca-cert-file",
            file("cert.pem"))) {
      redis.start();
      assertThat(connectionFailureLog("localhost", port)).contains("certification path");
      System.setProperty(TRUST_STORE, file("trust.p12"));
      System.setProperty(TRUST_STORE + "Password", "changeit");
      try {
        assertThat(connects("localhost", port)).as("trusted").isTrue();
        assertThat(connectionFailureLog("127.0.0.1", port))
            .contains("No subject alternative names");
      } finally {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
      }
    }
  }
}
