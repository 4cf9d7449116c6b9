package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.QueueUndo;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes the values of a queue, as fields of an open object. */
final class QueueJson {
  private static final EnumNames<QueueMode.Loop> LOOP =
      new EnumNames<>(
          QueueMode.Loop.values(),
          loop ->
              switch (loop) {
                case NONE -> "none";
                case ONE -> "one";
                case ALL -> "all";
              });

  private static final EnumNames<QueueMode.Order> ORDER =
      new EnumNames<>(
          QueueMode.Order.values(),
          order ->
              switch (order) {
                case MANUAL -> "manual";
                case VOTES -> "votes";
              });

  private static final QueueMode DEFAULT = QueueMode.DEFAULT;

  private QueueJson() {}

  static void item(JsonGenerator out, QueueItem item) {
    out.writeStringProperty("id", item.id().toString());
    TimelineCodec.media(out, "media", item.media());
    JsonFields.stringIfPresent(out, "title", item.title());
    JsonFields.trueOnly(out, "lookedUp", item.lookedUp());
    if (item.duration() != 0) {
      JsonFields.decimal(out, "duration", item.duration());
    }
    JsonFields.stringIfPresent(out, "poster", item.poster());
    JsonFields.user(out, "by", item.userId());
    out.writeStringProperty("name", item.userName().value());
    out.writeNumberProperty("at", item.addedAtMs());
    out.writeNumberProperty("rank", item.rank());
  }

  static QueueItem item(JsonCursor value) {
    return new QueueItem(
        value.at("id").uuid(),
        TimelineCodec.media(value.at("media")),
        value.at("title").orNull(JsonCursor::asString),
        value.at("lookedUp").isTrue(),
        value.at("duration").or(JsonCursor::asDouble, 0.0),
        value.at("poster").orNull(JsonCursor::asString),
        value.at("by").userId(),
        value.at("name").name(),
        value.at("at").asLong(),
        value.at("rank").asLong());
  }

  static void played(JsonGenerator out, PlayedItem played) {
    item(out, played.item());
    out.writeNumberProperty("endedAt", played.endedAtMs());
    JsonFields.trueOnly(out, "failed", played.failed());
    if (played.position() != 0) {
      JsonFields.decimal(out, "position", played.position());
    }
  }

  static PlayedItem played(JsonCursor value) {
    return new PlayedItem(
        item(value),
        value.at("endedAt").asLong(),
        value.at("failed").isTrue(),
        value.at("position").or(JsonCursor::asDouble, 0.0));
  }

  static void mode(JsonGenerator out, QueueMode mode) {
    if (mode.loop() != DEFAULT.loop()) {
      out.writeStringProperty("loop", LOOP.of(mode.loop()));
    }
    if (mode.autoplay() != DEFAULT.autoplay()) {
      out.writeBooleanProperty("autoplay", mode.autoplay());
    }
    if (mode.order() != DEFAULT.order()) {
      out.writeStringProperty("order", ORDER.of(mode.order()));
    }
  }

  static QueueMode mode(JsonCursor value) {
    return new QueueMode(
        value.at("loop").or(LOOP::read, DEFAULT.loop()),
        value.at("autoplay").or(JsonCursor::asBoolean, DEFAULT.autoplay()),
        value.at("order").or(ORDER::read, DEFAULT.order()));
  }

  static void showing(JsonGenerator out, QueuePart.Showing showing) {
    objectIfPresent(out, "current", showing.current(), QueueJson::item);
    JsonFields.trueOnly(out, "playedOn", showing.playedOn());
    mode(out, showing.mode());
  }

  static QueuePart.Showing showing(JsonCursor value) {
    return new QueuePart.Showing(
        value.at("current").orNull(QueueJson::item), value.at("playedOn").isTrue(), mode(value));
  }

  static void ballot(JsonGenerator out, QueuePart.Cast cast) {
    JsonFields.user(out, "user", cast.user());
    out.writeStringProperty("items", PackedIds.pack(cast.ballot().items()));
    JsonFields.trueOnly(out, "skip", cast.ballot().skip());
  }

  static QueuePart.Cast ballot(JsonCursor value) {
    JsonCursor items = value.at("items");
    String packed = items.asString();
    return new QueuePart.Cast(
        value.at("user").userId(),
        new Ballot(items.construct(() -> PackedIds.unpack(packed)), value.at("skip").isTrue()));
  }

  static void undo(JsonGenerator out, QueueUndo undo) {
    JsonFields.user(out, "by", undo.by());
    out.writeNumberProperty("until", undo.untilMs());
    ids(out, "drop", undo.drop());
    list(out, "restore", undo.restore(), QueueJson::rank);
    list(out, "putBack", undo.putBack(), QueueJson::item);
  }

  static QueueUndo undo(JsonCursor value) {
    UserId by = value.at("by").userId();
    return new QueueUndo(
        by,
        value.at("until").asLong(),
        ids(value.at("drop")),
        list(value.at("restore"), QueueJson::rank),
        list(value.at("putBack"), QueueJson::item));
  }

  static void rank(JsonGenerator out, ItemRank rank) {
    out.writeStringProperty("id", rank.itemId().toString());
    out.writeNumberProperty("rank", rank.rank());
  }

  static ItemRank rank(JsonCursor value) {
    return new ItemRank(value.at("id").uuid(), value.at("rank").asLong());
  }

  /** Writes a list of ids, unless it is empty. */
  static void ids(JsonGenerator out, String name, List<UUID> ids) {
    if (!ids.isEmpty()) {
      out.writeArrayPropertyStart(name);
      ids.forEach(id -> out.writeString(id.toString()));
      out.writeEndArray();
    }
  }

  static List<UUID> ids(JsonCursor list) {
    return list.or(ids -> ids.each(JsonCursor::uuid), List.of());
  }

  /** Writes a list of objects, unless it is empty. */
  static <T> void list(
      JsonGenerator out, String name, List<T> values, BiConsumer<JsonGenerator, T> fields) {
    if (!values.isEmpty()) {
      out.writeArrayPropertyStart(name);
      for (T value : values) {
        out.writeStartObject();
        fields.accept(out, value);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  static <T> List<T> list(JsonCursor list, Function<JsonCursor, T> reader) {
    return list.or(values -> values.each(reader), List.of());
  }

  /** Writes an object, unless it is null. */
  static <T> void objectIfPresent(
      JsonGenerator out, String name, @Nullable T value, BiConsumer<JsonGenerator, T> fields) {
    if (value != null) {
      out.writeObjectPropertyStart(name);
      fields.accept(out, value);
      out.writeEndObject();
    }
  }
}
