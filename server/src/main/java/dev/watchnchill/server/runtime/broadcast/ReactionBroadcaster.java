package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.wire.ReactionEntry;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Broadcasts the reactions to messages of a large room to its members on this instance: seldom, and
 * each message's together (rule CH9). So n reactions make n changes of the room, but no n²
 * messages.
 */
final class ReactionBroadcaster {
  /** Least time between two messages about one chat message. */
  static final long INTERVAL_MS = 250;

  /** Most chat messages in one interval; the others wait for the next one. */
  static final int MESSAGES_MAX = 20;

  /**
   * Most characters in one interval, about, unless the reactions of one message are longer. It
   * bounds what a member is sent, however many messages others react to with however many emoji.
   */
  static final int LENGTH_MAX = 16_000;

  private final LiveRoom room;
  private final RoomContext context;
  private final ThrottledSender sender;
  // The messages whose reactions have changed since they were sent, in the order of the changes.
  private final Set<UUID> messages = new LinkedHashSet<>();

  ReactionBroadcaster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.sender = new ThrottledSender(room, context, this::sendPending);
  }

  /** Keeps the reactions for later. */
  void defer(RoomEvent.MessageReacted event) {
    messages.add(event.message());
    sender.request();
  }

  private long sendPending() {
    Room now = room.cachedState();
    if (now == null || messages.isEmpty()) {
      return 0;
    }
    List<UUID> next = takeNext(now.chat());
    if (next.isEmpty()) {
      return 0;
    }
    room.broadcaster().late(now, events(now, next));
    if (!messages.isEmpty()) {
      room.enqueue(sender::request);
    }
    return INTERVAL_MS;
  }

  /**
   * Returns the messages of an interval, which wait no longer then. Those that have left the log
   * are dropped, so that no more messages wait than the log has.
   */
  private List<UUID> takeNext(ChatLog log) {
    var taken = new ArrayList<UUID>();
    int length = 0;
    Iterator<UUID> waiting = messages.iterator();
    while (waiting.hasNext() && taken.size() < MESSAGES_MAX) {
      UUID id = waiting.next();
      ChatMessage message = log.find(id);
      length += message == null ? 0 : ReactionEntry.length(message.reactions());
      if (message != null && length > LENGTH_MAX && !taken.isEmpty()) {
        break;
      }
      waiting.remove();
      if (message != null) {
        taken.add(id);
      }
    }
    if (messages.size() > log.size()) {
      messages.removeIf(id -> log.find(id) == null);
    }
    return taken;
  }

  /** Returns about how long the reactions are that are not broadcast yet, in characters. */
  int pendingLength(Room now) {
    int length = 0;
    for (UUID id : messages) {
      ChatMessage message = now.chat().find(id);
      length += message == null ? 0 : ReactionEntry.length(message.reactions());
    }
    return length;
  }

  /** Returns the present reactions to the messages whose reactions are not broadcast yet. */
  List<RoomEvent.Change> pending(Room now) {
    return events(now, messages);
  }

  /**
   * Returns the messages with the reactions that are not broadcast yet. A client that resumes needs
   * them: the position that it gets is beyond them.
   */
  List<ServerMessage> pendingMessages(Room now) {
    return pending(now).stream()
        .map(event -> context.encoder().encode(now, event).message())
        .toList();
  }

  private static List<RoomEvent.Change> events(Room now, Collection<UUID> messages) {
    var events = new ArrayList<RoomEvent.Change>();
    for (UUID message : messages) {
      if (now.chat().find(message) != null) {
        events.add(new RoomEvent.MessageReacted(now.seq(), message));
      }
    }
    return events;
  }

  /** Returns whether all reactions are broadcast. */
  boolean quiet() {
    return messages.isEmpty();
  }

  void clear() {
    sender.cancel();
    messages.clear();
  }
}
