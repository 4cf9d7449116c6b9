package dev.watchnchill.party;

import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.voice.VoiceGroup;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one room, immutable.
 *
 * @param id the id in the room's link
 * @param epoch distinguishes this room from earlier ones with this id, and is greater than theirs
 *     (rule SQ1)
 * @param seq the number of changes since the room was created (rule SQ1)
 * @param creator the creator's name, which only the host token can claim, or null since the room
 *     was transferred: then nobody's name is reserved (rules JN5, RT2)
 * @param hostToken hash of the host token, or null while the new owner of a transferred room has
 *     none yet (rule RT2)
 * @param hostId id of the owner, who is shown as the host (rule RT1)
 * @param hostName name of the member who is shown as the host
 * @param members the members, away ones included
 * @param media the film, or null before one is set
 * @param timeline the position and the phase of the film
 * @param waiting whether the room waits for viewers whose players stall (rule WT1)
 * @param chat the newest messages, more than base clients read (rules LF2, CH5)
 * @param createdAtMs time of creation, ms since the epoch
 * @param lastWriteMs time of the last change, ms since the epoch (rule LF1)
 * @param emptySinceMs since when the room has no member, or null (rule LV4)
 * @param hostlessSinceMs since when there are members and no host among them, or null (rule LV5)
 * @param closed whether the room has ended; the store deletes a closed room
 * @param settings what the hosts have chosen (rule RT3)
 * @param entry who may come in, and who may not (EN)
 * @param jump the last jump within the film, or null when none can be undone (rule RT8)
 * @param queue what the room shows, what comes, and what it has shown (QU)
 * @param subtitles the subtitles that hosts share with everybody, of this film alone (SB)
 * @param voice the members who speak with each other (VO)
 */
public record Room(
    RoomId id,
    long epoch,
    long seq,
    @Nullable DisplayName creator,
    @Nullable SecretHash hostToken,
    UserId hostId,
    DisplayName hostName,
    Members members,
    @Nullable Media media,
    Timeline timeline,
    WaitPolicy waiting,
    ChatLog chat,
    long createdAtMs,
    long lastWriteMs,
    @Nullable Long emptySinceMs,
    @Nullable Long hostlessSinceMs,
    boolean closed,
    RoomSettings settings,
    EntryState entry,
    @Nullable Jump jump,
    Queue queue,
    List<SubtitleTrack> subtitles,
    VoiceGroup voice) {

  /** Creates a room; its list of subtitles is copied. */
  public Room {
    subtitles = List.copyOf(subtitles);
  }

  /** Returns this room with the next {@code seq} and the time of that change. */
  public Room changed(long nowMs) {
    return copy(c -> {
      c.seq++;
      c.lastWriteMs = nowMs;
    });
  }

  /**
   * Returns this room with other members, with the times that depend on them, and with a voice
   * group of members alone (rule VO3).
   */
  public Room withMembers(Members next, long nowMs) {
    Long empty = next.isEmpty() ? (emptySinceMs == null ? (Long) nowMs : emptySinceMs) : null;
    boolean hostless = !next.isEmpty() && !next.hasHost();
    Long since = hostless ? (hostlessSinceMs == null ? (Long) nowMs : hostlessSinceMs) : null;
    return copy(c -> {
      c.members = next;
      c.voice = voice.within(next);
      c.emptySinceMs = empty;
      c.hostlessSinceMs = since;
    });
  }

  /** Returns this room with another owner (rule RT1). */
  public Room withHost(UserId newHost, DisplayName name) {
    return copy(c -> {
      c.hostId = newHost;
      c.hostName = name;
    });
  }

  /** Returns this room with a host token that is not its creator's (rule RT2). */
  public Room withHostToken(@Nullable SecretHash token) {
    return copy(c -> {
      c.hostToken = token;
      c.creator = null;
    });
  }

  /** Returns this room with other settings. */
  public Room withSettings(RoomSettings next) {
    return copy(c -> c.settings = next);
  }

  /** Returns this room with another state of its entry. */
  public Room withEntry(EntryState next) {
    return copy(c -> c.entry = next);
  }

  /**
   * Returns until when the last jump can be undone, ms since the epoch; 0 when it cannot (rule
   * RT8).
   */
  public long undoUntilMs(double nowMs) {
    return jump == null ? 0 : jump.undoUntilMs(timeline.item(), nowMs);
  }

  /** Returns this room with another jump that can be undone, or none. */
  public Room withJump(@Nullable Jump next) {
    return copy(c -> c.jump = next);
  }

  /** Returns this room with another queue. */
  public Room withQueue(Queue next) {
    return copy(c -> c.queue = next);
  }

  /** Returns whether a member owns the room (rule RT1). */
  public boolean isOwner(UserId user) {
    return hostId.equals(user);
  }

  /** Returns whether a token is the room's host token, in constant time. */
  public boolean opensAsHost(@Nullable SecretHash token) {
    return token != null && hostToken != null && hostToken.matches(token);
  }

  /** Returns this room with another timeline. */
  public Room withTimeline(Timeline next) {
    return copy(c -> c.timeline = next);
  }

  /** Returns this room with another film; subtitles of the old one end with it (rule SB4). */
  public Room withMedia(@Nullable Media film, Timeline next) {
    return copy(c -> {
      c.media = film;
      c.timeline = next;
      c.jump = null;
      if (!Objects.equals(film, media)) {
        c.subtitles = List.of();
      }
    });
  }

  /** Returns this room with other rules for waiting on its viewers. */
  public Room withWaiting(WaitPolicy next) {
    return copy(c -> c.waiting = next);
  }

  /** Returns this room with other messages. */
  public Room withChat(ChatLog next) {
    return copy(c -> c.chat = next);
  }

  /** Returns this room with other shared subtitles. */
  public Room withSubtitles(List<SubtitleTrack> next) {
    return copy(c -> c.subtitles = next);
  }

  /** Returns this room with another voice group. */
  public Room withVoice(VoiceGroup next) {
    return copy(c -> c.voice = next);
  }

  /** Returns this room as closed. */
  public Room asClosed() {
    return copy(c -> c.closed = true);
  }

  private Room copy(Consumer<Copy> edit) {
    var copy = new Copy(this);
    edit.accept(copy);
    return copy.build();
  }

  /** Builds a changed copy; holds the fields that may change. */
  private static final class Copy {
    private final Room from;
    private long seq;
    private @Nullable DisplayName creator;
    private @Nullable SecretHash hostToken;
    private UserId hostId;
    private DisplayName hostName;
    private Members members;
    private @Nullable Media media;
    private Timeline timeline;
    private WaitPolicy waiting;
    private ChatLog chat;
    private long lastWriteMs;
    private @Nullable Long emptySinceMs;
    private @Nullable Long hostlessSinceMs;
    private boolean closed;
    private RoomSettings settings;
    private EntryState entry;
    private @Nullable Jump jump;
    private Queue queue;
    private List<SubtitleTrack> subtitles;
    private VoiceGroup voice;

    Copy(Room room) {
      from = room;
      seq = room.seq;
      creator = room.creator;
      hostToken = room.hostToken;
      hostId = room.hostId;
      hostName = room.hostName;
      members = room.members;
      media = room.media;
      timeline = room.timeline;
      waiting = room.waiting;
      chat = room.chat;
      lastWriteMs = room.lastWriteMs;
      emptySinceMs = room.emptySinceMs;
      hostlessSinceMs = room.hostlessSinceMs;
      closed = room.closed;
      settings = room.settings;
      entry = room.entry;
      jump = room.jump;
      queue = room.queue;
      subtitles = room.subtitles;
      voice = room.voice;
    }

    Room build() {
      return new Room(
          from.id,
          from.epoch,
          seq,
          creator,
          hostToken,
          hostId,
          hostName,
          members,
          media,
          timeline,
          waiting,
          chat,
          from.createdAtMs,
          lastWriteMs,
          emptySinceMs,
          hostlessSinceMs,
          closed,
          settings,
          entry,
          jump,
          queue,
          subtitles,
          voice);
    }
  }
}
