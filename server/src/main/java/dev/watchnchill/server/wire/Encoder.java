package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what happened in a room into what its members hear. */
public final class Encoder {
  private final DoubleSupplier serverTimeMs;

  /**
   * @param serverTimeMs the clock that {@code timeline} events carry, ms since the epoch
   */
  public Encoder(DoubleSupplier serverTimeMs) {
    this.serverTimeMs = serverTimeMs;
  }

  /** What the members of that room hear of that event. */
  public Outbound encode(RoomId roomId, long epoch, RoomEvent.BroadcastEvent event) {
    return encode(roomId, epoch, event, null);
  }

  /**
   * What the members of that room hear of that event.
   *
   * @param since the change that was told before it, when there are some in between that were not
   *     (rule PS4), or null
   */
  public Outbound encode(
      RoomId roomId, long epoch, RoomEvent.BroadcastEvent event, @Nullable Long since) {
    return switch (event) {
      case RoomEvent.UserJoined e ->
          new Outbound(
              "user-joined",
              new Payloads.UserJoined(Views.User.of(e.member()), epoch, e.seq()),
              e.member().id(),
              false);
      case RoomEvent.UserLeft e ->
          toOthers("user-left", new Payloads.AboutUser(e.userId().toString(), epoch, e.seq()), e);
      case RoomEvent.UserAway e ->
          new Outbound(
              "user-away",
              new Payloads.AboutUser(e.userId().toString(), epoch, e.seq()),
              e.userId(),
              false);
      case RoomEvent.UserReturned e ->
          new Outbound(
              "user-returned",
              new Payloads.AboutUser(e.userId().toString(), epoch, e.seq()),
              e.userId(),
              false);
      case RoomEvent.UserPromoted e ->
          toAll(
              "user-promoted",
              new Payloads.UserPromoted(
                  e.userId().toString(), e.userName().value(), epoch, e.seq(), since));
      case RoomEvent.VideoSet e ->
          toAll(
              "video-set",
              new Payloads.VideoSet(
                  e.media().url(),
                  Views.wireName(e.media().kind()),
                  Payloads.VideoSet.start(e.media()),
                  epoch,
                  e.seq(),
                  since));
      case RoomEvent.Controlled e ->
          new Outbound(
              "video-" + e.action().name().toLowerCase(Locale.ROOT),
              new Payloads.Controlled(e.position(), e.atMs(), epoch, e.seq(), since),
              e.by(),
              false);
      case RoomEvent.TimelineChanged e ->
          toAll(
              "timeline",
              Views.TimelineState.of(
                  epoch,
                  e.timeline(),
                  serverTimeMs.getAsDouble(),
                  e.reason().name().toLowerCase(Locale.ROOT),
                  since));
      case RoomEvent.WaitingSet e -> toAll("waiting-set", Payloads.WaitingSet.of(e, epoch, since));
      case RoomEvent.MessageSent e ->
          toAll(
              "new-message",
              new Payloads.NewMessage(
                  Views.Message.of(e.message(), roomId.value()), epoch, e.seq(), since));
      case RoomEvent.RoomClosed e ->
          toAll(
              "room-closed",
              new Payloads.RoomClosed(roomId.value(), e.why().name().toLowerCase(Locale.ROOT)));
      case RoomEvent.SyncReported e ->
          new Outbound(
              "sync-update",
              new Payloads.SyncUpdate(e.position(), e.playing(), asSent(e.timestampMs())),
              e.by(),
              true);
      case RoomEvent.Typing e ->
          e.started()
              ? new Outbound(
                  "user-typing",
                  new Payloads.UserTyping(e.userId().toString(), e.userName().value()),
                  e.userId(),
                  true)
              : new Outbound(
                  "user-stopped-typing",
                  new Payloads.UserStoppedTyping(e.userId().toString()),
                  e.userId(),
                  true);
    };
  }

  private static Outbound toAll(String name, Object payload) {
    return new Outbound(name, payload, null, false);
  }

  // Whoever left has no socket in the room any more, so that "others" are all that remain.
  private static Outbound toOthers(String name, Object payload, RoomEvent.UserLeft left) {
    return new Outbound(name, payload, left.userId(), false);
  }

  /** A whole number stays one on the wire, as the client sent it (SC1: "the same three values"). */
  private static Number asSent(double value) {
    long whole = (long) value;
    return whole == value ? (Number) whole : (Number) value;
  }
}
