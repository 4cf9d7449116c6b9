package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand.QueueNext;
import dev.watchnchill.party.QueueCommand.QueuePlay;
import dev.watchnchill.party.QueueCommand.QueuePrevious;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetVideo;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitingRules;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which item is shown, and shows it (rules SV1, MD3, QU3, QU6, QU10). */
final class ShowRules {
  /** A film that was shown for less is begun again. */
  private static final double BEGUN_SECONDS = 30;

  /** The share of a film that is left when it counts as seen. */
  private static final double DONE_SHARE = 0.05;

  private final WaitingRules waiting;

  ShowRules(WaitingRules waiting) {
    this.waiting = waiting;
  }

  /** The reasons to go on to the next item. */
  enum Cause {
    /** The film has ended. */
    ENDED,
    /** No viewer's player can play the film. */
    FAILED,
    /** A host or the members want another one. */
    SKIPPED
  }

  /** Sets another film, paused at its beginning or at the start time of its link (rule MD3). */
  static Decision setVideo(Room room, Member host, SetVideo set, long nowMs) {
    var film = new NewItem(set.item(), set.media(), set.title());
    QueueItem item = ListRules.newItem(film, host, nowMs);
    Queue next = withPlayed(room, room.queue(), nowMs).withCurrent(item, false);
    var events = new ArrayList<RoomEvent>();
    return Decision.done(paused(room.changed(nowMs), next, host.id(), events, nowMs), events);
  }

  /** Shows an item of the list, a played one again, or the current one from its beginning. */
  Decision play(Room room, Audience audience, Member host, QueuePlay play, long nowMs) {
    Queue queue = room.queue();
    QueueItem listed = queue.find(play.item());
    QueueItem current = queue.current();
    Queue next;
    if (listed != null) {
      next = withPlayed(room, withoutItem(queue, listed), nowMs);
      next = next.withCurrent(listed, goesOn(room));
    } else if (current != null && current.id().equals(play.item())) {
      next = queue.withCurrent(current, goesOn(room));
    } else {
      PlayedItem played = queue.findPlayed(play.item());
      if (played == null) {
        return Decision.rejected(room, Rejection.ITEM_NOT_FOUND);
      }
      QueueItem again = played.item().again(play.again(), host.id(), host.name(), nowMs);
      next = withPlayed(room, queue, nowMs).withCurrent(again, goesOn(room));
    }
    var events = new ArrayList<RoomEvent>();
    return Decision.done(
        show(room.changed(nowMs), audience, next, play.from(), host.id(), events, nowMs), events);
  }

  /** Shows the next item. */
  Decision next(Room room, Audience audience, QueueNext command, long nowMs) {
    Queue next = following(room, Cause.SKIPPED, nowMs);
    return next == null
        ? Decision.rejected(room, Rejection.QUEUE_EMPTY)
        : shown(room, audience, next, command.actor(), nowMs);
  }

  /** Shows the newest played item; the current one goes to the front of the list. */
  Decision previous(Room room, Audience audience, QueuePrevious command, long nowMs) {
    Queue queue = room.queue();
    if (queue.played().isEmpty()) {
      return Decision.rejected(room, Rejection.QUEUE_EMPTY);
    }
    QueueItem back = queue.played().getLast().item();
    // With loop `all` it is in the list as well.
    List<QueueItem> items = ListRules.without(queue.items(), back.id());
    QueueItem current = queue.current();
    if (current != null && !current.id().equals(back.id())) {
      items = Ranks.insert(items, 0, List.of(current));
    }
    if (items.size() > Queue.ITEMS_MAX) {
      return Decision.rejected(room, Rejection.QUEUE_FULL);
    }
    List<PlayedItem> played = queue.played().subList(0, queue.played().size() - 1);
    Queue next = queue.withItems(items).withPlayed(played).withCurrent(back, goesOn(room));
    return shown(room, audience, next, command.actor(), nowMs);
  }

  /**
   * Returns the queue with the next item as its current one, or null when there is none. No loop
   * repeats a film that could not be played.
   */
  static @Nullable Queue following(Room room, Cause cause, long nowMs) {
    Queue queue = room.queue();
    QueueItem current = queue.current();
    if (current != null && cause == Cause.ENDED && queue.mode().loop() == Loop.ONE) {
      return queue.withCurrent(current, true);
    }
    boolean repeats = cause != Cause.FAILED && queue.mode().loop() == Loop.ALL;
    QueueItem item = first(queue);
    if (item == null) {
      return current != null && repeats ? queue.withCurrent(current, goesOn(room)) : null;
    }
    Queue next = withoutItem(queue, item);
    if (current != null && repeats) {
      next = next.withItems(Ranks.insert(next.items(), next.items().size(), List.of(current)));
    }
    double position = cause == Cause.SKIPPED ? leftAt(room, nowMs) : 0;
    return withPlayed(next, nowMs, cause == Cause.FAILED, position).withCurrent(item, goesOn(room));
  }

  /** Returns the next item by the order of play, or null. */
  private static @Nullable QueueItem first(Queue queue) {
    QueueItem first = null;
    for (QueueItem item : queue.items()) {
      if (first == null) {
        first = item;
        if (queue.mode().order() == Order.MANUAL) {
          return first;
        }
      } else if (queue.votes().count(item.id()) > queue.votes().count(first.id())) {
        first = item;
      }
    }
    return first;
  }

  private static Queue withoutItem(Queue queue, QueueItem item) {
    return queue.withItems(ListRules.without(queue.items(), item.id()));
  }

  /** Returns a queue whose current item, which is left where it is, is among the played ones. */
  private static Queue withPlayed(Room room, Queue queue, long nowMs) {
    return withPlayed(queue, nowMs, false, leftAt(room, nowMs));
  }

  /** Returns where a film is left, or 0 when nobody would go on with it (rule QU15). */
  private static double leftAt(Room room, long nowMs) {
    Timeline timeline = room.timeline();
    double position = timeline.targetAt(nowMs);
    double left = timeline.duration() - position;
    boolean isDone = timeline.duration() > 0 && left < DONE_SHARE * timeline.duration();
    return timeline.liveDelayMs() != null || position < BEGUN_SECONDS || isDone ? 0 : position;
  }

  private static Queue withPlayed(Queue queue, long nowMs, boolean failed, double position) {
    QueueItem current = queue.current();
    if (current == null) {
      return queue;
    }
    var played = new ArrayList<>(queue.played());
    played.add(new PlayedItem(current, nowMs, failed, position));
    int from = Math.max(0, played.size() - Queue.PLAYED_MAX);
    return queue.withPlayed(played.subList(from, played.size()));
  }

  /** Returns whether another film goes on where this one plays, or is about to. */
  private static boolean goesOn(Room room) {
    return room.timeline().goesOn();
  }

  private Decision shown(
      Room room, Audience audience, Queue next, @Nullable UserId by, long nowMs) {
    var events = new ArrayList<RoomEvent>();
    return Decision.done(show(room.changed(nowMs), audience, next, by, events, nowMs), events);
  }

  /**
   * Shows the current item of a queue, within a change that has its number already. A film that
   * follows one that plays goes on when the players are ready (rule QU10).
   */
  Room show(
      Room room,
      Audience audience,
      Queue next,
      @Nullable UserId by,
      List<RoomEvent> events,
      long nowMs) {
    return show(room, audience, next, 0, by, events, nowMs);
  }

  private Room show(
      Room room,
      Audience audience,
      Queue next,
      double from,
      @Nullable UserId by,
      List<RoomEvent> events,
      long nowMs) {
    Timeline first = firstFrame(room, next, from, by, nowMs);
    if (!goesOn(room)) {
      return put(room, next, first, Reason.VIDEO, by, events);
    }
    var barrier = waiting.nextBarrier(room, audience, room.seq(), nowMs);
    Timeline timeline =
        barrier == null
            ? first.play(
                room.seq(), first.position(), nowMs, waiting.startMs(room, audience, nowMs), by)
            : first.prepare(
                barrier, first.position(), nowMs, WaitingRules.stallCooldownMs(room), by);
    return put(room, next, timeline, Reason.NEXT, by, events);
  }

  /** Shows the current item of a queue, paused, within a change that has its number already. */
  static Room paused(
      Room room, Queue next, @Nullable UserId by, List<RoomEvent> events, long nowMs) {
    return put(room, next, firstFrame(room, next, 0, by, nowMs), Reason.VIDEO, by, events);
  }

  private static Timeline firstFrame(
      Room room, Queue next, double from, @Nullable UserId by, long nowMs) {
    QueueItem item = current(next);
    Timeline old = room.timeline();
    double start = from > 0 ? from : item.media().startSeconds();
    Timeline timeline = old.next(room.seq(), start, nowMs, by);
    QueueItem before = room.queue().current();
    return before != null && before.id().equals(item.id()) && old.duration() > 0
        ? timeline.withDuration(room.seq(), old.duration(), by)
        : timeline;
  }

  private static Room put(
      Room room,
      Queue next,
      Timeline timeline,
      Reason reason,
      @Nullable UserId by,
      List<RoomEvent> events) {
    QueueItem item = current(next);
    events.add(new RoomEvent.VideoSet(room.seq(), item.media(), item.userId()));
    events.add(new RoomEvent.TimelineChanged(room.seq(), timeline, reason));
    return QueueDiff.put(room.withMedia(item.media(), timeline), next, by, events);
  }

  private static QueueItem current(Queue queue) {
    QueueItem current = queue.current();
    if (current == null) {
      throw new IllegalArgumentException("a queue without a current item shows nothing");
    }
    return current;
  }

  /** Stops the film at its end, within a change that has its number already (rules QU7, QU8). */
  static Room stop(Room room, double position, List<RoomEvent> events, long nowMs) {
    Timeline timeline = room.timeline().pause(room.seq(), position, nowMs, null);
    events.add(new RoomEvent.TimelineChanged(room.seq(), timeline, Reason.ENDED));
    Queue queue = room.queue();
    return QueueDiff.put(
        room.withTimeline(timeline), queue.withVotes(queue.votes().withoutSkips()), null, events);
  }
}
