package dev.watchnchill.server.redis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests of URLs and their credentials on a real Redis. */
final class RedisAuthenticationTest {
  private static final String PASSWORD = "s3cr/t@word";

  @RegisterExtension
  static final RedisServer REDIS =
      new RedisServer(
          "--user", "ann", "on", ">" + PASSWORD, "~*", "&*", "+@all", "--user", "default", "off");

  private static String url(String credentials) {
    return "redis://" + credentials + "@127.0.0.1:" + REDIS.port() + "/3";
  }

  private static RedisLink open(String url) {
    return RedisLink.open(RedisUrl.parse(url), RedisLink.Settings.DEFAULT);
  }

  @Test
  void user_password_and_database_of_the_url_are_used() {
    try (RedisLink link = open(url("ann:s3cr%2Ft%40word"))) {
      assertThat(link.awaitUp(Duration.ofSeconds(10))).isTrue();
      link.call(redis -> redis.set("key", RedisLink.bytes("value")));
      String found =
          REDIS.cli(
              "--user", "ann", "--pass", PASSWORD, "--no-auth-warning", "-n", "3", "get", "key");
      assertThat(found).isEqualTo("value");
    }
  }

  @Test
  void wrong_password_gives_no_connection_and_is_not_logged() {
    var log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try (RedisLink link = open(url("ann:wr0ngword"))) {
      assertThat(link.awaitUp(Duration.ofSeconds(1))).isFalse();
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list.toString()).contains("WRONGPASS").doesNotContain("wr0ngword");
  }

  @Test
  void url_is_shown_without_user_and_password() {
    RedisUrl url = RedisUrl.parse("rediss+cluster://ann:" + PASSWORD + "@one:1,[::1],two.example");
    assertThat(url).hasToString("rediss+cluster://one:1,[::1]:6379,two.example:6379");
    assertThat(url.user()).isEqualTo("ann");
    assertThat(url.password()).isEqualTo(PASSWORD);
    assertThat(RedisUrl.parse("redis://:word@host/2").password()).isEqualTo("word");
    assertThat(RedisUrl.parse("redis://:word@host/2").user()).isNull();
    assertThat(RedisUrl.parse("redis://host").password()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://localhost",
        "redis://",
        "redis://ann:s3cret@",
        "redis://host:0",
        "redis://host:70000",
        "redis://host/name",
        "redis://host?timeout=1",
        "redis://one,two",
        "redis+cluster://one,two/1",
        "redis://ann:s3cret%@host",
        "redis://ann:s3cret@ho st"
      })
  void malformed_url_is_rejected_in_one_line_without_its_password(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("\n")
        .doesNotContain("s3cret");
  }
}
