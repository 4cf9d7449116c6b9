package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.server.store.PlayedDelta;
import dev.watchnchill.server.store.QueueDelta;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.QueueCodec;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The difference of two queues as JSON: {@code left} with the stored names of removed parts, {@code
 * put} with the other parts by their stored names, {@code skipsEnd} when it is true, and {@code
 * played} with {@code drop}, {@code keep} and {@code added} when that differs.
 */
final class PublishedQueue {
  private PublishedQueue() {}

  /** Writes a difference as an object. */
  static void write(ByteArrayOutputStream out, QueueDelta delta) {
    MessageJson.text(out, "{\"left\":");
    MessageJson.names(out, delta.removed().stream().map(QueueKey::storedName).toList());
    MessageJson.text(out, ",\"put\":{");
    String separator = "";
    for (QueuePart part : delta.put()) {
      String name = separator + '"' + part.key().storedName() + "\":";
      MessageJson.field(out, name, QueueCodec.part(part));
      separator = ",";
    }
    MessageJson.text(out, delta.skipsEnded() ? "},\"skipsEnd\":true" : "}");
    PlayedDelta played = delta.played();
    if (played != null) {
      String begin = ",\"played\":{\"drop\":" + played.drop() + ",\"keep\":" + played.keep();
      MessageJson.text(out, begin + ",\"added\":");
      MessageJson.array(out, played.added().stream().map(QueueCodec::played).toList());
      MessageJson.text(out, "}");
    }
    MessageJson.text(out, "}");
  }

  /**
   * Reads a difference.
   *
   * @throws CorruptRecordException when it is corrupt
   */
  static QueueDelta read(JsonNode delta) {
    var removed = new ArrayList<QueueKey>();
    delta.path("left").forEach(name -> removed.add(key(name.asString(""))));
    var put = new ArrayList<QueuePart>();
    for (Map.Entry<String, JsonNode> part : delta.path("put").properties()) {
      put.add(QueueCodec.readPart(key(part.getKey()), part.getValue()));
    }
    JsonNode played = delta.get("played");
    return new QueueDelta(
        removed,
        put,
        delta.path("skipsEnd").asBoolean(false),
        played == null ? null : played(played));
  }

  private static QueueKey key(String storedName) {
    QueueKey key = QueueKey.ofStoredName(storedName);
    if (key == null) {
      throw new CorruptRecordException("a change of a queue has an unknown part");
    }
    return key;
  }

  private static PlayedDelta played(JsonNode played) {
    List<PlayedItem> added = QueueCodec.readPlayed(played.get("added"));
    return new PlayedDelta(
        Math.max(0, played.path("drop").asInt(0)),
        Math.max(0, played.path("keep").asInt(0)),
        added);
  }
}
