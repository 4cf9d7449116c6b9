package dev.watchnchill.server.runtime.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.FilmMoment;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The estimated bytes of one live room: its state, its members, its chat, its entry state, its
 * queue, its shared subtitles and its event history (rule RL11). The figures per thing were
 * measured on a 64-bit HotSpot; they need not be exact, but must not be too low. Used within the
 * actor's tasks.
 */
public final class RoomFootprint {
  /** A live room without members, its timers and its entries in maps. */
  static final int ROOM_BYTES = 4_000;

  /** A member with its seat and the state of its player. */
  static final int MEMBER_BYTES = 850;

  /** A message, without its text. */
  static final int MESSAGE_BYTES = 250;

  /** A position in a film, without its link. */
  static final int FILM_MOMENT_BYTES = 80;

  /** An emoji at a message, with the members that are named. */
  static final int EMOJI_BYTES = 700;

  /** The reactions of one member to one message. */
  static final int REACTIONS_BYTES = 400;

  /** A ban, an invitation or a knock, with its names and hashes. */
  static final int ADMISSION_BYTES = 600;

  /** A hash or an id in a list of the entry state. */
  static final int LISTED_BYTES = 60;

  /** An event of the history, without its text, and its message id. */
  static final int EVENT_BYTES = 400;

  /** A member's id as text. */
  static final int NAMED_BYTES = 80;

  /** Shared subtitles without their label, address and text. */
  static final int TRACK_BYTES = 250;

  private final RoomMemory memory;
  private @Nullable ChatLog chat;
  private long chatBytes;
  private @Nullable EntryState entry;
  private long entryBytes;
  // Made with the first film.
  private @Nullable QueueFootprint queue;
  private long counted;

  public RoomFootprint(RoomMemory memory) {
    this.memory = memory;
  }

  /** Counts the room as it is now. */
  @SuppressWarnings("ReferenceEquality") // asks whether to count again, after every change
  public void update(Room room, long historyBytes) {
    if (room.chat() != chat) {
      chatBytes = chatBytes(chat == null ? ChatLog.EMPTY : chat, room.chat(), chatBytes);
      chat = room.chat();
    }
    if (room.entry() != entry) {
      entry = room.entry();
      entryBytes = bytes(entry);
    }
    String title = room.settings().title();
    long now =
        ROOM_BYTES
            + (long) MEMBER_BYTES * room.members().list().size()
            + (title == null ? 0 : bytes(title))
            + chatBytes
            + entryBytes
            + queueBytes(room.queue())
            + subtitleBytes(room.subtitles())
            + (long) NAMED_BYTES
                * (2 * room.voice().speakers().size()
                    + room.voice().silenced().size()
                    + room.voice().browsers().size())
            + historyBytes;
    if (now != counted) {
      memory.add(now - counted);
      counted = now;
    }
  }

  /** Counts a log by its difference from the one before. */
  private static long chatBytes(ChatLog before, ChatLog now, long bytesBefore) {
    int dropped = now.droppedOf(before);
    if (dropped < 0) {
      return bytes(now.messages());
    }
    long bytes = bytesBefore - bytes(before.messages().subList(0, dropped));
    for (ChatMessage changed : now.changedSince(before, dropped)) {
      bytes += bytes(changed) - bytes(before.get(dropped + now.indexOf(changed.id())));
    }
    return bytes + bytes(now.messages().subList(before.size() - dropped, now.size()));
  }

  private static long bytes(List<ChatMessage> messages) {
    long bytes = 0;
    for (ChatMessage message : messages) {
      bytes += bytes(message);
    }
    return bytes;
  }

  private static long bytes(ChatMessage message) {
    FilmMoment film = message.film();
    Reactions reactions = message.reactions();
    return MESSAGE_BYTES
        + bytes(message.text())
        + (film == null ? 0 : FILM_MOMENT_BYTES + (film.url() == null ? 0 : bytes(film.url())))
        + (long) EMOJI_BYTES * reactions.tallies().size()
        + (long) REACTIONS_BYTES * reactions.members();
  }

  private long queueBytes(Queue now) {
    if (queue == null) {
      if (now.equals(Queue.EMPTY)) {
        return 0;
      }
      queue = new QueueFootprint();
    }
    return queue.bytes(now);
  }

  /** Counts a text as it is in UTF-8, because a store in memory has it, compressed. */
  private static long subtitleBytes(List<SubtitleTrack> tracks) {
    long bytes = 0;
    for (SubtitleTrack track : tracks) {
      bytes += trackBytes(track) + track.bytes();
    }
    return bytes;
  }

  private static long trackBytes(SubtitleTrack track) {
    return TRACK_BYTES
        + bytes(track.label())
        + (track.source() instanceof SubtitleTrack.Address(String url) ? bytes(url) : 0);
  }

  /** Counts nothing any more. */
  public void end() {
    memory.add(-counted);
    counted = 0;
    chat = null;
    entry = null;
    queue = null;
  }

  private static long bytes(EntryState entry) {
    int admissions = entry.bans().size() + entry.invitations().size() + entry.knocks().size();
    int listed = entry.exempt().size() + entry.muted().size() + entry.removed().size();
    String password = entry.password();
    return (long) ADMISSION_BYTES * admissions
        + (long) LISTED_BYTES * listed
        + (password == null ? 0 : bytes(password));
  }

  /** Estimates an event in the history, as it is sent when the room is like that. */
  public static long bytes(RoomEvent event, Room room) {
    if (event instanceof RoomEvent.MessageSent sent) {
      return EVENT_BYTES + bytes(sent.message().text());
    }
    if (event instanceof RoomEvent.MessageEdited edited) {
      return EVENT_BYTES + bytes(edited.text());
    }
    if (event instanceof RoomEvent.MessageReacted reacted) {
      ChatMessage message = room.chat().find(reacted.message());
      return EVENT_BYTES + (message == null ? 0 : namedBytes(message.reactions()));
    }
    if (event instanceof RoomEvent.VoiceChanged) {
      return EVENT_BYTES + 3L * NAMED_BYTES * room.voice().speakers().size();
    }
    if (event instanceof RoomEvent.Knocked) {
      return EVENT_BYTES + ADMISSION_BYTES;
    }
    if (event instanceof RoomEvent.SettingsChanged changed) {
      String title = changed.settings().title();
      return EVENT_BYTES + (title == null ? 0 : bytes(title));
    }
    if (event instanceof RoomEvent.SubtitlesChanged changed) {
      return EVENT_BYTES + changed.tracks().stream().mapToLong(RoomFootprint::trackBytes).sum();
    }
    if (event instanceof RoomEvent.QueueChanged changed) {
      return EVENT_BYTES + QueueFootprint.bytes(changed.change());
    }
    return EVENT_BYTES + (event instanceof RoomEvent.VideoSet set ? bytes(set.media().url()) : 0);
  }

  private static long namedBytes(Reactions reactions) {
    return reactions.tallies().stream()
        .mapToLong(tally -> EVENT_BYTES + (long) NAMED_BYTES * tally.first().size())
        .sum();
  }

  /**
   * Returns the bytes of a text in the heap: one for each character, or two when one needs them.
   */
  static long bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return 2L * text.length();
      }
    }
    return text.length();
  }
}
