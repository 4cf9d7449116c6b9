package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ClientRequest.Command;
import dev.watchnchill.server.wire.ClientRequest.ViewerSignal;
import org.jspecify.annotations.Nullable;

/** Builds the requests of members, as the decoder does from their payloads. */
public final class MemberRequests {
  private MemberRequests() {}

  public static ClientRequest.InRoom promote(RoomId room, UserId target) {
    return new Command(room, (actor, _, _) -> new RoomCommand.Promote(actor, target));
  }

  public static ClientRequest.InRoom setVideo(RoomId room, Media media) {
    return new Command(room, (actor, _, ids) -> new RoomCommand.SetVideo(actor, media, ids.get()));
  }

  public static ClientRequest.InRoom play(RoomId room, double position) {
    return new Command(
        room, (actor, extended, _) -> new RoomCommand.Play(actor, position, extended));
  }

  public static ClientRequest.InRoom pause(
      RoomId room, double position, @Nullable Double pressedAtMs) {
    return new Command(room, (actor, _, _) -> new RoomCommand.Pause(actor, position, pressedAtMs));
  }

  public static ClientRequest.InRoom seek(RoomId room, double position) {
    return new Command(
        room, (actor, extended, _) -> new RoomCommand.Seek(actor, position, extended));
  }

  public static ClientRequest.InRoom syncCheck(
      RoomId room, double position, boolean playing, double timestampMs) {
    return new Command(
        room, (actor, _, _) -> new RoomCommand.SyncCheck(actor, position, playing, timestampMs));
  }

  public static ClientRequest.InRoom reportDuration(RoomId room, double duration) {
    return new Command(room, (actor, _, _) -> new RoomCommand.ReportDuration(actor, duration));
  }

  public static ClientRequest.InRoom reportLive(RoomId room, int item, double delayMs) {
    return new Command(
        room, (actor, _, _) -> new RoomCommand.ReportLive(actor, item, delayMs, null));
  }

  public static ClientRequest.InRoom setRate(RoomId room, double rate) {
    return new Command(room, (actor, _, _) -> new RoomCommand.SetRate(actor, rate));
  }

  public static ClientRequest.InRoom setWaiting(
      RoomId room,
      WaitPolicy.Mode mode,
      @Nullable Integer seconds,
      @Nullable Integer graceMs,
      @Nullable Integer peopleMax,
      @Nullable Integer strikesMax) {
    return new Command(
        room,
        (actor, _, _) ->
            new RoomCommand.SetWaiting(actor, mode, seconds, graceMs, peopleMax, strikesMax));
  }

  public static ClientRequest.InRoom typing(RoomId room, boolean started) {
    return new Command(room, (actor, _, _) -> new RoomCommand.SetTyping(actor, started));
  }

  public static ClientRequest.InRoom ready(RoomId room, long seq) {
    return new ViewerSignal(room, (actor, _, _) -> new RoomCommand.Ready(actor, seq));
  }

  public static ClientRequest.InRoom buffering(RoomId room, long seq) {
    return new ViewerSignal(room, (actor, _, _) -> new RoomCommand.Buffering(actor, seq));
  }

  public static ClientRequest.InRoom buffered(RoomId room, long seq) {
    return new ViewerSignal(room, (actor, _, _) -> new RoomCommand.Buffered(actor, seq));
  }
}
