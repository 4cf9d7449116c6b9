package dev.watchnchill.server.wire;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.server.wire.ClientRequest.CommandFactory;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads the requests about the queue (rules QU1 to QU13, FR14). */
final class QueueRequestReader {
  /** Most items of one page of the list. */
  private static final int PAGE_MAX = 100;

  private QueueRequestReader() {}

  static ClientRequest add(FieldReader in) {
    RoomId room = in.roomId();
    boolean many = in.has("videoUrls");
    in.check(!many || !in.has("videoUrl"), "Only one of videoUrl and videoUrls can be there");
    List<Media> links = many ? in.medias("videoUrls", Queue.ADDED_MAX) : List.of(in.media());
    Place place = Objects.requireNonNullElse(in.optionalOneOf("place", Place.class), Place.END);
    String title = many ? null : in.optionalFilmTitle(QueueItem.TITLE_MAX);
    return new ClientRequest.QueueAdd(
        room, links.stream().map(link -> new ClientRequest.NewFilm(link, title)).toList(), place);
  }

  static CommandFactory remove(FieldReader in) {
    UUID item = in.uuid("itemId");
    return (actor, _, _) -> new QueueCommand.QueueRemove(actor, item);
  }

  static CommandFactory move(FieldReader in) {
    UUID item = in.uuid("itemId");
    UUID before = in.isNull("beforeId") ? null : in.uuid("beforeId");
    return (actor, _, _) -> new QueueCommand.QueueMove(actor, item, before);
  }

  static CommandFactory play(FieldReader in) {
    UUID item = in.uuid("itemId");
    double from = in.has("from") ? in.notNegative("from") : 0;
    return (actor, _, ids) -> new QueueCommand.QueuePlay(actor, item, ids.get(), from);
  }

  static CommandFactory next() {
    return (actor, _, _) -> new QueueCommand.QueueNext(actor);
  }

  static CommandFactory previous() {
    return (actor, _, _) -> new QueueCommand.QueuePrevious(actor);
  }

  static CommandFactory shuffle() {
    // The lower half of a random UUID has 62 random bits.
    return (actor, _, ids) ->
        new QueueCommand.QueueShuffle(actor, ids.get().getLeastSignificantBits());
  }

  static CommandFactory clear() {
    return (actor, _, _) -> new QueueCommand.QueueClear(actor);
  }

  static CommandFactory undo() {
    return (actor, _, _) -> new QueueCommand.UndoQueueChange(actor);
  }

  static CommandFactory setMode(FieldReader in) {
    QueueMode.Loop loop = in.optionalOneOf("loop", QueueMode.Loop.class);
    Boolean autoplay = in.optionalBool("autoplay");
    QueueMode.Order order = in.optionalOneOf("order", QueueMode.Order.class);
    return (actor, _, _) -> new QueueCommand.SetQueueMode(actor, loop, autoplay, order);
  }

  static CommandFactory voteItem(FieldReader in) {
    UUID item = in.uuid("itemId");
    boolean on = in.bool("on");
    return (actor, _, _) -> new QueueCommand.VoteItem(actor, item, on);
  }

  static CommandFactory voteSkip(FieldReader in) {
    boolean on = in.bool("on");
    return (actor, _, _) -> new QueueCommand.VoteSkip(actor, on);
  }

  static CommandFactory describe(FieldReader in) {
    UUID item = in.uuid("itemId");
    String title = in.optionalFilmTitle(QueueItem.TITLE_MAX);
    Double duration = in.optionalPositive("duration");
    return (actor, _, _) -> new QueueCommand.DescribeItem(actor, item, title, duration);
  }

  static ClientRequest page(FieldReader in) {
    return new ClientRequest.GetQueue(
        in.roomId(),
        in.optionalUuid("after"),
        Objects.requireNonNullElse(in.optionalInt("limit", 1, PAGE_MAX), PAGE_MAX));
  }
}
