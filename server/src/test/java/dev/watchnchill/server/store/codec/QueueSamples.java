package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.QueueUndo;
import dev.watchnchill.party.queue.Votes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rooms with queues, for tests of what stores them. */
public final class QueueSamples {
  private static final long START_MS = 1_700_000_000_000L;
  private static final DisplayName ADDER = new DisplayName("Größe 漢字");
  private static final QueueMode MODE =
      new QueueMode(QueueMode.Loop.ALL, false, QueueMode.Order.VOTES);

  private QueueSamples() {}

  /** Returns an item with every detail. */
  public static QueueItem item(int number) {
    return item(
        new UUID(0x4000_0000_0000_4000L, number), number, "Film \"" + number + "\" \uD83C\uDF7F");
  }

  private static QueueItem item(UUID id, long rank, @Nullable String title) {
    return new QueueItem(
        id,
        new Media("https://films.example/" + id + ".mp4", VideoKind.VIDEO),
        title,
        title != null,
        title == null ? 0 : 0.1 + 0.2,
        title == null ? null : "https://films.example/" + id + ".jpg",
        new UserId(new UUID(7, 7)),
        ADDER,
        START_MS,
        rank << 20);
  }

  /** Returns the next revision of a room, with something of every part of a queue. */
  public static Room queued(Room room) {
    return large(room, 0, 3);
  }

  /**
   * Returns the next revision of a room, with more members, of which each votes for two items and
   * every second one to skip the current one.
   */
  public static Room large(Room room, int members, int items) {
    var everyone = new ArrayList<Member>(room.members().list());
    for (int i = 0; i < members; i++) {
      var id = new UserId(new UUID(0x4000_0000_0000_4001L, i));
      everyone.add(new Member(id, new DisplayName("P" + i), false, START_MS, null, null, null));
    }
    var list = new ArrayList<QueueItem>();
    for (int i = 0; i < items; i++) {
      list.add(item(i));
    }
    var ballots = new HashMap<UserId, Ballot>();
    for (Member member : everyone) {
      int at = ballots.size();
      var votes = new HashSet<UUID>();
      votes.add(list.get(at % items).id());
      votes.add(list.getFirst().id());
      ballots.put(member.id(), new Ballot(votes, at % 2 == 0));
    }
    QueueItem current = item(1_000);
    var undo =
        new QueueUndo(
            everyone.getFirst().id(),
            START_MS + 30_000,
            List.of(list.getFirst().id()),
            List.of(new ItemRank(list.getLast().id(), -5)),
            List.of(item(1_001)));
    var queue =
        new Queue(
            list,
            current,
            true,
            List.of(
                new PlayedItem(item(1_002), START_MS, true),
                new PlayedItem(item(1_003), START_MS + 1, false)),
            MODE,
            Votes.of(ballots),
            undo);
    long now = room.lastWriteMs();
    return shown(room.changed(now).withMembers(Members.of(everyone), now), queue);
  }

  /** Returns a queue with other votes. */
  public static Queue withVotes(Queue queue, Votes votes) {
    return new Queue(
        queue.items(),
        queue.current(),
        queue.playedOn(),
        queue.played(),
        queue.mode(),
        votes,
        queue.undo());
  }

  /** Returns a room that shows the current item of a queue. */
  public static Room shown(Room room, Queue queue) {
    QueueItem current = queue.current();
    return room.withMedia(current == null ? null : current.media(), room.timeline())
        .withQueue(queue);
  }

  /** Returns the next revision of a room, in whose queue something has changed. */
  public static Room changed(Room before, Random random, int step) {
    var change = new Change(before, random, step);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      change.next();
    }
    Room next = before.changed(before.lastWriteMs() + 1);
    return shown(next.withMembers(change.members, next.lastWriteMs()), change.queue());
  }

  /** A random change of a queue that keeps what holds for every queue. */
  private static final class Change {
    private final Random random;
    private final int step;
    private Members members;
    private List<QueueItem> items;
    private @Nullable QueueItem current;
    private boolean playedOn;
    private final List<PlayedItem> played;
    private QueueMode mode;
    private final Map<UserId, Ballot> ballots;
    private @Nullable QueueUndo undo;
    private int made;

    Change(Room room, Random random, int step) {
      this.random = random;
      this.step = step;
      Queue queue = room.queue();
      members = room.members();
      items = new ArrayList<>(queue.items());
      current = queue.current();
      playedOn = queue.playedOn();
      played = new ArrayList<>(queue.played());
      mode = queue.mode();
      ballots = queue.votes().ballots();
      undo = queue.undo();
    }

    void next() {
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> add();
        case 3 -> items.removeIf(_ -> random.nextInt(4) == 0);
        case 4 -> rerank();
        case 5 -> items.replaceAll(item -> random.nextInt(4) == 0 ? renamed(item) : item);
        case 6, 7 -> show();
        case 8 -> back();
        case 9, 10, 11, 12 -> vote();
        case 13 -> mode = random.nextBoolean() ? MODE : QueueMode.DEFAULT;
        case 14 -> undo = random.nextBoolean() ? null : undo();
        default -> joinOrLeave();
      }
    }

    private void add() {
      for (int i = random.nextInt(3); i >= 0; i--) {
        var id = new UUID(0x4000_0000_0000_4002L + step, made++);
        items.add(
            item(id, random.nextLong(1L << 30), random.nextBoolean() ? null : "Film " + made));
      }
    }

    private void rerank() {
      Collections.shuffle(items, random);
      var next = new ArrayList<QueueItem>();
      for (QueueItem item : items) {
        next.add(
            new QueueItem(
                item.id(),
                item.media(),
                item.title(),
                item.lookedUp(),
                item.duration(),
                item.poster(),
                item.userId(),
                item.userName(),
                item.addedAtMs(),
                next.size()));
      }
      items = next;
    }

    private static QueueItem renamed(QueueItem item) {
      return item(item.id(), item.rank() >> 20, item.title() == null ? "Renamed" : null);
    }

    private void show() {
      if (current != null) {
        played.add(
            new PlayedItem(
                current, START_MS + step, random.nextBoolean(), random.nextInt(2) * 99.5));
        if (random.nextBoolean()) {
          items.add(current); // with a loop it is in the list as well
        }
      }
      current = items.isEmpty() ? item(step) : items.removeFirst();
      UUID shown = current.id();
      items.removeIf(item -> item.id().equals(shown));
      playedOn = random.nextBoolean();
      if (played.size() > 5) {
        played.removeFirst();
      }
      ballots.replaceAll((_, ballot) -> new Ballot(ballot.items(), false));
    }

    private void back() {
      if (!played.isEmpty()) {
        QueueItem last = played.removeLast().item();
        items.removeIf(item -> item.id().equals(last.id()));
        if (current != null && !current.id().equals(last.id())) {
          items.addFirst(current);
        }
        current = last;
      }
    }

    private void vote() {
      if (!members.isEmpty()) {
        UserId user = pick(members.list()).id();
        var votes = new HashSet<UUID>();
        for (int i = random.nextInt(3); i > 0 && !items.isEmpty(); i--) {
          votes.add(pick(items).id());
        }
        ballots.put(user, new Ballot(votes, random.nextBoolean()));
      }
    }

    private QueueUndo undo() {
      return new QueueUndo(
          new UserId(new UUID(3, 3)),
          START_MS + step,
          List.of(new UUID(1, 1)),
          random.nextBoolean() ? List.of() : List.of(new ItemRank(new UUID(2, 2), -1)),
          random.nextBoolean() ? List.of() : List.of(item(9)));
    }

    private void joinOrLeave() {
      if (members.size() > 1 && random.nextBoolean()) {
        UserId user = members.list().getLast().id();
        members = members.minus(user);
        ballots.remove(user);
      } else {
        var id = new UserId(new UUID(0x4000_0000_0000_4003L + step, made++));
        var name = new DisplayName("P" + step + "-" + made);
        members = members.plus(new Member(id, name, false, START_MS, null, null, null));
      }
    }

    private <T> T pick(List<T> options) {
      return options.get(random.nextInt(options.size()));
    }

    Queue queue() {
      var listed = new HashSet<UUID>();
      var list = new ArrayList<QueueItem>();
      var ranks = new HashSet<Long>();
      for (QueueItem item : items) {
        if (listed.add(item.id()) && ranks.add(item.rank())) {
          list.add(item);
        } else {
          listed.remove(item.id());
        }
      }
      list.sort(Comparator.comparingLong(QueueItem::rank));
      var kept = new HashSet<UUID>();
      list.forEach(item -> kept.add(item.id()));
      ballots.replaceAll((_, ballot) -> {
        var votes = new HashSet<>(ballot.items());
        votes.retainAll(kept);
        return new Ballot(votes, ballot.skip());
      });
      return new Queue(list, current, playedOn, played, mode, Votes.of(ballots), undo);
    }
  }
}
