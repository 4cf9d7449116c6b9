package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.playback.WaitPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The data in the events, field by field as clients read it (rules TP1 to TP6, TL1). */
public final class Views {
  private static final DateTimeFormatter ISO_MS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Views() {}

  /** TP1; {@code away} is an extension and there only when true (RS2). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record User(
      String id, String name, boolean isHost, String joinedAt, @Nullable Boolean away) {
    /** As the others see that member. */
    public static User of(Member member) {
      return new User(
          member.id().toString(),
          member.name().value(),
          member.host(),
          iso(member.joinedAtMs()),
          member.away() ? Boolean.TRUE : null);
    }

    /** As the others see those members. */
    public static List<User> of(List<Member> members) {
      return members.stream().map(User::of).toList();
    }
  }

  /** TP2; seconds, and ms since the epoch. */
  public record VideoState(
      boolean isPlaying, double currentTime, double duration, long lastUpdateTime) {
    /** As it is at that time (JN9). */
    public static VideoState of(Timeline timeline, long nowMs) {
      return new VideoState(
          timeline.playing(),
          timeline.targetAt(nowMs),
          timeline.duration(),
          timeline.playing() ? nowMs : (long) timeline.atMs());
    }
  }

  /** TP3; never with the host token (TK1). */
  public record RoomState(
      String id,
      String hostId,
      String hostName,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String videoUrl,
      @Nullable String videoType,
      VideoState videoState,
      List<User> users,
      String createdAt,
      Waiting waiting,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer userCount) {
    /** As it is at that time, with all who are in it. */
    public static RoomState of(Room room, long nowMs) {
      return of(room, room.members().list(), null, nowMs);
    }

    /** As it is at that time, with some of those who are in it (rule PS5). */
    public static RoomState of(Room room, List<Member> shown, long nowMs) {
      return of(room, shown, room.members().size(), nowMs);
    }

    private static RoomState of(
        Room room, List<Member> shown, @Nullable Integer userCount, long nowMs) {
      Media media = room.media();
      return new RoomState(
          room.id().value(),
          room.hostId().toString(),
          room.hostName().value(),
          media == null ? null : media.url(),
          media == null ? null : wireName(media.kind()),
          VideoState.of(room.timeline(), nowMs),
          User.of(shown),
          iso(room.createdAtMs()),
          Waiting.of(room.waiting()),
          userCount);
    }
  }

  /** WT1; seconds, ms, and two counts. */
  public record Waiting(String mode, int seconds, int graceMs, int peopleMax, int strikesMax) {
    /** Those bounds. */
    public static Waiting of(WaitPolicy policy) {
      return new Waiting(
          policy.mode().name().toLowerCase(Locale.ROOT),
          policy.seconds(),
          policy.graceMs(),
          policy.peopleMax(),
          policy.strikesMax());
    }
  }

  /** What a preparing film waits for (TL9): why, for whom, and until when in server ms. */
  public record Held(String reason, @JsonProperty("for") List<String> awaited, long until) {
    static @Nullable Held of(@Nullable ReadyBarrier barrier) {
      return barrier == null
          ? null
          : new Held(
              barrier.reason().name().toLowerCase(Locale.ROOT),
              barrier.awaited().stream().map(UserId::toString).toList(),
              barrier.untilMs());
    }
  }

  /** How one member's player does (ST1): ms, ms, and a word; null what is not known. */
  public record MemberStatus(
      String userId, @Nullable Long drift, @Nullable Long bound, @Nullable String state) {}

  /** TP4. */
  public record Message(
      String id,
      String userId,
      String userName,
      String message,
      String timestamp,
      String roomId,
      boolean isRead) {
    /** As it is shown in that room. */
    public static Message of(ChatMessage said, String roomId) {
      return new Message(
          said.id().toString(),
          said.userId().toString(),
          said.userName().value(),
          said.text(),
          iso(said.atMs()),
          roomId,
          false);
    }

    /** The history, oldest first. */
    public static List<Message> history(Room room) {
      return room.chat().messages().stream().map(said -> of(said, room.id().value())).toList();
    }
  }

  /** TL1, and TL2 when it goes out by itself: then with the time of sending and the reason. */
  public record TimelineState(
      long epoch,
      long seq,
      int item,
      String phase,
      double position,
      double rate,
      double at,
      boolean resume,
      @Nullable String by,
      double duration,
      @Nullable Held waiting,
      double serverTime,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long since) {
    /** As it is, for that reason, sent at that time. */
    public static TimelineState of(
        long epoch, Timeline timeline, double serverTimeMs, String reason) {
      return of(epoch, timeline, serverTimeMs, reason, null);
    }

    /** The same as a place in the stream, after changes that were not told (rule PS4). */
    public static TimelineState of(
        long epoch, Timeline timeline, double serverTimeMs, String reason, @Nullable Long since) {
      UserId by = timeline.by();
      return new TimelineState(
          epoch,
          timeline.seq(),
          timeline.item(),
          timeline.phase().name().toLowerCase(Locale.ROOT),
          timeline.position(),
          timeline.rate(),
          timeline.atMs(),
          timeline.resume(),
          by == null ? null : by.toString(),
          timeline.duration(),
          Held.of(timeline.barrier()),
          serverTimeMs,
          reason,
          since);
    }
  }

  /** A room as one piece, for somebody who missed too much (SQ2). */
  public record Snapshot(RoomState room, List<Message> messages, TimelineState timeline) {}

  /** The name of a kind on the wire (MD1). */
  public static String wireName(VideoKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** ISO-8601 UTC with milliseconds (TP5). */
  static String iso(long ms) {
    return ISO_MS.format(Instant.ofEpochMilli(ms));
  }
}
