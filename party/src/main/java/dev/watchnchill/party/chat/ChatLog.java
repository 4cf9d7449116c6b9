package dev.watchnchill.party.chat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a room, oldest first; immutable (rule CH5).
 *
 * <p>The messages lie in chunks, so that one more message or a changed one copies a chunk and not
 * the log, and two logs of one room are compared by their chunks.
 */
public final class ChatLog {
  private static final int CHUNK = 32;

  /** Some messages in a row, and the hashes of their ids. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(ChatMessage[] messages, int[] hashes) {
    Chunk plus(ChatMessage message) {
      int size = messages.length;
      ChatMessage[] more = Arrays.copyOf(messages, size + 1);
      int[] moreHashes = Arrays.copyOf(hashes, size + 1);
      more[size] = message;
      moreHashes[size] = message.id().hashCode();
      return new Chunk(more, moreHashes);
    }

    Chunk with(int at, ChatMessage message) {
      ChatMessage[] changed = messages.clone();
      changed[at] = message;
      return new Chunk(changed, hashes);
    }
  }

  private static final Chunk NO_MESSAGES = new Chunk(new ChatMessage[0], new int[0]);

  /** The log of a room without messages. */
  public static final ChatLog EMPTY = new ChatLog(new Chunk[0], 0, 0);

  // All but the last are full; never changed.
  private final Chunk[] chunks;
  // How many messages of the first chunk are not in the log any more.
  private final int skipped;
  private final int size;

  private ChatLog(Chunk[] chunks, int skipped, int size) {
    this.chunks = chunks;
    this.skipped = skipped;
    this.size = size;
  }

  /** Returns a log of these messages, oldest first. */
  public static ChatLog of(List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      return EMPTY;
    }
    var chunks = new ArrayList<Chunk>();
    for (int from = 0; from < messages.size(); from += CHUNK) {
      List<ChatMessage> part = messages.subList(from, Math.min(from + CHUNK, messages.size()));
      chunks.add(
          new Chunk(
              part.toArray(new ChatMessage[0]),
              part.stream().mapToInt(message -> message.id().hashCode()).toArray()));
    }
    return new ChatLog(chunks.toArray(new Chunk[0]), 0, messages.size());
  }

  /** Returns the number of messages. */
  public int size() {
    return size;
  }

  /** Returns whether there are no messages. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the message at a place, from 0 for the oldest. */
  public ChatMessage get(int index) {
    int slot = skipped + index;
    return chunks[slot / CHUNK].messages()[slot % CHUNK];
  }

  /** Returns all messages, unmodifiable. */
  public List<ChatMessage> messages() {
    return new View();
  }

  /** Returns at most that many of the newest messages that are not deleted (rule LF2). */
  public List<ChatMessage> newestPresent(int max) {
    var found = new ArrayList<ChatMessage>(Math.min(max, size));
    for (int i = size - 1; i >= 0 && found.size() < max; i--) {
      if (!get(i).deleted()) {
        found.add(get(i));
      }
    }
    return found.reversed();
  }

  /** Returns the message with the id, or null when the log does not hold it, or no longer. */
  public @Nullable ChatMessage find(UUID id) {
    int index = indexOf(id);
    return index < 0 ? null : get(index);
  }

  /** Returns the place of the message with the id; -1 when the log does not hold it. */
  public int indexOf(UUID id) {
    int hash = id.hashCode();
    for (int at = chunks.length - 1; at >= 0; at--) { // the newest are asked for most
      int[] hashes = chunks[at].hashes();
      for (int i = 0; i < hashes.length; i++) {
        if (hashes[i] == hash && chunks[at].messages()[i].id().equals(id)) {
          return Math.max(-1, at * CHUNK + i - skipped);
        }
      }
    }
    return -1;
  }

  /** Returns the message that a change has added, or null when the log does not hold it. */
  public @Nullable ChatMessage addedBy(long seq) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      ChatMessage message = get(middle);
      if (message.seq() == seq) {
        return message;
      }
      if (message.seq() < seq) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Returns this log with one more message, and at most {@code keep} of the newest. */
  public ChatLog plus(ChatMessage message, int keep) {
    if (keep <= 0) {
      return EMPTY;
    }
    int last = chunks.length - 1;
    boolean room = last >= 0 && chunks[last].messages().length < CHUNK;
    Chunk[] next = Arrays.copyOf(chunks, room ? chunks.length : chunks.length + 1);
    next[next.length - 1] = (room ? chunks[last] : NO_MESSAGES).plus(message);
    return new ChatLog(next, skipped, size + 1).newest(keep);
  }

  private ChatLog newest(int keep) {
    if (size <= keep) {
      return this;
    }
    int skip = skipped + size - keep;
    return new ChatLog(Arrays.copyOfRange(chunks, skip / CHUNK, chunks.length), skip % CHUNK, keep);
  }

  /** Returns this log without its oldest messages. */
  public ChatLog withoutOldest(int dropped) {
    return dropped >= size ? EMPTY : newest(size - dropped);
  }

  /** Returns this log with another form of the message that has its id. */
  public ChatLog with(ChatMessage changed) {
    int index = indexOf(changed.id());
    if (index < 0) {
      return this;
    }
    int slot = skipped + index;
    Chunk[] next = chunks.clone();
    next[slot / CHUNK] = next[slot / CHUNK].with(slot % CHUNK, changed);
    return new ChatLog(next, skipped, size);
  }

  /**
   * Returns how many of the oldest messages of another log are not in this one, when this one goes
   * on with all that followed in the other; -1 when it does not.
   */
  public int droppedOf(ChatLog before) {
    if (before.size == 0 || size == 0) {
      return before.size;
    }
    long oldest = get(0).seq();
    int dropped = 0;
    while (dropped < before.size && before.get(dropped).seq() < oldest) {
      dropped++;
    }
    if (before.size - dropped > size) {
      return -1;
    }
    for (int i = 0; i < before.size - dropped; i++) {
      if (sharesChunk(i, before, dropped + i)) {
        i += CHUNK - 1 - (skipped + i) % CHUNK;
        continue;
      }
      ChatMessage now = get(i);
      ChatMessage was = before.get(dropped + i);
      if (now.seq() != was.seq() || !now.id().equals(was.id())) {
        return -1;
      }
    }
    return dropped;
  }

  /**
   * Returns the messages of another log that are different in this one, as they are here.
   *
   * @param dropped as {@link #droppedOf} returns it, not negative
   */
  public List<ChatMessage> changedSince(ChatLog before, int dropped) {
    var changed = new ArrayList<ChatMessage>();
    for (int i = 0; i < before.size - dropped && i < size; i++) {
      if (sharesChunk(i, before, dropped + i)) {
        i += CHUNK - 1 - (skipped + i) % CHUNK;
      } else if (!get(i).equals(before.get(dropped + i))) {
        changed.add(get(i));
      }
    }
    return changed;
  }

  /** Returns whether a place of this log lies in the same chunk as a place of another one. */
  @SuppressWarnings("ReferenceEquality") // a change copies one chunk
  private boolean sharesChunk(int index, ChatLog other, int otherIndex) {
    int slot = skipped + index;
    int otherSlot = other.skipped + otherIndex;
    return slot % CHUNK == otherSlot % CHUNK
        && chunks[slot / CHUNK].messages() == other.chunks[otherSlot / CHUNK].messages();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ChatLog log
            && log.size == size
            && log.droppedOf(this) == 0
            && log.changedSince(this, 0).isEmpty());
  }

  @Override
  public int hashCode() {
    return messages().hashCode();
  }

  @Override
  public String toString() {
    return messages().toString();
  }

  /** The messages as a list. */
  private final class View extends AbstractList<ChatMessage> implements RandomAccess {
    @Override
    public ChatMessage get(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return ChatLog.this.get(index);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
