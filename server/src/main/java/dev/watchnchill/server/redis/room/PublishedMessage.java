package dev.watchnchill.server.redis.room;

import static java.util.stream.Collectors.joining;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Passed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.RecordJson;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What is published: one line of words, then JSON. The line is {@code kind epoch before after
 * nonce}, so that most of what a server need not read is recognised without its JSON:
 *
 * <ul>
 *   <li>{@code CHANGE}: sections {@code state}, {@code left} with the people who are {@code put},
 *       {@code chatKeep} with {@code chat} (left out when unchanged), and {@code events}
 *   <li>{@code PASSING}: {@code events} alone; the numbers are 0
 *   <li>{@code RESTORED}: nothing more; the room stands at {@code epoch} and {@code after}
 * </ul>
 *
 * The nonce is drawn by the publisher and begins with who it is.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PublishedMessage(Kind kind, Revision before, Revision after, String nonce, byte[] json) {
  /** What it tells. */
  enum Kind {
    /** A change of the room. */
    CHANGE,
    /** Passing events. */
    PASSING,
    /** The room was lost and put back. */
    RESTORED
  }

  private static final byte[] NO_JSON = {};
  private static final int WORDS = 5;

  /** A change, to be read by others. */
  static byte[] change(Room before, Room next, RoomDelta change, String nonce) {
    var out = new ByteArrayOutputStream(1_024);
    head(out, Kind.CHANGE, next.epoch(), before.seq(), next.seq(), nonce);
    section(out, "{\"state\":", change.state());
    if (!change.left().isEmpty() || !change.put().isEmpty()) {
      text(out, ",\"left\":[");
      text(out, change.left().stream().map(id -> '"' + id + '"').collect(joining(",")));
      text(out, "],\"put\":");
      list(out, change.put().stream().map(RoomDelta.Person::json).toList());
    }
    if (change.chatKeep() >= 0) {
      text(out, ",\"chatKeep\":" + change.chatKeep() + ",\"chat\":");
      list(out, change.messages());
    }
    section(out, ",\"events\":", change.events());
    text(out, "}");
    return out.toByteArray();
  }

  /** Passing events. */
  static byte[] passing(List<RoomEvent> events, String nonce) {
    var out = new ByteArrayOutputStream(256);
    head(out, Kind.PASSING, 0, 0, 0, nonce);
    section(out, "{\"events\":", RoomCodec.events(events));
    text(out, "}");
    return out.toByteArray();
  }

  /** The room stands there by a new beginning. */
  static byte[] restored(Revision at, String nonce) {
    var out = new ByteArrayOutputStream(64);
    head(out, Kind.RESTORED, at.epoch(), 0, at.seq(), nonce);
    return out.toByteArray();
  }

  private static void head(
      ByteArrayOutputStream out, Kind kind, long epoch, long before, long after, String nonce) {
    text(out, kind + " " + epoch + " " + before + " " + after + " " + nonce + "\n");
  }

  private static void section(ByteArrayOutputStream out, String name, byte[] json) {
    text(out, name);
    out.writeBytes(json);
  }

  private static void list(ByteArrayOutputStream out, List<byte[]> elements) {
    String before = "[";
    for (byte[] element : elements) {
      section(out, before, element);
      before = ",";
    }
    text(out, elements.isEmpty() ? "[]" : "]");
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the line.
   *
   * @throws CorruptRecordException when it is none
   */
  static PublishedMessage read(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String[] words = new String(bytes, 0, end, StandardCharsets.UTF_8).split(" ", -1);
    if (words.length != WORDS) {
      throw new CorruptRecordException("a publication has no head");
    }
    try {
      long epoch = Long.parseLong(words[1]);
      return new PublishedMessage(
          Kind.valueOf(words[0]),
          new Revision(epoch, Long.parseLong(words[2])),
          new Revision(epoch, Long.parseLong(words[3])),
          words[4],
          end == bytes.length ? NO_JSON : java.util.Arrays.copyOfRange(bytes, end, bytes.length));
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("a publication has no head that makes sense", e);
    }
  }

  /**
   * Reads passing events.
   *
   * @throws CorruptRecordException when they make no sense
   */
  Passed passed() {
    return new Passed(RoomCodec.readEvents(RecordJson.read(json).get("events")));
  }

  /**
   * Reads the change.
   *
   * @throws CorruptRecordException when it makes no sense
   */
  Committed committed() {
    JsonNode node = RecordJson.read(json);
    MemberDelta people = people(node.path("left"), node.path("put"));
    JsonNode chat = node.get("chat");
    ChatDelta talk = chat == null ? null : chat(node.path("chatKeep").asInt(0), chat);
    Room rest = RoomCodec.readState(node.get("state"), Members.NONE, ChatLog.EMPTY);
    return new Committed(
        before,
        after,
        old ->
            RoomCopies.seating(rest, people.applyTo(old.members()))
                .withChat(talk == null ? old.chat() : talk.applyTo(old.chat())),
        RoomCodec.readEvents(node.get("events")));
  }

  private static MemberDelta people(JsonNode left, JsonNode put) {
    var gone = new ArrayList<UserId>();
    left.forEach(user -> gone.add(RoomCodec.readUser(user)));
    var now = new ArrayList<Member>();
    put.forEach(member -> now.add(RoomCodec.readMember(member)));
    return new MemberDelta(gone, now);
  }

  private static ChatDelta chat(int keep, JsonNode messages) {
    var added = new ArrayList<ChatMessage>();
    for (JsonNode message : messages) {
      added.add(RoomCodec.readMessage(message));
    }
    return new ChatDelta(keep, added);
  }
}
