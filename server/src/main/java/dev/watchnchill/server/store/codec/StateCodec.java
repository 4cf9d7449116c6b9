package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.voice.VoiceGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Encodes and decodes a room without its members, its chat, its queue and its entry state, of which
 * only the secret is here.
 */
final class StateCodec {
  private StateCodec() {}

  /** Returns the oldest version that can read the state of a room, and does what it says. */
  static int version(Room room) {
    if (hasQueue(room)) {
      return RoomCodec.QUEUE_VERSION;
    }
    boolean open =
        room.settings().equals(RoomSettings.DEFAULT)
            && room.entry().isPlain()
            && room.creator() != null;
    return open ? RoomCodec.OPEN_VERSION : RoomCodec.ENTRY_VERSION;
  }

  /**
   * Returns whether an older server would not do what the queue says. Without the current item and
   * the played ones it does what the room is for.
   */
  private static boolean hasQueue(Room room) {
    Queue queue = room.queue();
    ReadyBarrier barrier = room.timeline().barrier();
    return !queue.items().isEmpty()
        || !queue.mode().equals(QueueMode.DEFAULT)
        || !queue.votes().isEmpty()
        || (barrier != null && barrier.reason() == ReadyBarrier.Reason.NEXT);
  }

  /** Writes the fields of the state into an open object. */
  static void state(JsonGenerator out, Room room) {
    out.writeStringProperty("id", room.id().value());
    out.writeNumberProperty("epoch", room.epoch());
    out.writeNumberProperty("seq", room.seq());
    if (room.creator() != null) {
      out.writeStringProperty("creator", room.creator().value());
    }
    JsonFields.hashIfPresent(out, "hostToken", room.hostToken());
    JsonFields.user(out, "hostId", room.hostId());
    out.writeStringProperty("hostName", room.hostName().value());
    Media media = room.media();
    if (media != null) {
      TimelineCodec.media(out, "media", media);
    }
    TimelineCodec.timeline(out, "timeline", room.timeline());
    TimelineCodec.waiting(out, "waiting", room.waiting());
    out.writeNumberProperty("createdAt", room.createdAtMs());
    out.writeNumberProperty("lastWrite", room.lastWriteMs());
    JsonFields.integerIfPresent(out, "emptySince", room.emptySinceMs());
    JsonFields.integerIfPresent(out, "hostlessSince", room.hostlessSinceMs());
    JsonFields.trueOnly(out, "closed", room.closed());
    JsonFields.keyedHash(out, "secret", room.entry().secret().key());
    if (!room.settings().equals(RoomSettings.DEFAULT)) {
      SettingsCodec.settings(out, "settings", room.settings());
    }
    Jump jump = room.jump();
    if (jump != null) {
      TimelineCodec.jump(out, "jump", jump);
    }
    if (!room.subtitles().isEmpty()) {
      SubtitleCodec.tracks(out, "subtitles", room.subtitles());
    }
    if (!room.voice().isEmpty()) {
      VoiceCodec.group(out, "voice", room.voice());
    }
  }

  /** Reads the state of a room, with an empty queue and nothing but the secret of its entry. */
  static Room state(JsonCursor value, Members members, ChatLog chat) {
    String id = value.at("id").asString();
    SecretHash hostToken = value.at("hostToken").orNull(JsonCursor::hash);
    return new Room(
        value.at("id").construct(() -> new RoomId(id)),
        value.at("epoch").asLong(),
        value.at("seq").asLong(),
        value.at("creator").orNull(JsonCursor::name),
        hostToken,
        value.at("hostId").userId(),
        value.at("hostName").name(),
        members,
        value.at("media").orNull(TimelineCodec::media),
        TimelineCodec.timeline(value.at("timeline")),
        TimelineCodec.waiting(value.at("waiting")),
        chat,
        value.at("createdAt").asLong(),
        value.at("lastWrite").asLong(),
        value.at("emptySince").orNull(JsonCursor::asLong),
        value.at("hostlessSince").orNull(JsonCursor::asLong),
        value.at("closed").isTrue(),
        value.at("settings").or(SettingsCodec::settings, RoomSettings.DEFAULT),
        EntryState.of(secret(value, hostToken), null),
        value.at("jump").orNull(TimelineCodec::jump),
        Queue.EMPTY,
        value.at("subtitles").or(SubtitleCodec::tracks, List.of()),
        value.at("voice").or(VoiceCodec::group, VoiceGroup.NONE));
  }

  /** Reads the secret; an older server writes none, and a host token. */
  private static RoomSecret secret(JsonCursor value, @Nullable SecretHash hostToken) {
    JsonCursor secret = value.at("secret");
    RoomSecret stored = secret.orNull(key -> new RoomSecret(key.keyedHash()));
    if (stored != null) {
      return stored;
    }
    if (hostToken == null) {
      throw secret.corrupt("missing, and so is the host token");
    }
    return RoomSecret.derivedFrom(hostToken);
  }
}
