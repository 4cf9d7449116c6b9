package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.queue.PlayedItem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Encodes and decodes the parts of queues, each as a record of its own. */
public final class QueueCodec {
  private QueueCodec() {}

  /** Encodes a part, without its key. */
  public static byte[] part(QueuePart part) {
    return RoomCodec.record(RoomCodec.QUEUE_VERSION, out -> write(out, part));
  }

  /** Writes the fields of a part into an open object. */
  static void write(JsonGenerator out, QueuePart part) {
    switch (part) {
      case QueuePart.Listed listed -> QueueJson.item(out, listed.item());
      case QueuePart.Cast cast -> QueueJson.ballot(out, cast);
      case QueuePart.Showing showing -> QueueJson.showing(out, showing);
      case QueuePart.Played played ->
          QueueJson.list(out, "items", played.items(), QueueJson::played);
      case QueuePart.Undo undo -> QueueJson.undo(out, undo.undo());
    }
  }

  /** Decodes a record of {@link #part}. */
  public static QueuePart readPart(QueueKey key, byte[] part) {
    return readPart(key, RecordJson.read(part));
  }

  /** Decodes a part within another record. */
  public static QueuePart readPart(QueueKey key, @Nullable JsonNode part) {
    return read(key, RoomCodec.versioned(part, key.storedName()));
  }

  /**
   * Reads the fields of a part.
   *
   * @throws CorruptRecordException when it is not the part of that key
   */
  static QueuePart read(QueueKey key, JsonCursor value) {
    QueuePart part =
        switch (key.kind()) {
          case ITEM -> new QueuePart.Listed(QueueJson.item(value));
          case BALLOT -> QueueJson.ballot(value);
          case SHOWING -> QueueJson.showing(value);
          case PLAYED -> new QueuePart.Played(QueueJson.list(value.at("items"), QueueJson::played));
          case UNDO -> new QueuePart.Undo(QueueJson.undo(value));
        };
    if (!part.key().equals(key)) {
      throw value.corrupt("of another key");
    }
    return part;
  }

  /** Encodes a played item. */
  public static byte[] played(PlayedItem item) {
    return RecordJson.write(out -> {
      out.writeStartObject();
      QueueJson.played(out, item);
      out.writeEndObject();
    });
  }

  /** Decodes played items within another record, as a list. */
  public static List<PlayedItem> readPlayed(@Nullable JsonNode items) {
    return JsonCursor.root(items, "played").each(QueueJson::played);
  }

  static QueueKey key(JsonCursor value) {
    QueueKey key = QueueKey.ofStoredName(value.asString());
    if (key == null) {
      throw value.corrupt("no key of a queue");
    }
    return key;
  }
}
