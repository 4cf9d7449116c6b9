package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room as clients read it (TP3, TP6); never with a secret (TK1). */
public record RoomState(
    String id,
    String hostId,
    String hostName,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String videoUrl,
    @Nullable String videoType,
    VideoState videoState,
    List<User> users,
    String createdAt,
    WaitingState waiting,
    SettingsState settings,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<KnockEntry> knocks,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer userCount,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QueueState queue,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SubtitleEntry> subtitles,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VoiceStatus voice) {
  /**
   * Returns the room at that time as a reader is shown it, with all its members.
   *
   * @param extended whether the reader's client is an extended one, which knows queues and
   *     subtitles (QU12, SB3)
   * @param voiceMax most members in a voice group (VO2)
   */
  public static RoomState of(Room room, UserId reader, boolean extended, int voiceMax, long nowMs) {
    return of(room, reader, extended, voiceMax, room.members().list(), null, nowMs);
  }

  /** Returns the same with some of its members and their number (PS5). */
  public static RoomState of(
      Room room, UserId reader, boolean extended, int voiceMax, List<Member> shown, long nowMs) {
    return of(room, reader, extended, voiceMax, shown, room.members().size(), nowMs);
  }

  private static RoomState of(
      Room room,
      UserId reader,
      boolean extended,
      int voiceMax,
      List<Member> shown,
      @Nullable Integer userCount,
      long nowMs) {
    Member member = room.members().find(reader);
    Media media = room.media();
    return new RoomState(
        room.id().value(),
        room.hostId().toString(),
        room.hostName().value(),
        media == null ? null : media.url(),
        media == null ? null : WireText.name(media.kind()),
        VideoState.of(room.timeline(), nowMs),
        User.of(shown),
        WireText.iso(room.createdAtMs()),
        WaitingState.of(room.waiting()),
        SettingsState.of(room),
        member != null && member.host() ? KnockEntry.waiting(room) : null,
        userCount,
        extended ? QueueState.of(room, reader, nowMs) : null,
        extended ? SubtitleEntry.of(room.subtitles()) : null,
        extended ? VoiceStatus.of(room, voiceMax) : null);
  }
}
