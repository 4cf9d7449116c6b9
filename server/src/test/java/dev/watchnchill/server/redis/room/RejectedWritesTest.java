package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.EvictionWarning;
import dev.watchnchill.server.redis.client.NodeConnection;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Tests that a Redis that answers but rejects writes is an outage, which ends by itself. */
@ParameterizedClass
@MethodSource("servers")
final class RejectedWritesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(NodeConnection.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final RedisServer redis;

  RejectedWritesTest(RedisServer redis) {
    this.redis = redis;
  }

  static Stream<RedisServer> servers() {
    return Stream.of(new RedisServer(), RedisServer.old());
  }

  @BeforeEach
  void begin() {
    redis.start();
    logged.list = new CopyOnWriteArrayList<>();
    logged.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(logged);
  }

  @AfterEach
  void end() {
    logger.detachAppender(logged);
    logger.setLevel(null);
    redis.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private List<String> logLines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void assertOutage(String code, Runnable begin, Runnable end) {
    try (var here = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.subscribe();
      Room room = here.sendMessage(here.loadRoom(), "before");
      begin.run();
      await().until(() -> !here.store.available());
      Decision rejected = StoreInstance.decideMessage(room, "refused");
      assertThatThrownBy(() -> here.store.commit(room, rejected.next(), rejected.events()))
          .isInstanceOf(StoreUnavailableException.class);
      here.awaitReceived("(outage began)");
      end.run();
      await().until(here.store::available);
      here.awaitReceived("(outage ended)");
      assertThat(here.loadRoom()).isEqualTo(room);
      here.sendMessageWhenAvailable("after");
      here.awaitReceived("after");
      assertThat(logLines()).hasSize(2);
      assertThat(logLines().getFirst()).startsWith("Redis takes no changes: ").contains(code);
      assertThat(logLines().getLast()).startsWith("Redis is back: ");
    }
  }

  @Test
  void SF7_read_only_replica_is_an_outage() {
    assertOutage(
        "READONLY",
        () -> redis.cli("replicaof", "127.0.0.1", "" + RedisServer.freePort()),
        () -> redis.cli("replicaof", "no", "one"));
  }

  @Test
  void SF7_full_memory_is_an_outage() {
    assertOutage(
        "OOM",
        () -> redis.cli("config", "set", "maxmemory", "1"),
        () -> redis.cli("config", "set", "maxmemory", "0"));
  }

  @Test
  void SF7_too_few_replicas_are_an_outage() {
    assertOutage(
        "NOREPLICAS",
        () -> redis.cli("config", "set", "min-replicas-to-write", "1"),
        () -> redis.cli("config", "set", "min-replicas-to-write", "0"));
  }

  @Test
  void SF7_failed_save_is_an_outage() throws IOException {
    String directory = redis.cli("config", "get", "dir").lines().toList().getLast();
    Files.createDirectories(Path.of(directory, "dump.rdb", "in the way"));
    redis.cli("config", "set", "save", "3600 1");
    assertOutage(
        "MISCONF",
        () -> {
          redis.cli("bgsave");
          await()
              .until(() -> redis.cli("info", "persistence").contains("rdb_last_bgsave_status:err"));
        },
        () -> redis.cli("config", "set", "stop-writes-on-bgsave-error", "no"));
  }

  @Test
  void SF7_full_memory_at_startup_is_an_outage() {
    redis.cli("set", "something", "else");
    redis.cli("config", "set", "maxmemory", "1");
    try (var here = new StoreInstance(redis.url(), false)) {
      await().until(() -> !logLines().isEmpty());
      assertThat(here.store.available()).isFalse();
      assertThat(logLines().getFirst()).contains("OOM");
      redis.cli("config", "set", "maxmemory", "0");
      await().until(here.store::available);
      here.store.create(StoreInstance.room());
    }
  }

  @Test
  void SF8_key_of_another_program_is_no_room() {
    redis.cli("set", "room:{ROOM01}", "mine");
    try (var here = new StoreInstance(redis.url())) {
      assertThat(here.store.load(StoreInstance.ID)).isNull();
      assertThat(here.store.create(StoreInstance.room())).isFalse();
      assertThat(here.store.available()).isTrue();
      assertThat(redis.cli("get", "room:{ROOM01}")).isEqualTo("mine");
    }
  }

  @Test
  void SF9_eviction_policy_is_logged_once() {
    var warning = (Logger) LoggerFactory.getLogger(EvictionWarning.class);
    warning.addAppender(logged);
    try {
      redis.cli("config", "set", "maxmemory", "100mb");
      redis.cli("config", "set", "maxmemory-policy", "allkeys-lru");
      try (var here = new StoreInstance(redis.url())) {
        await().until(() -> !logLines().isEmpty());
        assertThat(logLines().getFirst()).contains("allkeys-lru").contains("noeviction");
        redis.cli("client", "kill", "type", "normal");
        await().until(() -> logLines().contains("Redis is back: " + here.link));
      }
      assertThat(logLines()).filteredOn(line -> line.contains("allkeys-lru")).hasSize(1);
      redis.cli("config", "set", "maxmemory", "0");
      new StoreInstance(redis.url()).close();
      assertThat(logLines()).filteredOn(line -> line.contains("allkeys-lru")).hasSize(1);
    } finally {
      warning.detachAppender(logged);
    }
  }
}
