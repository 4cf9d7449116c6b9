package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.queue.NewItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import dev.watchnchill.party.simulation.ScenarioContext.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Changes of the queue by users, with checks of their results. */
final class QueueActions {
  private static final List<Loop> LOOPS = List.of(Loop.values());
  private static final List<Order> ORDERS = List.of(Order.values());

  private final ScenarioContext context;
  private final SimulatedRoom room;

  QueueActions(ScenarioContext context, SimulatedRoom room) {
    this.context = context;
    this.room = room;
  }

  void act(SimulatedUser user) {
    switch (context.random.nextInt(8)) {
      case 0, 1 -> add(user);
      case 2 -> edit(user);
      case 3 -> show(user);
      case 4 -> setMode(user);
      case 5 -> undo(user);
      default -> vote(user);
    }
  }

  private Queue queue() {
    return room.state().queue();
  }

  private List<UUID> ids() {
    return queue().items().stream().map(QueueItem::id).toList();
  }

  private UUID newId() {
    return new UUID(7, context.number());
  }

  private void add(SimulatedUser user) {
    List<UUID> before = ids();
    boolean shown = room.state().media() == null;
    var films = new ArrayList<NewItem>();
    for (int i = 0; i <= context.random.nextInt(3); i++) {
      films.add(new NewItem(newId(), RoomFixture.FILM, null));
    }
    boolean next = context.random.nextBoolean();
    Decision added =
        room.act(new QueueCommand.QueueAdd(user.id(), films, next ? Place.NEXT : Place.END));
    assertThat(added.rejection()).isEqualTo(room.isHost(user) ? null : Rejection.NOT_HOST);
    if (added.rejection() == null) {
      var expected = new ArrayList<>(before);
      List<UUID> listed = films.stream().skip(shown ? 1 : 0).map(NewItem::id).toList();
      expected.addAll(next ? 0 : before.size(), listed);
      assertThat(ids()).isEqualTo(expected);
      context.record(Situation.QUEUED, user);
    }
  }

  private void edit(SimulatedUser user) {
    List<UUID> before = ids();
    if (before.isEmpty()) {
      return;
    }
    UUID item = before.get(context.random.nextInt(before.size()));
    boolean host = room.isHost(user);
    var expected = new ArrayList<>(before);
    expected.remove(item);
    Decision edited;
    switch (context.random.nextInt(4)) {
      case 0 -> edited = room.act(new QueueCommand.QueueRemove(user.id(), item));
      case 1 -> {
        edited = room.act(new QueueCommand.QueueMove(user.id(), item, null));
        expected.add(item);
      }
      case 2 -> {
        edited = room.act(new QueueCommand.QueueMove(user.id(), item, before.getFirst()));
        expected.addFirst(item);
      }
      default -> {
        edited = room.act(new QueueCommand.QueueShuffle(user.id(), context.random.nextLong()));
        expected = host ? new ArrayList<>(ids()) : expected;
        assertThat(expected.size()).isGreaterThanOrEqualTo(before.size() - 1);
      }
    }
    assertThat(edited.rejection()).isEqualTo(host ? null : Rejection.NOT_HOST);
    assertThat(ids()).isEqualTo(host ? expected : before);
    if (host && edited.next().queue().undo() != null && !edited.events().isEmpty()) {
      context.record(Situation.QUEUE_EDITED, user);
      if (context.random.nextBoolean()) {
        assertThat(room.act(new QueueCommand.UndoQueueChange(user.id())).rejection()).isNull();
        assertThat(ids()).isEqualTo(before);
      }
    }
  }

  private void show(SimulatedUser user) {
    Queue before = queue();
    int film = room.state().timeline().item();
    Decision shown =
        switch (context.random.nextInt(4)) {
          case 0 -> room.act(new QueueCommand.QueuePrevious(user.id()));
          case 1 ->
              room.act(
                  new QueueCommand.QueuePlay(
                      user.id(),
                      before.items().isEmpty() ? newId() : before.items().getLast().id(),
                      newId()));
          default -> room.act(new QueueCommand.QueueNext(user.id()));
        };
    if (!room.isHost(user)) {
      assertThat(shown.rejection()).isEqualTo(Rejection.NOT_HOST);
    } else if (shown.rejection() == null) {
      assertThat(shown.next().timeline().item()).isEqualTo(film + 1);
      assertThat(shown.next().queue().current()).isNotNull();
      context.record(Situation.SHOWN_FROM_THE_QUEUE, user);
    }
  }

  private void setMode(SimulatedUser user) {
    var random = context.random;
    room.act(
        new QueueCommand.SetQueueMode(
            user.id(),
            LOOPS.get(random.nextInt(LOOPS.size())),
            random.nextInt(4) > 0,
            ORDERS.get(random.nextInt(ORDERS.size()))));
  }

  private void undo(SimulatedUser user) {
    Decision undone = room.act(new QueueCommand.UndoQueueChange(user.id()));
    if (undone.rejection() == null) {
      assertThat(undone.next().queue().undo()).isNull();
      context.record(Situation.QUEUE_CHANGE_UNDONE, user);
    }
  }

  private void vote(SimulatedUser user) {
    List<UUID> items = ids();
    boolean on = context.random.nextInt(4) > 0;
    if (items.isEmpty() || context.random.nextInt(3) == 0) {
      Decision voted = room.act(new QueueCommand.VoteSkip(user.id(), on));
      assertThat(voted.rejection())
          .isEqualTo(room.state().media() == null ? Rejection.QUEUE_EMPTY : null);
    } else {
      UUID item = items.get(context.random.nextInt(items.size()));
      Decision voted = room.act(new QueueCommand.VoteItem(user.id(), item, on));
      assertThat(voted.rejection()).isNull();
      assertThat(queue().votes().of(user.id()).items().contains(item)).isEqualTo(on);
    }
    context.record(Situation.VOTED, user);
  }
}
