package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.wire.ClientMessage.Buffered;
import dev.watchnchill.server.wire.ClientMessage.Buffering;
import dev.watchnchill.server.wire.ClientMessage.Clock;
import dev.watchnchill.server.wire.ClientMessage.CreateRoom;
import dev.watchnchill.server.wire.ClientMessage.GetPeople;
import dev.watchnchill.server.wire.ClientMessage.GetTimeline;
import dev.watchnchill.server.wire.ClientMessage.JoinRoom;
import dev.watchnchill.server.wire.ClientMessage.LeaveRoom;
import dev.watchnchill.server.wire.ClientMessage.PauseVideo;
import dev.watchnchill.server.wire.ClientMessage.PlayVideo;
import dev.watchnchill.server.wire.ClientMessage.PromoteHost;
import dev.watchnchill.server.wire.ClientMessage.Ready;
import dev.watchnchill.server.wire.ClientMessage.ReportDuration;
import dev.watchnchill.server.wire.ClientMessage.SeekVideo;
import dev.watchnchill.server.wire.ClientMessage.SendMessage;
import dev.watchnchill.server.wire.ClientMessage.SetRate;
import dev.watchnchill.server.wire.ClientMessage.SetVideo;
import dev.watchnchill.server.wire.ClientMessage.SetWaiting;
import dev.watchnchill.server.wire.ClientMessage.SyncCheck;
import dev.watchnchill.server.wire.ClientMessage.Typing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns what a client sent into a message or into a refusal; never throws for what it is given
 * (rule FR11).
 */
public final class Decoder {
  // What a clock report may say (rule TL7): ms, ms, and a count.
  private static final double LATENCY_MS_MAX = 60_000;
  private static final double DRIFT_MS_MAX = 3_600_000;
  private static final long SEEKS_MAX = 1_000_000_000;

  private final int messageLengthMax;

  /**
   * @param messageLengthMax longest chat message, in UTF-16 characters
   */
  public Decoder(int messageLengthMax) {
    this.messageLengthMax = messageLengthMax;
  }

  /** A message, or what is wrong. Exactly one of the two is there. */
  public record Decoded(@Nullable ClientMessage message, @Nullable ErrorReply problem) {}

  /** Reads the payload of that event; null stands for an absent one. */
  public Decoded decode(ClientEvent event, @Nullable JsonNode payload) {
    if (payload == null || !payload.isObject()) {
      return new Decoded(
          null,
          ErrorReply.invalid(
              List.of("Invalid input: expected object, received " + FieldReader.typeOf(payload))));
    }
    var in = new FieldReader(payload);
    ClientMessage message = read(event, in);
    return in.problems().isEmpty() && message != null
        ? new Decoded(message, null)
        : new Decoded(null, ErrorReply.invalid(in.problems()));
  }

  // Arguments are evaluated from left to right, which is the order of the messages of FR11.
  private @Nullable ClientMessage read(ClientEvent event, FieldReader in) {
    return switch (event) {
      case CREATE_ROOM -> new CreateRoom(in.name("hostName"));
      case JOIN_ROOM ->
          new JoinRoom(
              in.roomId(), in.name("userName"), in.optionalHostToken(), in.optionalSessionToken());
      case LEAVE_ROOM -> new LeaveRoom(in.roomId());
      case PROMOTE_HOST -> new PromoteHost(in.roomId(), in.userId());
      case SET_VIDEO -> {
        var roomId = in.roomId();
        var media = in.media();
        yield media == null ? null : new SetVideo(roomId, media);
      }
      case PLAY_VIDEO -> new PlayVideo(in.roomId(), in.notNegative("currentTime"));
      case PAUSE_VIDEO ->
          new PauseVideo(
              in.roomId(), in.notNegative("currentTime"), in.optionalNumber("pressedAt"));
      case SEEK_VIDEO -> new SeekVideo(in.roomId(), in.notNegative("currentTime"));
      case SYNC_CHECK ->
          new SyncCheck(
              in.roomId(),
              in.notNegative("currentTime"),
              in.bool("isPlaying"),
              in.positive("timestamp"));
      case SEND_MESSAGE ->
          new SendMessage(in.roomId(), in.message(messageLengthMax), in.optionalUuid("messageId"));
      case TYPING_START -> new Typing(in.roomId(), true);
      case TYPING_STOP -> new Typing(in.roomId(), false);
      case REPORT_DURATION -> new ReportDuration(in.roomId(), in.positive("duration"));
      case SET_RATE ->
          new SetRate(in.roomId(), in.within("rate", Timeline.RATE_MIN, Timeline.RATE_MAX));
      case SET_WAITING ->
          new SetWaiting(
              in.roomId(),
              in.oneOf("mode", WaitPolicy.Mode.class, WaitPolicy.Mode.NEVER),
              in.optionalInt("seconds", 1, WaitPolicy.SECONDS_MAX),
              in.optionalInt("graceMs", 0, WaitPolicy.GRACE_MS_MAX),
              in.optionalInt("peopleMax", 1, WaitPolicy.PEOPLE_MAX),
              in.optionalInt("strikesMax", 1, WaitPolicy.STRIKES_MAX));
      case READY -> new Ready(in.roomId(), (long) in.notNegative("seq"));
      case BUFFERING -> new Buffering(in.roomId(), (long) in.notNegative("seq"));
      case BUFFERED -> new Buffered(in.roomId(), (long) in.notNegative("seq"));
      case CLOCK -> new Clock(in.number("t1"), report(in));
      case GET_TIMELINE -> new GetTimeline(in.roomId());
      case RESUME ->
          new ClientMessage.Resume(
              in.roomId(), (long) in.notNegative("epoch"), (long) in.notNegative("seq"));
      case GET_PEOPLE ->
          new GetPeople(
              in.roomId(),
              in.optionalUserId("after"),
              in.optionalText("query", DisplayName.LENGTH_MAX));
    };
  }

  private static @Nullable ViewerReport report(FieldReader clock) {
    FieldReader in = clock.optionalObject("report");
    return in == null
        ? null
        : new ViewerReport(
            in.optionalWithin("rtt90", 0, LATENCY_MS_MAX),
            in.optionalWithin("start", 0, LATENCY_MS_MAX),
            in.optionalWithin("startDev", 0, LATENCY_MS_MAX),
            in.optionalWithin("seek", 0, LATENCY_MS_MAX),
            in.isNull("drift") ? null : in.optionalWithin("drift", -DRIFT_MS_MAX, DRIFT_MS_MAX),
            in.optionalWithin("bound", 0, LATENCY_MS_MAX),
            in.optionalOneOf("state", ViewerReport.State.class),
            in.optionalCount("seeks", SEEKS_MAX));
  }
}
