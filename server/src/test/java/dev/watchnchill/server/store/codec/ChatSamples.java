package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.FilmMoment;
import dev.watchnchill.party.chat.Reactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Rooms with everything that a message can have, for tests. */
public final class ChatSamples {
  private static final List<String> EMOJI =
      List.of("\uD83D\uDE00", "\u2764\uFE0F", "\uD83D\uDC4D\uD83C\uDFFD");

  /** More than a chunk of the log. */
  private static final int KEEP = 40;

  private ChatSamples() {}

  private static UserId user(int number) {
    return new UserId(new UUID(0x4000, number));
  }

  private static ChatMessage message(int number, long seq) {
    return new ChatMessage(
        new UUID(0x7000, seq),
        user(number % 5),
        new DisplayName("Ann"),
        "number " + number + " \uD83C\uDF7F",
        1_000 + seq,
        seq);
  }

  /** Returns the next revision of a room, with a log. */
  public static Room discussed(Room room) {
    Room next = room;
    long seq = room.seq() + 1;
    for (int i = 0; i < 4; i++) {
      next = next.changed(room.lastWriteMs());
    }
    ChatMessage first = message(1, seq);
    var reply =
        new ChatMessage(
            new UUID(0x7000, seq + 1),
            user(2),
            new DisplayName("Ben"),
            "yes",
            1_001,
            seq + 1,
            first.id(),
            new FilmMoment(new UUID(3, 4), "https://films.example/a.mp4", 12.345));
    return next.withChat(
        ChatLog.of(
            List.of(
                first.edited("other", 2_000),
                reply.withReactions(
                    Reactions.of(
                        Map.of(
                            user(1),
                            List.of(
                                new Reactions.Mark(EMOJI.get(0), 7),
                                new Reactions.Mark(EMOJI.get(1), 9)),
                            user(2),
                            List.of(new Reactions.Mark(EMOJI.get(1), 8))))),
                message(3, seq + 2).asDeleted(),
                new ChatMessage(
                    new UUID(0x7000, seq + 3),
                    user(1),
                    new DisplayName("Ann"),
                    "no link",
                    1_003,
                    seq + 3,
                    null,
                    new FilmMoment(null, null, 0)))));
  }

  /** Returns the next revision of a room, in which some messages are new or changed. */
  public static Room changed(Room room, Random random, int number) {
    Room next = room;
    ChatLog log = room.chat();
    int steps = 1 + random.nextInt(4);
    for (int i = 1; i <= steps; i++) {
      next = next.changed(room.lastWriteMs());
      if (log.isEmpty() || random.nextInt(3) == 0) {
        log = log.plus(message(number, next.seq()), KEEP);
        continue;
      }
      ChatMessage old = log.get(random.nextInt(log.size()));
      if (!old.deleted()) {
        log = log.with(changed(old, random, number, next.seq()));
      }
    }
    return next.withChat(log);
  }

  private static ChatMessage changed(ChatMessage old, Random random, int number, long seq) {
    if (random.nextInt(5) == 0) {
      return random.nextBoolean() ? old.asDeleted() : old.edited("edited " + number, 3_000 + seq);
    }
    UserId user = user(random.nextInt(30));
    var marks = new ArrayList<>(old.reactions().of(user));
    String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
    if (!marks.removeIf(mark -> mark.emoji().equals(emoji))) {
      marks.add(new Reactions.Mark(emoji, seq));
    }
    return old.withReactions(old.reactions().with(Map.of(user, marks)));
  }
}
