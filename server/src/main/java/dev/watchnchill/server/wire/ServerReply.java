package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcome of a client's event, as the acknowledgement carries it (rules AK1, AK2). */
@JsonPropertyOrder("ok")
public sealed interface ServerReply {
  /** Whether the event was done. */
  @JsonProperty("ok")
  default boolean ok() {
    return true;
  }

  /** Returns the reply to an event that was done, with nothing to add. */
  static ServerReply done() {
    return new Done();
  }

  /** Returns the reply to an event that was not done. */
  static ServerReply failed(ErrorReply problem) {
    return new Failed(problem);
  }

  /** Returns the reply to an event that may succeed after that time, ms; 0 when none is known. */
  static ServerReply failed(ErrorReply problem, long retryInMs) {
    return new Failed(problem, retryInMs == 0 ? null : (Long) retryInMs, null, null);
  }

  /**
   * Returns the reply to a joiner who waits for a host.
   *
   * @param sessionToken by which the client finds its knock again, or null
   */
  static ServerReply waiting(UUID knock, @Nullable String sessionToken) {
    return new Failed(ErrorReply.approvalPending(), null, knock.toString(), sessionToken);
  }

  /** An event that was done, with nothing to add. */
  record Done() implements ServerReply {}

  /** A command that was applied, and the position of the room's stream afterwards. */
  record Applied(long epoch, long seq) implements ServerReply {}

  /** A room that was created, and the creator's user id. */
  record Created(String roomId, String userId) implements ServerReply {}

  /** A seat that was taken, and whether the client had it before (RS3). */
  record Joined(String roomId, String userId, boolean resumed) implements ServerReply {}

  /** A chat message that was stored, now or by an earlier try (CH2). */
  record Sent(String messageId, long epoch, long seq) implements ServerReply {}

  /**
   * A reading of the server's clock (TL7).
   *
   * @param t1 the client's own number
   * @param t2 the time of receipt, server ms
   * @param epoch of the room, or null without a seat
   * @param seq how far the room's stream is broadcast, or null without a seat
   * @param t3 the time of sending, server ms
   */
  record ClockReading(
      double t1, double t2, long clockEpoch, @Nullable Long epoch, @Nullable Long seq, double t3)
      implements ServerReply {}

  /** The events after a position in the stream, in order (SQ2). */
  record Replayed(long epoch, long seq, List<MissedEvent> events) implements ServerReply {
    /** Returns the reply that replays those messages. */
    public static Replayed of(long epoch, long seq, List<ServerMessage> missed) {
      return new Replayed(epoch, seq, missed.stream().map(MissedEvent::of).toList());
    }
  }

  /** A replayed event: {@code [name, payload]} in JSON. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"name", "payload"})
  record MissedEvent(String name, ServerMessage payload) {
    static MissedEvent of(ServerMessage message) {
      return new MissedEvent(message.eventName(), message);
    }
  }

  /** The whole state of the room, when the events after the position are not known (SQ2). */
  record Resynced(long epoch, long seq, RoomSnapshot snapshot) implements ServerReply {}

  /** An invitation that was made: its token is sent this once (EN6). */
  record Invited(String inviteId, String token, String link, long epoch, long seq)
      implements ServerReply {
    @Override
    public String toString() {
      return "Invited[" + inviteId + "]";
    }
  }

  /** A member who was removed, and the id of the ban, or null (EN8, EN9). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Removed(@Nullable String banId, long epoch, long seq) implements ServerReply {}

  /** The ids of the items that were added to the queue (QU1). */
  record Added(List<UUID> itemIds, long epoch, long seq) implements ServerReply {}

  /** One page of the chat, oldest first, and whether older messages are there (CH5). */
  record MessagePage(List<ChatEntry> messages, boolean more) implements ServerReply {}

  /**
   * One page of the queue's list (QU13).
   *
   * @param next the id of the last item, when more items follow, or null
   * @param total number of items in the list
   */
  record QueuePage(List<QueueEntry> items, @Nullable String next, int total, long epoch, long seq)
      implements ServerReply {
    /** Returns at most that many items after one of them; from the first when it is not there. */
    public static QueuePage of(Room room, @Nullable UUID after, int limit) {
      Queue queue = room.queue();
      List<QueueItem> all = queue.items();
      QueueItem last = after == null ? null : queue.find(after);
      int from = last == null ? 0 : all.indexOf(last) + 1;
      int to = Math.min(all.size(), from + limit);
      return new QueuePage(
          QueueEntry.listed(all.subList(from, to), queue),
          to == all.size() ? null : all.get(to - 1).id().toString(),
          all.size(),
          room.epoch(),
          room.seq());
    }
  }

  /** The ids of the shared subtitles, in the order of the list (SB1). */
  record Shared(List<UUID> trackIds, long epoch, long seq) implements ServerReply {}

  /**
   * A part of the text of shared subtitles (SB6).
   *
   * @param text encoded once for all its readers
   */
  record SubtitlePart(JsonText text) implements ServerReply {}

  /** One page of the media library (LB1). */
  record LibraryPage(@JsonUnwrapped LibraryListing listing) implements ServerReply {}

  /**
   * The descriptions of films of the media library (LB10).
   *
   * @param pending the ids of films that are being examined
   */
  record FilmInfos(List<FilmInfo> films, List<String> pending) implements ServerReply {}

  /**
   * A link to a film of the media library (LB8, LB11).
   *
   * @param expiresAt until when it may be used, server ms
   * @param form {@code file} or {@code hls}
   * @param subtitles those that the server can send
   */
  record MediaLink(String url, long expiresAt, String form, List<FilmInfo.Linked> subtitles)
      implements ServerReply {
    @Override
    public String toString() {
      return "MediaLink[" + expiresAt + "]";
    }
  }

  /**
   * A place in the voice group (VO1).
   *
   * @param peerId names the page in signals
   * @param iceServers with credentials for this member alone
   * @param max most members in the group
   */
  record VoiceJoined(
      String peerId,
      List<IceServer> iceServers,
      int max,
      List<SpeakerEntry> speakers,
      long epoch,
      long seq)
      implements ServerReply {}

  /** The people who wait (EN4). */
  record KnockList(List<KnockEntry> knocks) implements ServerReply {}

  /** The invitations that are valid (EN6). */
  record InviteList(List<InviteEntry> invites) implements ServerReply {}

  /** The bans that hold (EN10). */
  record BanList(List<BanEntry> bans) implements ServerReply {}

  /** One page of a room's members, and how many match the search (PS6). */
  record MemberPage(int count, List<User> users) implements ServerReply {}

  /**
   * An event that was not done.
   *
   * @param retryInMs after how long it may succeed, ms, or null when that is not known
   * @param knockId the joiner's knock, when a host has been asked, or null (EN4)
   * @param sessionToken the token by which the joiner finds the knock again, or null
   */
  @JsonPropertyOrder({"ok", "code", "error", "retryable", "reason"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Failed(
      @JsonIgnore ErrorReply problem,
      @Nullable Long retryInMs,
      @Nullable String knockId,
      @Nullable String sessionToken)
      implements ServerReply {
    Failed(ErrorReply problem) {
      this(problem, null, null, null);
    }

    @Override
    public String toString() {
      return "Failed[" + problem + "]";
    }

    @Override
    public boolean ok() {
      return false;
    }

    /** Returns the name of the error code. */
    @JsonProperty("code")
    public String code() {
      return problem.code().wireName();
    }

    /** Returns the text for a person. */
    @JsonProperty("error")
    public String error() {
      return problem.text();
    }

    /** Returns the reason why a link is rejected or a film not played, or null (MD6, LB11). */
    @JsonProperty("reason")
    public @Nullable String reason() {
      return problem.reason();
    }

    /** Whether the same event may succeed later. */
    @JsonProperty("retryable")
    public boolean retryable() {
      return problem.code().retryable();
    }
  }
}
