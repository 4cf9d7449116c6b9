package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisUrl;
import dev.watchnchill.server.store.BlockingStore;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The store of one instance with what its subscriber has received, and helpers that send chat
 * messages.
 */
final class StoreInstance implements AutoCloseable {
  static final RoomId ID = new RoomId("ROOM01");
  static final UserId HOST = new UserId(new UUID(1, 1));
  static final String TOKEN = "a secret token";
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  final RedisLink link;
  final BlockingStore store;
  final List<String> received = new CopyOnWriteArrayList<>();

  StoreInstance(String url) {
    this(url, true);
  }

  StoreInstance(String url, boolean awaitUp) {
    link = RedisLink.open(RedisUrl.parse(url), RedisLink.Settings.DEFAULT);
    if (awaitUp && !link.awaitUp(Duration.ofSeconds(20))) {
      throw new AssertionError("No connection to " + link);
    }
    store =
        new BlockingStore(
            new RedisRoomStore(
                link,
                "server" + INSTANCES.incrementAndGet(),
                System::currentTimeMillis,
                3_600_000));
  }

  static Room room() {
    return RULES.create(
        ID,
        7,
        new DisplayName("Ann"),
        HOST,
        SecretHash.of(TOKEN),
        null,
        System.currentTimeMillis());
  }

  static Decision decideMessage(Room room, String text) {
    var command = new RoomCommand.SendMessage(HOST, UUID.randomUUID(), text);
    return RULES.decide(room, command, System.currentTimeMillis());
  }

  static List<String> messageTexts(Room room) {
    return room.chat().messages().stream().map(ChatMessage::text).toList();
  }

  /** Subscribes and records the events, (outage began) and (outage ended). */
  RoomStore.Subscription subscribe() {
    return store.subscribe(
        ID,
        new RoomStore.Subscriber() {
          @Override
          public void published(RoomStore.Published published) {
            published.events().forEach(event -> received.add(event.toString()));
          }

          @Override
          public void outageBegan() {
            received.add("(outage began)");
          }

          @Override
          public void outageEnded() {
            received.add("(outage ended)");
          }
        });
  }

  Room loadRoom() {
    return Objects.requireNonNull(store.load(ID), "there is no room");
  }

  /** Returns the room as soon as this instance has its connection back; others may be earlier. */
  Room loadRoomWhenAvailable() {
    return Awaitility.await("the room")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(this::loadRoom, Objects::nonNull);
  }

  /** Commits a message, and returns the room after it. */
  Room sendMessage(Room before, String text) {
    Decision decision = decideMessage(before, text);
    if (!store.commit(before, decision.next(), decision.events())) {
      throw new AssertionError("Not committed: " + text);
    }
    return decision.next();
  }

  /** Commits a message as soon as the store accepts it, and returns the room after it. */
  Room sendMessageWhenAvailable(String text) {
    var after = new CopyOnWriteArrayList<Room>();
    Awaitility.await(text)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> {
          Room now = loadRoom();
          Decision decision = decideMessage(now, text);
          boolean committed = store.commit(now, decision.next(), decision.events());
          after.add(decision.next());
          return committed;
        });
    return after.getLast();
  }

  void awaitReceived(String text) {
    Awaitility.await(text)
        .atMost(Duration.ofSeconds(20))
        .until(() -> received.stream().anyMatch(event -> event.contains(text)));
  }

  @Override
  public void close() {
    store.close();
    link.close();
  }
}
