package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.SkipVotes;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts the numbers of votes in a large room to its members on this instance: seldom, and
 * together (rule QU12). So n votes make n changes of the room, but no n² messages.
 */
public final class VoteBroadcaster {
  /** Least time between two messages. */
  static final long INTERVAL_MS = 250;

  private final LiveRoom room;
  private final RoomContext context;
  private final ThrottledSender sender;
  // What has changed since the last message.
  private final Set<UUID> items = new HashSet<>();
  private boolean skip;

  VoteBroadcaster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.sender = new ThrottledSender(room, context, this::sendPending);
  }

  /** Keeps votes for later; false for an event that is broadcast by itself. */
  boolean defers(RoomEvent.QueueChanged event) {
    QueueChange change = event.change();
    if (!change.votesOnly()) {
      return false;
    }
    change.votes().forEach(votes -> items.add(votes.itemId()));
    skip |= change.skip() != null;
    sender.request();
    return true;
  }

  private long sendPending() {
    Room now = room.cachedState();
    return now != null && sendNow(now) ? INTERVAL_MS : 0;
  }

  private boolean sendNow(Room now) {
    RoomEvent.QueueChanged pending = pending(now);
    if (pending == null) {
      return false;
    }
    forget();
    room.broadcaster().late(now, List.of(pending));
    return true;
  }

  /**
   * Returns the message with the votes that are not broadcast yet, or null. A client that resumes
   * needs it: the position that it gets is beyond them.
   */
  public @Nullable ServerMessage pendingMessage(Room now) {
    RoomEvent.QueueChanged pending = pending(now);
    return pending == null ? null : context.encoder().encode(now, pending).message();
  }

  /** Returns whether all votes are broadcast. */
  public boolean quiet() {
    return items.isEmpty() && !skip;
  }

  /** Returns the present numbers of what has changed, so that they are right for every client. */
  RoomEvent.@Nullable QueueChanged pending(Room now) {
    if (quiet()) {
      return null;
    }
    Queue queue = now.queue();
    List<ItemVotes> votes =
        queue.items().stream()
            .filter(item -> items.contains(item.id()))
            .map(item -> new ItemVotes(item.id(), queue.votes().count(item.id())))
            .toList();
    return new RoomEvent.QueueChanged(
        now.seq(), QueueChange.votes(votes, skip ? SkipVotes.of(now) : null), null);
  }

  private void forget() {
    items.clear();
    skip = false;
  }

  void clear() {
    sender.cancel();
    forget();
  }
}
