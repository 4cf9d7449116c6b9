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

/** One server's view of a room in which somebody talks: a store, what it heard, and its copy. */
final class StoreInstance implements AutoCloseable {
  static final RoomId ID = new RoomId("ROOM01");
  static final UserId HOST = new UserId(new UUID(1, 1));
  static final String TOKEN = "a token that nobody may read";
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);
  private static final AtomicInteger DRAWN = new AtomicInteger();

  final RedisLink link;
  final BlockingStore store;
  final List<String> heard = new CopyOnWriteArrayList<>();

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
                link, "server" + DRAWN.incrementAndGet(), System::currentTimeMillis, 3_600_000));
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

  static Decision say(Room room, String text) {
    var command = new RoomCommand.SendMessage(HOST, UUID.randomUUID(), text);
    return RULES.decide(room, command, System.currentTimeMillis());
  }

  static List<String> said(Room room) {
    return room.chat().messages().stream().map(ChatMessage::text).toList();
  }

  /** Writes down what is heard of the room: texts, (passed), (away) and (back). */
  RoomStore.Subscription listen() {
    return store.subscribe(
        ID,
        new RoomStore.Subscriber() {
          @Override
          public void published(RoomStore.Published published) {
            published.events().forEach(event -> heard.add(event.toString()));
          }

          @Override
          public void outageBegan() {
            heard.add("(away)");
          }

          @Override
          public void outageEnded() {
            heard.add("(back)");
          }
        });
  }

  Room loaded() {
    return Objects.requireNonNull(store.load(ID), "there is no room");
  }

  /** Says that on top of that; the room after it. */
  Room tell(Room before, String text) {
    Decision decision = say(before, text);
    if (!store.commit(before, decision.next(), decision.events())) {
      throw new AssertionError("Not committed: " + text);
    }
    return decision.next();
  }

  /** Says that as soon as it can be said, as people do; the room after it. */
  Room tellAtLast(String text) {
    var after = new CopyOnWriteArrayList<Room>();
    Awaitility.await(text)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> {
          Room now = loaded();
          Decision decision = say(now, text);
          boolean committed = store.commit(now, decision.next(), decision.events());
          after.add(decision.next());
          return committed;
        });
    return after.getLast();
  }

  void awaitHeard(String word) {
    Awaitility.await(word)
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.stream().anyMatch(one -> one.contains(word)));
  }

  @Override
  public void close() {
    store.close();
    link.close();
  }
}
