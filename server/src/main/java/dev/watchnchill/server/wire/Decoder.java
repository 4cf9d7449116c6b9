package dev.watchnchill.server.wire;

import dev.watchnchill.server.wire.ClientMessage.Clock;
import dev.watchnchill.server.wire.ClientMessage.CreateRoom;
import dev.watchnchill.server.wire.ClientMessage.GetTimeline;
import dev.watchnchill.server.wire.ClientMessage.JoinRoom;
import dev.watchnchill.server.wire.ClientMessage.LeaveRoom;
import dev.watchnchill.server.wire.ClientMessage.PauseVideo;
import dev.watchnchill.server.wire.ClientMessage.PlayVideo;
import dev.watchnchill.server.wire.ClientMessage.PromoteHost;
import dev.watchnchill.server.wire.ClientMessage.ReportDuration;
import dev.watchnchill.server.wire.ClientMessage.SeekVideo;
import dev.watchnchill.server.wire.ClientMessage.SendMessage;
import dev.watchnchill.server.wire.ClientMessage.SetVideo;
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
  private final int messageLengthMax;

  /**
   * @param messageLengthMax longest chat message, in UTF-16 characters
   */
  public Decoder(int messageLengthMax) {
    this.messageLengthMax = messageLengthMax;
  }

  /** A message, or what is wrong. Exactly one of the two is there. */
  public record Decoded(@Nullable ClientMessage message, @Nullable Problem problem) {}

  /** Reads the payload of that event; null stands for an absent one. */
  public Decoded decode(ClientEvent event, @Nullable JsonNode payload) {
    if (payload == null || !payload.isObject()) {
      return new Decoded(
          null,
          Problem.invalid(
              List.of("Invalid input: expected object, received " + FieldReader.typeOf(payload))));
    }
    var in = new FieldReader(payload);
    ClientMessage message = read(event, in);
    return in.problems().isEmpty() && message != null
        ? new Decoded(message, null)
        : new Decoded(null, Problem.invalid(in.problems()));
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
      case SEND_MESSAGE -> new SendMessage(in.roomId(), in.message(messageLengthMax));
      case TYPING_START -> new Typing(in.roomId(), true);
      case TYPING_STOP -> new Typing(in.roomId(), false);
      case REPORT_DURATION -> new ReportDuration(in.roomId(), in.positive("duration"));
      case CLOCK -> new Clock(in.number("t1"));
      case GET_TIMELINE -> new GetTimeline(in.roomId());
      case RESUME ->
          new ClientMessage.Resume(
              in.roomId(), (long) in.notNegative("epoch"), (long) in.notNegative("seq"));
    };
  }
}
