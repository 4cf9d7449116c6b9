package dev.watchnchill.server.contract;

import dev.watchnchill.server.redis.client.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Runs contract tests with rooms in Redis. */
final class OnRedisTest {
  static final RedisServer REDIS = new RedisServer();

  @BeforeAll
  static void begin() {
    REDIS.start();
  }

  @AfterAll
  static void end() {
    REDIS.close();
  }

  @Nested
  @OnRedis
  final class Chat extends ChatContractTest {}

  @Nested
  @OnRedis
  final class Entry extends EntryTest {}

  @Nested
  @OnRedis
  final class ConcurrentJoin extends ConcurrentJoinTest {}

  @Nested
  @OnRedis
  final class Seat extends SeatContractTest {}

  @Nested
  @OnRedis
  final class Stream extends StreamTest {}

  @Nested
  @OnRedis
  final class Departure extends DepartureTest {}
}
