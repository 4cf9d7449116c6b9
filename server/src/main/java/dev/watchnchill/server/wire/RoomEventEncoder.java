package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.playback.Media;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Turns events of a room into messages to its members. */
public final class RoomEventEncoder {
  private final DoubleSupplier serverTimeMs;

  /**
   * @param serverTimeMs the clock that {@code timeline} events carry, ms since the epoch
   */
  public RoomEventEncoder(DoubleSupplier serverTimeMs) {
    this.serverTimeMs = serverTimeMs;
  }

  /** Returns the message of an event, in a room whose every change is broadcast. */
  public RoomBroadcast encode(RoomId roomId, long epoch, RoomEvent.BroadcastEvent event) {
    return encode(roomId, epoch, event, null);
  }

  /**
   * Returns the message of an event.
   *
   * @param since the change that was broadcast before it, when some in between were not (rule PS4),
   *     or null
   */
  public RoomBroadcast encode(
      RoomId roomId, long epoch, RoomEvent.BroadcastEvent event, @Nullable Long since) {
    return switch (event) {
      case RoomEvent.Change change -> encodeChange(roomId, epoch, change, since);
      case RoomEvent.TransientEvent passing -> encodeTransient(passing);
    };
  }

  private RoomBroadcast encodeChange(
      RoomId roomId, long epoch, RoomEvent.Change change, @Nullable Long since) {
    long seq = change.seq();
    return switch (change) {
      case RoomEvent.UserJoined e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserJoined(User.of(e.member()), epoch, seq), e.member().id());
      case RoomEvent.UserLeft e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserLeft(e.userId().toString(), epoch, seq), e.userId());
      case RoomEvent.UserAway e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserAway(e.userId().toString(), epoch, seq), e.userId());
      case RoomEvent.UserReturned e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserReturned(e.userId().toString(), epoch, seq), e.userId());
      case RoomEvent.UserPromoted e ->
          RoomBroadcast.toAll(
              new ServerMessage.UserPromoted(
                  e.userId().toString(), e.userName().value(), epoch, seq, since));
      case RoomEvent.VideoSet e -> RoomBroadcast.toAll(videoSet(e.media(), epoch, seq, since));
      case RoomEvent.Controlled e -> RoomBroadcast.toOthers(controlled(e, epoch, since), e.by());
      case RoomEvent.TimelineChanged e ->
          RoomBroadcast.toAll(
              ServerMessage.TimelineState.of(
                  epoch,
                  e.timeline(),
                  serverTimeMs.getAsDouble(),
                  WireText.name(e.reason()),
                  since));
      case RoomEvent.WaitingSet e -> RoomBroadcast.toAll(waitingSet(e, epoch, since));
      case RoomEvent.MessageSent e ->
          RoomBroadcast.toAll(
              new ServerMessage.NewMessage(
                  ChatEntry.of(e.message(), roomId.value()), epoch, seq, since));
      case RoomEvent.RoomClosed e ->
          RoomBroadcast.toAll(ServerMessage.RoomClosed.of(roomId, e.why()));
    };
  }

  private static RoomBroadcast encodeTransient(RoomEvent.TransientEvent event) {
    return switch (event) {
      case RoomEvent.SyncReported e ->
          RoomBroadcast.droppable(
              new ServerMessage.SyncUpdate(e.position(), e.playing(), asSent(e.timestampMs())),
              e.by());
      case RoomEvent.Typing e ->
          RoomBroadcast.droppable(
              e.started()
                  ? new ServerMessage.UserTyping(e.userId().toString(), e.userName().value())
                  : new ServerMessage.UserStoppedTyping(e.userId().toString()),
              e.userId());
    };
  }

  private static ServerMessage videoSet(Media media, long epoch, long seq, @Nullable Long since) {
    double start = media.startSeconds();
    return new ServerMessage.VideoSet(
        media.url(), WireText.name(media.kind()), start > 0 ? start : null, epoch, seq, since);
  }

  private static ServerMessage controlled(
      RoomEvent.Controlled e, long epoch, @Nullable Long since) {
    return switch (e.action()) {
      case PLAYED -> new ServerMessage.VideoPlayed(e.position(), e.atMs(), epoch, e.seq(), since);
      case PAUSED -> new ServerMessage.VideoPaused(e.position(), e.atMs(), epoch, e.seq(), since);
      case SEEKED -> new ServerMessage.VideoSeeked(e.position(), e.atMs(), epoch, e.seq(), since);
    };
  }

  private static ServerMessage waitingSet(
      RoomEvent.WaitingSet e, long epoch, @Nullable Long since) {
    var policy = WaitingState.of(e.waiting());
    return new ServerMessage.WaitingSet(
        policy.mode(),
        policy.seconds(),
        policy.graceMs(),
        policy.peopleMax(),
        policy.strikesMax(),
        e.by().toString(),
        epoch,
        e.seq(),
        since);
  }

  /** Keeps a whole number whole, as the client sent it (SC1: "the same three values"). */
  private static Number asSent(double value) {
    long whole = (long) value;
    return whole == value ? (Number) whole : (Number) value;
  }
}
