package dev.watchnchill.party.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room of Hana whose items have short names, which their ids and links are made of. Hana, Ben and
 * Cleo have clients that can resume.
 */
final class QueueRoom {
  final RoomFixture room;
  private int again;

  private QueueRoom(RoomFixture room) {
    this.room = room;
  }

  /** Returns a room of Hana alone, without a film. */
  static QueueRoom empty() {
    return new QueueRoom(RoomFixture.room(Limits.DEFAULT));
  }

  /** Returns a room of Hana, Ben and Cleo that shows film X, paused, with the given list. */
  static QueueRoom showing(String... names) {
    QueueRoom made = empty();
    made.room.resumable("Ben").resumable("Cleo");
    made.add("Hana", "X");
    if (names.length > 0) {
      made.add("Hana", names);
    }
    return made;
  }

  static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  static Media film(String name) {
    return RoomFixture.film("https://films.example/" + name + ".mp4");
  }

  /** Lets every member change the list. */
  QueueRoom open() {
    return with(null, Who.EVERYONE);
  }

  /** Sets the share of the votes that skips. */
  QueueRoom skipShare(double share) {
    return with(share, null);
  }

  private QueueRoom with(@Nullable Double share, @Nullable Who who) {
    room.withSettings(
        new RoomSettings.Change(null, false, null, who, null, null, null, null, share));
    return this;
  }

  Decision add(String by, String... names) {
    return add(by, Place.END, names);
  }

  Decision add(String by, Place place, String... names) {
    var films = new ArrayList<NewItem>();
    for (String name : names) {
      films.add(new NewItem(id(name), film(name), null));
    }
    return room.act(new QueueCommand.QueueAdd(room.id(by), films, place));
  }

  Decision remove(String by, String name) {
    return room.act(new QueueCommand.QueueRemove(room.id(by), id(name)));
  }

  Decision move(String by, String name, @Nullable String before) {
    return room.act(
        new QueueCommand.QueueMove(room.id(by), id(name), before == null ? null : id(before)));
  }

  Decision play(String by, String name) {
    return play(by, name, 0);
  }

  Decision play(String by, String name, double from) {
    return room.act(
        new QueueCommand.QueuePlay(room.id(by), id(name), id("again " + ++again), from));
  }

  Decision next() {
    return room.act(new QueueCommand.QueueNext(room.id("Hana")));
  }

  Decision previous() {
    return room.act(new QueueCommand.QueuePrevious(room.id("Hana")));
  }

  Decision shuffle(long seed) {
    return room.act(new QueueCommand.QueueShuffle(room.id("Hana"), seed));
  }

  Decision clear() {
    return room.act(new QueueCommand.QueueClear(room.id("Hana")));
  }

  Decision undo(String by) {
    return room.act(new QueueCommand.UndoQueueChange(room.id(by)));
  }

  Decision mode(@Nullable Loop loop, @Nullable Boolean autoplay, @Nullable Order order) {
    return room.act(new QueueCommand.SetQueueMode(room.id("Hana"), loop, autoplay, order));
  }

  Decision vote(String by, String name, boolean on) {
    return room.act(new QueueCommand.VoteItem(room.id(by), id(name), on));
  }

  Decision skip(String by, boolean on) {
    return room.act(new QueueCommand.VoteSkip(room.id(by), on));
  }

  /** A member's player reports its state, and the length of the film when that is above 0. */
  Decision report(String by, ViewerReport.State state, double duration) {
    return report(by, state, duration, room.timeline().item());
  }

  /** A member's player reports on a film, or on none that it names. */
  Decision report(String by, ViewerReport.State state, double duration, @Nullable Integer item) {
    Double length = duration > 0 ? (Double) duration : null;
    return room.act(
        new RoomCommand.Report(
            room.id(by),
            new ViewerReport(null, null, null, null, null, null, state, null, length, item)));
  }

  /** Hana plays from there, as a base client does: at once. */
  QueueRoom playing(double from, double duration) {
    room.playingFrom(from);
    if (duration > 0) {
      room.withDuration(duration);
    }
    return this;
  }

  /** Reports all players as ready, so that a film that waits for them starts. */
  QueueRoom allReady() {
    for (String name : room.names()) {
      room.ready(name);
    }
    room.tick();
    return this;
  }

  Queue queue() {
    return room.state().queue();
  }

  /** Returns the names of the items in the list. */
  List<String> list() {
    return queue().items().stream().map(QueueRoom::name).toList();
  }

  /** Returns the name of the current item. */
  String current() {
    return name(currentItem());
  }

  QueueItem currentItem() {
    QueueItem current = queue().current();
    if (current == null) {
      throw new AssertionError("nothing is shown");
    }
    return current;
  }

  /** Returns the names of the played items, newest last. */
  List<String> played() {
    return queue().played().stream().map(one -> name(one.item())).toList();
  }

  static String name(QueueItem item) {
    String url = item.media().url();
    return url.substring(url.lastIndexOf('/') + 1, url.lastIndexOf('.'));
  }

  /** Returns the only change of the queue in a decision. */
  static QueueChange change(Decision decision) {
    List<QueueChange> changes =
        decision.events().stream()
            .filter(RoomEvent.QueueChanged.class::isInstance)
            .map(event -> ((RoomEvent.QueueChanged) event).change())
            .toList();
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  /** Returns the only change of the timeline in a decision. */
  static RoomEvent.TimelineChanged moved(Decision decision) {
    List<RoomEvent.TimelineChanged> moves =
        decision.events().stream()
            .filter(RoomEvent.TimelineChanged.class::isInstance)
            .map(RoomEvent.TimelineChanged.class::cast)
            .toList();
    assertThat(moves).hasSize(1);
    return moves.getFirst();
  }

  /** Advances to just before a time, at which nothing is due, and then to it. */
  static Decision at(QueueRoom room, long ms) {
    assertThat(room.room.deadline()).isEqualTo(room.room.now() + ms);
    assertThat(room.room.later(ms - 1).tick().events()).isEmpty();
    return room.room.later(1).tick();
  }

  /** Asserts that the film X stays, however much time passes. */
  static void nothingEnds(QueueRoom room) {
    int item = room.room.timeline().item();
    room.room.later(1_000_000).tick();
    assertThat(room.room.timeline().item()).isEqualTo(item);
    assertThat(room.current()).isEqualTo("X");
  }
}
