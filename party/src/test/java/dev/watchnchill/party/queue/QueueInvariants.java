package dev.watchnchill.party.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Checks what holds for the queue of every room (QU). */
public final class QueueInvariants {
  private QueueInvariants() {}

  /** Checks a room. */
  public static void check(Room room) {
    Queue queue = room.queue();
    List<QueueItem> items = queue.items();
    assertThat(items).hasSizeLessThanOrEqualTo(Queue.ITEMS_MAX);
    assertThat(queue.played()).hasSizeLessThanOrEqualTo(Queue.PLAYED_MAX);
    long last = Long.MIN_VALUE;
    Set<UUID> ids = new HashSet<>();
    for (QueueItem item : items) {
      assertThat(item.rank()).as("ranks differ and order the list").isGreaterThan(last);
      assertThat(ids.add(item.id())).as("ids differ").isTrue();
      last = item.rank();
    }
    QueueItem current = queue.current();
    if (current != null) {
      assertThat(ids).as("the current item is not in the list").doesNotContain(current.id());
      assertThat(current.media()).isEqualTo(room.media());
    } else {
      assertThat(room.media()).isNull();
    }
    QueueUndo undo = queue.undo();
    if (undo != null) {
      assertThat(undo.drop().size() + undo.restore().size() + undo.putBack().size())
          .isBetween(1, Queue.ITEMS_MAX);
    }
    checkVotes(room, ids);
  }

  private static void checkVotes(Room room, Set<UUID> listed) {
    Map<UUID, Integer> counts = new HashMap<>();
    int skips = 0;
    for (Map.Entry<UserId, Ballot> one : room.queue().votes().ballots().entrySet()) {
      Member member = room.members().find(one.getKey());
      Ballot ballot = one.getValue();
      assertThat(member).as("only members vote").isNotNull();
      assertThat(ballot.items()).hasSizeLessThanOrEqualTo(Ballot.ITEMS_MAX);
      assertThat(listed).as("votes are for items of the list").containsAll(ballot.items());
      assertThat(ballot.skip() && member != null && member.away())
          .as("an away member does not vote to skip")
          .isFalse();
      ballot.items().forEach(item -> counts.merge(item, 1, Integer::sum));
      skips += ballot.skip() ? 1 : 0;
    }
    for (UUID item : listed) {
      assertThat(room.queue().votes().count(item)).isEqualTo(counts.getOrDefault(item, 0));
    }
    assertThat(room.queue().votes().skips()).isEqualTo(skips);
  }
}
