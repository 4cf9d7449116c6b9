package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.MemberDelta;
import dev.watchnchill.server.store.QueueDelta;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Transient;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.QueueAssembly;
import dev.watchnchill.server.store.codec.RecordJson;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A message on a room's channel: a header line, then JSON. The header is {@code kind epoch before
 * after nonce}, so that a receiver recognises most messages that it need not read without parsing
 * their JSON:
 *
 * <ul>
 *   <li>{@code CHANGE}: the fields {@code state}, {@code entry} with the lists of the entry state
 *       that changed (absent when none did), {@code left} with the ids of removed members and
 *       {@code put} with the upserted ones, {@code queue} with the {@link PublishedQueue
 *       difference} of the queues, the fields of {@link PublishedChat} (absent when unchanged), and
 *       {@code events}
 *   <li>{@code PASSING}: {@code events} alone, which are transient; the numbers are 0
 *   <li>{@code RESTORED}: no JSON; the room is at {@code epoch} and {@code after}
 * </ul>
 *
 * The nonce is drawn by the publisher and begins with the name of its instance.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PublishedMessage(
    Kind kind, Revision before, Revision after, String nonce, byte[] bytes, int jsonStart) {
  /** The kinds of messages, with the names that stand in the header. */
  enum Kind {
    /** A change of the room. */
    CHANGE("CHANGE"),
    /** Transient events. */
    TRANSIENT("PASSING"),
    /** The room was lost, and is restored. */
    RESTORED("RESTORED");

    private final String storedName;

    Kind(String storedName) {
      this.storedName = storedName;
    }

    static Kind read(String name) {
      for (Kind kind : values()) {
        if (kind.storedName.equals(name)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown kind");
    }
  }

  private static final int HEADER_FIELDS = 5;

  /** Encodes a change. */
  static byte[] encodeChange(Room before, Room next, RoomDelta change, String nonce) {
    var out = new ByteArrayOutputStream(1_024);
    writeHeader(out, Kind.CHANGE, next.epoch(), before.seq(), next.seq(), nonce);
    MessageJson.field(out, "{\"state\":", change.state());
    byte[] entryChange = change.entryChange();
    if (entryChange != null) {
      MessageJson.field(out, ",\"entry\":", entryChange);
    }
    if (!change.removed().isEmpty() || !change.upserted().isEmpty()) {
      MessageJson.text(out, ",\"left\":");
      MessageJson.names(out, change.removed());
      MessageJson.text(out, ",\"put\":");
      MessageJson.array(
          out, change.upserted().stream().map(RoomDelta.EncodedMember::json).toList());
    }
    if (!change.queue().isEmpty()) {
      MessageJson.text(out, ",\"queue\":");
      PublishedQueue.write(out, change.queue());
    }
    RoomDelta.EncodedChat chat = change.chat();
    if (chat != null) {
      PublishedChat.write(out, chat);
    }
    MessageJson.field(out, ",\"events\":", change.events());
    MessageJson.text(out, "}");
    return out.toByteArray();
  }

  /** Encodes transient events. */
  static byte[] encodeTransient(List<RoomEvent> events, String nonce) {
    var out = new ByteArrayOutputStream(256);
    writeHeader(out, Kind.TRANSIENT, 0, 0, 0, nonce);
    MessageJson.field(out, "{\"events\":", RoomCodec.events(events));
    MessageJson.text(out, "}");
    return out.toByteArray();
  }

  /** Encodes the restoration of a room under a new epoch. */
  static byte[] encodeRestored(Revision at, String nonce) {
    var out = new ByteArrayOutputStream(64);
    writeHeader(out, Kind.RESTORED, at.epoch(), 0, at.seq(), nonce);
    return out.toByteArray();
  }

  private static void writeHeader(
      ByteArrayOutputStream out, Kind kind, long epoch, long before, long after, String nonce) {
    MessageJson.text(
        out, kind.storedName + " " + epoch + " " + before + " " + after + " " + nonce + "\n");
  }

  /**
   * Reads the header.
   *
   * @throws CorruptRecordException when there is none
   */
  static PublishedMessage read(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String[] fields = new String(bytes, 0, end, StandardCharsets.UTF_8).split(" ", -1);
    if (fields.length != HEADER_FIELDS) {
      throw new CorruptRecordException("a publication has no head");
    }
    try {
      long epoch = Long.parseLong(fields[1]);
      return new PublishedMessage(
          Kind.read(fields[0]),
          new Revision(epoch, Long.parseLong(fields[2])),
          new Revision(epoch, Long.parseLong(fields[3])),
          fields[4],
          bytes,
          end);
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("a publication has no head that makes sense", e);
    }
  }

  /**
   * Decodes transient events.
   *
   * @throws CorruptRecordException when the JSON is corrupt
   */
  Transient decodeTransient() {
    return new Transient(RoomCodec.readEvents(RecordJson.read(json()).get("events")));
  }

  /**
   * Decodes a change.
   *
   * @throws CorruptRecordException when the JSON is corrupt
   */
  Committed decodeChange() {
    JsonNode node = RecordJson.read(json());
    MemberDelta members = members(node.path("left"), node.path("put"));
    ChatDelta chatDelta = PublishedChat.read(node);
    Room state = RoomCodec.readState(node.get("state"), Members.NONE, ChatLog.EMPTY);
    JsonNode entry = node.get("entry");
    UnaryOperator<EntryState> entryChange =
        entry == null ? UnaryOperator.identity() : RoomCodec.readEntryChange(entry);
    JsonNode queue = node.get("queue");
    QueueDelta queueDelta = queue == null ? QueueDelta.NONE : PublishedQueue.read(queue);
    RoomSecret secret = state.entry().secret();
    return new Committed(
        before,
        after,
        old ->
            QueueAssembly.withFilm(
                RoomCopies.withMembers(state, members.applyTo(old.members()))
                    .withChat(chatDelta == null ? old.chat() : chatDelta.applyTo(old.chat()))
                    .withEntry(withSecret(entryChange.apply(old.entry()), secret)),
                queueDelta.applyTo(old.queue())),
        RoomCodec.readEvents(node.get("events")));
  }

  /** Returns the JSON; an instance does not read that of its own messages. */
  private byte[] json() {
    return Arrays.copyOfRange(bytes, jsonStart, bytes.length);
  }

  /** An older server drops the secret: then every instance goes on with the derived one. */
  private static EntryState withSecret(EntryState entry, RoomSecret secret) {
    return entry.secret().equals(secret)
        ? entry
        : new EntryState(
            secret,
            entry.password(),
            entry.knocks(),
            entry.invitations(),
            entry.bans(),
            entry.exempt(),
            entry.muted(),
            entry.removed());
  }

  private static MemberDelta members(JsonNode removed, JsonNode upserted) {
    var removedIds = new ArrayList<UserId>();
    removed.forEach(user -> removedIds.add(RoomCodec.readUser(user)));
    var upsertedMembers = new ArrayList<Member>();
    upserted.forEach(member -> upsertedMembers.add(RoomCodec.readMember(member)));
    return new MemberDelta(removedIds, upsertedMembers);
  }
}
