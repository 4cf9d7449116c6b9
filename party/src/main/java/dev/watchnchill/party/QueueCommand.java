package dev.watchnchill.party;

import dev.watchnchill.party.queue.NewItem;
import dev.watchnchill.party.queue.QueueMode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A command about the queue (QU). Ids and the seed of an order are random, and come with it. */
public sealed interface QueueCommand extends RoomCommand {

  /**
   * Adds films to the list (rule QU1).
   *
   * @param films 1 to {@link dev.watchnchill.party.queue.Queue#ADDED_MAX} films
   */
  record QueueAdd(UserId actor, List<NewItem> films, Place place) implements ListCommand {
    /** Creates a command with a copy of the list. */
    public QueueAdd {
      films = List.copyOf(films);
    }
  }

  /** The place of added items. */
  enum Place {
    /** After all others. */
    END,
    /** Before all others. */
    NEXT
  }

  /** Removes an item from the list (rule QU2). */
  record QueueRemove(UserId actor, UUID item) implements ListCommand {}

  /**
   * Moves an item within the list (rule QU2).
   *
   * @param before the id of the item that follows it then, or null at the end
   */
  record QueueMove(UserId actor, UUID item, @Nullable UUID before) implements ListCommand {}

  /**
   * Shows an item of the list, or a played one again (rule QU3).
   *
   * @param again the id of the item that a played one becomes
   * @param from where the film begins, seconds; 0 for the start of its link (rule QU15)
   */
  record QueuePlay(UserId actor, UUID item, UUID again, double from) implements HostQueueCommand {
    /** Creates a command that shows the film from its start. */
    public QueuePlay(UserId actor, UUID item, UUID again) {
      this(actor, item, again, 0);
    }
  }

  /** Shows the next item (rule QU3). */
  record QueueNext(UserId actor) implements HostQueueCommand {}

  /** Shows the newest played item, and puts the current one in front of the list (rule QU3). */
  record QueuePrevious(UserId actor) implements HostQueueCommand {}

  /**
   * Puts the list into another order (rule QU4).
   *
   * @param seed decides the order
   */
  record QueueShuffle(UserId actor, long seed) implements HostQueueCommand {}

  /** Removes all items from the list (rule QU4). */
  record QueueClear(UserId actor) implements HostQueueCommand {}

  /** Takes back the last change of the list (rule QU5). */
  record UndoQueueChange(UserId actor) implements ListCommand {}

  /** Sets how the queue goes on; a null value is as it was (rule QU6). */
  record SetQueueMode(
      UserId actor,
      QueueMode.@Nullable Loop loop,
      @Nullable Boolean autoplay,
      QueueMode.@Nullable Order order)
      implements HostQueueCommand {}

  /** Votes for an item of the list, or takes the vote back (rule QU7). */
  record VoteItem(UserId actor, UUID item, boolean on) implements AnyMemberCommand {}

  /** Votes to skip the current item, or takes the vote back (rule QU7). */
  record VoteSkip(UserId actor, boolean on) implements AnyMemberCommand {}

  /**
   * Describes an item, as the player of a host or of the member who added it knows it (rule QU11).
   *
   * @param title 1 to {@link dev.watchnchill.party.queue.QueueItem#TITLE_MAX} characters, or null
   * @param duration seconds, or null
   */
  record DescribeItem(UserId actor, UUID item, @Nullable String title, @Nullable Double duration)
      implements AnyMemberCommand {}

  /**
   * Describes an item, as the server has looked it up (rule QU11); a null value stays unknown.
   *
   * @param title 1 to {@link dev.watchnchill.party.queue.QueueItem#TITLE_MAX} characters, or null
   * @param duration seconds, or null
   * @param poster the link of a picture, or null
   */
  record RecordLookup(
      UUID item, @Nullable String title, @Nullable Double duration, @Nullable String poster)
      implements QueueCommand {
    @Override
    public Right right() {
      return Right.NONE;
    }

    @Override
    public @Nullable UserId actor() {
      return null;
    }
  }

  /** A command of a member. */
  sealed interface MemberQueueCommand extends QueueCommand {
    @Override
    UserId actor();
  }

  /** A command of those who may change the list (rule QU1). */
  sealed interface ListCommand extends MemberQueueCommand {
    @Override
    default Right right() {
      return Right.QUEUE;
    }
  }

  /** A command that any member may give. */
  sealed interface AnyMemberCommand extends MemberQueueCommand {
    @Override
    default Right right() {
      return Right.MEMBER;
    }
  }

  /** A command that only a host may give (rule HR1). */
  sealed interface HostQueueCommand extends MemberQueueCommand {
    @Override
    default Right right() {
      return Right.HOST;
    }
  }
}
