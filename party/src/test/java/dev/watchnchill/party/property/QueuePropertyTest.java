package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.property.ScriptRun.Moment;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Properties of the queue in every room. */
class QueuePropertyTest {
  private static void everyMoment(Consumer<Moment> check) {
    ScriptedCommand.check(script -> ScriptRun.through(script).forEach(check));
  }

  private static Decision then(Moment moment, RoomCommand command) {
    return ScriptRun.RULES.decide(
        moment.after(), moment.audienceAfter(), command, moment.now() + 30_000);
  }

  private static boolean edits(RoomCommand command) {
    return command instanceof QueueCommand.QueueAdd
        || command instanceof QueueCommand.QueueRemove
        || command instanceof QueueCommand.QueueMove
        || command instanceof QueueCommand.QueueShuffle
        || command instanceof QueueCommand.QueueClear;
  }

  @Test
  void QU5_undo_restores_exactly_the_list_and_nothing_else() {
    everyMoment(moment -> {
      Queue before = moment.before().queue();
      Queue after = moment.after().queue();
      UserId actor = moment.command().actor();
      if (actor == null || !edits(moment.command()) || after.items().equals(before.items())) {
        return;
      }

      Queue undone = then(moment, new QueueCommand.UndoQueueChange(actor)).next().queue();

      assertThat(undone.items()).isEqualTo(before.items());
      assertThat(undone.current()).isEqualTo(after.current());
      assertThat(undone.played()).isEqualTo(after.played());
      assertThat(undone.mode()).isEqualTo(before.mode());
      assertThat(undone.undo()).isNull();
    });
  }

  @Test
  void QU3_previous_takes_next_back() {
    everyMoment(moment -> {
      Room before = moment.before();
      Queue queue = before.queue();
      if (!(moment.command() instanceof QueueCommand.QueueNext next)
          || moment.decision().rejection() != null
          || queue.items().isEmpty()
          || queue.mode().order() == Order.VOTES) {
        return;
      }

      Queue back = then(moment, new QueueCommand.QueuePrevious(next.actor())).next().queue();

      assertThat(ids(back.items())).isEqualTo(ids(queue.items()));
      assertThat(back.current()).isEqualTo(queue.current());
      assertThat(back.played()).isEqualTo(queue.played());
    });
  }

  @Test
  void QU3_no_item_is_lost_by_showing_another() {
    everyMoment(moment -> {
      boolean shows =
          moment.decision().events().stream().anyMatch(RoomEvent.VideoSet.class::isInstance);
      if (shows) {
        Set<UUID> known = all(moment.after().queue());
        assertThat(known).containsAll(ids(moment.before().queue().items()));
        QueueItem current = moment.before().queue().current();
        assertThat(current == null || known.contains(current.id())).isTrue();
      }
    });
  }

  @Test
  void QU6_loop_all_keeps_every_item_in_the_round() {
    everyMoment(moment -> {
      Queue before = moment.before().queue();
      boolean goesOn =
          moment.command() instanceof QueueCommand.QueueNext
              || (moment.command() instanceof QueueCommand.VoteSkip);
      if (goesOn && before.mode().loop() == Loop.ALL) {
        assertThat(round(moment.after().queue())).isEqualTo(round(before));
      }
    });
  }

  @Test
  void QU12_change_that_nobody_sees_is_none() {
    everyMoment(moment -> {
      long changes =
          moment.decision().events().stream()
              .filter(RoomEvent.QueueChanged.class::isInstance)
              .count();
      if (moment.after().queue().equals(moment.before().queue())) {
        assertThat(changes).isLessThanOrEqualTo(1); // the number of votes that is needed
      }
      boolean playback =
          moment.command() instanceof RoomCommand.ControlCommand
              || moment.command() instanceof RoomCommand.Report
              || moment.command() instanceof RoomCommand.SendMessage;
      if (playback) {
        assertThat(moment.after().queue()).isSameAs(moment.before().queue());
        assertThat(changes).isZero();
      }
    });
  }

  private static List<UUID> ids(List<QueueItem> items) {
    return items.stream().map(QueueItem::id).toList();
  }

  private static Set<UUID> all(Queue queue) {
    Set<UUID> all = round(queue);
    queue.played().forEach(one -> all.add(one.item().id()));
    return all;
  }

  private static Set<UUID> round(Queue queue) {
    var round = new HashSet<>(ids(queue.items()));
    QueueItem current = queue.current();
    if (current != null) {
      round.add(current.id());
    }
    return round;
  }
}
