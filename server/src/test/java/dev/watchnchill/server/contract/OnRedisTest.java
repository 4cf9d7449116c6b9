package dev.watchnchill.server.contract;

import dev.watchnchill.server.redis.client.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** With rooms in Redis the contract is the same. */
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
  final class Chat extends ChatTest {}

  @Nested
  @OnRedis
  final class Entry extends EntryTest {}

  @Nested
  @OnRedis
  final class Seat extends SeatTest {}

  @Nested
  @OnRedis
  final class Stream extends StreamTest {}

  @Nested
  @OnRedis
  final class Departure extends DepartureTest {}
}
