package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.QueueChange.Description;
import dev.watchnchill.party.queue.SkipVotes;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes the change of a queue within an event, as the parts that have changed. */
final class QueueChangeCodec {
  private QueueChangeCodec() {}

  /** Writes the fields of a change into an open object. */
  static void change(JsonGenerator out, QueueChange change) {
    QueueJson.list(out, "added", change.added(), QueueJson::item);
    QueueJson.ids(out, "removed", change.removed());
    QueueJson.list(out, "moved", change.moved(), QueueJson::rank);
    QueueJson.list(out, "described", change.described(), QueueChangeCodec::description);
    QueueJson.objectIfPresent(out, "shown", change.shown(), QueueJson::item);
    QueueJson.objectIfPresent(out, "played", change.played(), QueueJson::played);
    if (change.unplayed() != null) {
      out.writeStringProperty("unplayed", change.unplayed().toString());
    }
    QueueJson.objectIfPresent(out, "mode", change.mode(), QueueJson::mode);
    QueueJson.list(out, "votes", change.votes(), QueueChangeCodec::votes);
    QueueJson.objectIfPresent(out, "skip", change.skip(), QueueChangeCodec::skip);
    JsonFields.integerIfPresent(out, "undoUntil", change.undoUntilMs());
  }

  static QueueChange change(JsonCursor value) {
    return new QueueChange(
        QueueJson.list(value.at("added"), QueueJson::item),
        QueueJson.ids(value.at("removed")),
        QueueJson.list(value.at("moved"), QueueJson::rank),
        QueueJson.list(value.at("described"), QueueChangeCodec::description),
        value.at("shown").orNull(QueueJson::item),
        value.at("played").orNull(QueueJson::played),
        value.at("unplayed").orNull(JsonCursor::uuid),
        value.at("mode").orNull(QueueJson::mode),
        QueueJson.list(value.at("votes"), QueueChangeCodec::votes),
        value.at("skip").orNull(QueueChangeCodec::skip),
        value.at("undoUntil").orNull(JsonCursor::asLong));
  }

  private static void description(JsonGenerator out, Description description) {
    out.writeStringProperty("id", description.itemId().toString());
    JsonFields.stringIfPresent(out, "title", description.title());
    JsonFields.decimalIfPresent(out, "duration", description.duration());
    JsonFields.stringIfPresent(out, "poster", description.poster());
  }

  private static Description description(JsonCursor value) {
    return new Description(
        value.at("id").uuid(),
        value.at("title").orNull(JsonCursor::asString),
        value.at("duration").orNull(JsonCursor::asDouble),
        value.at("poster").orNull(JsonCursor::asString));
  }

  private static void votes(JsonGenerator out, ItemVotes votes) {
    out.writeStringProperty("id", votes.itemId().toString());
    out.writeNumberProperty("votes", votes.votes());
  }

  private static ItemVotes votes(JsonCursor value) {
    return new ItemVotes(value.at("id").uuid(), value.at("votes").asInt());
  }

  private static void skip(JsonGenerator out, SkipVotes skip) {
    out.writeNumberProperty("votes", skip.votes());
    out.writeNumberProperty("needed", skip.needed());
  }

  private static SkipVotes skip(JsonCursor value) {
    return new SkipVotes(value.at("votes").asInt(), value.at("needed").asInt());
  }
}
