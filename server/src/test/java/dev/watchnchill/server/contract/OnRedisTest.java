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

  @Nested
  @OnRedis
  final class RoomSettings extends RoomSettingsTest {}

  @Nested
  @OnRedis
  final class HostRights extends HostRightsTest {}

  @Nested
  @OnRedis
  final class UndoSeek extends UndoSeekTest {}

  @Nested
  @OnRedis
  final class PasswordEntry extends PasswordEntryTest {}

  @Nested
  @OnRedis
  final class Approval extends ApprovalTest {}

  @Nested
  @OnRedis
  final class Invitation extends InvitationTest {}

  @Nested
  @OnRedis
  final class Removal extends RemovalTest {}

  @Nested
  @OnRedis
  final class BannedClient extends BannedClientTest {}

  @Nested
  @OnRedis
  final class HostsOnlyEvents extends HostsOnlyEventsTest {}

  @Nested
  @OnRedis
  final class Troll extends TrollTest {}
}
