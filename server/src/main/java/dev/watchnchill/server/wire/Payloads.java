package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of the server's events (section 6 of the contract); {@code epoch} and {@code seq} as
 * SQ1 says, {@code since} as PS4 does.
 */
public final class Payloads {
  private Payloads() {}

  /** EV1. */
  public record RoomCreated(
      String roomId, Views.RoomState room, String hostToken, long epoch, long seq) {}

  /** EV2, RS1, RS3. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RoomJoined(
      Views.RoomState room,
      Views.User user,
      List<Views.Message> messages,
      long epoch,
      long seq,
      Views.TimelineState timeline,
      boolean resumed,
      @Nullable String sessionToken) {}

  /** EV3. */
  public record UserJoined(Views.User user, long epoch, long seq) {}

  /** EV4, RS2, RS3. */
  public record AboutUser(String userId, long epoch, long seq) {}

  /** EV5. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UserPromoted(
      String userId, String userName, long epoch, long seq, @Nullable Long since) {}

  /** EV6. */
  public record Refused(String error) {}

  /** Rule RL8. */
  public record Closing(String error, String reason) {}

  /** EV7; seconds, when the link names a start (MD3). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VideoSet(
      String videoUrl,
      String videoType,
      @Nullable Double currentTime,
      long epoch,
      long seq,
      @Nullable Long since) {
    static @Nullable Double start(Media media) {
      double seconds = media.startSeconds();
      return seconds > 0 ? seconds : null;
    }
  }

  /** EV8; seconds and ms. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Controlled(
      double currentTime, long timestamp, long epoch, long seq, @Nullable Long since) {}

  /** EV9; seconds and ms. */
  public record SyncUpdate(double currentTime, boolean isPlaying, Number timestamp) {}

  /** EV10. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record NewMessage(Views.Message message, long epoch, long seq, @Nullable Long since) {}

  /** EV11. */
  public record UserTyping(String userId, String userName) {}

  /** EV12. */
  public record UserStoppedTyping(String userId) {}

  /** WT1. */
  public record WaitingSet(
      String mode,
      int seconds,
      int graceMs,
      int peopleMax,
      int strikesMax,
      String userId,
      long epoch,
      long seq,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long since) {
    static WaitingSet of(RoomEvent.WaitingSet set, long epoch, @Nullable Long since) {
      var policy = Views.Waiting.of(set.waiting());
      return new WaitingSet(
          policy.mode(),
          policy.seconds(),
          policy.graceMs(),
          policy.peopleMax(),
          policy.strikesMax(),
          set.by().toString(),
          epoch,
          set.seq(),
          since);
    }
  }

  /** ST1. */
  public record Status(List<Views.MemberStatus> members) {}

  /** PS2: what has become of people since they were told of last. */
  public record Presence(
      String roomId,
      long epoch,
      long seq,
      long since,
      boolean big,
      int count,
      List<Views.User> joined,
      List<String> left,
      List<String> away,
      List<String> returned,
      boolean more) {}

  /** PS3: who is there, in place of all that was known. */
  public record PresenceSnapshot(
      String roomId,
      long epoch,
      long seq,
      long since,
      boolean big,
      int count,
      boolean snapshot,
      List<Views.User> users) {}

  /** RS8. */
  public record RoomClosed(String roomId, String reason) {}

  /** IN6. */
  public record RoomAvailability(String roomId, boolean available) {}

  /** IN7. */
  public record StreamPosition(String roomId, long epoch, long seq) {}
}
