package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import java.util.List;
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
  public RoomBroadcast encode(Room room, RoomEvent.BroadcastEvent event) {
    return encode(room, event, null);
  }

  /**
   * Returns the message of an event.
   *
   * @param room the room after the change, or after a later one: what the event does not carry is
   *     sent as it is there
   * @param since the change that was broadcast before it, when some in between were not (rule PS4),
   *     or null
   */
  public RoomBroadcast encode(Room room, RoomEvent.BroadcastEvent event, @Nullable Long since) {
    return switch (event) {
      case RoomEvent.Change change -> encodeChange(room, change, since);
      case RoomEvent.TransientEvent passing -> encodeTransient(passing);
    };
  }

  private RoomBroadcast encodeChange(Room room, RoomEvent.Change change, @Nullable Long since) {
    long epoch = room.epoch();
    long seq = change.seq();
    return switch (change) {
      case RoomEvent.UserJoined e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserJoined(User.of(e.member()), epoch, seq, since),
              e.member().id());
      case RoomEvent.UserLeft e -> RoomBroadcast.toOthers(left(e, epoch, since), e.userId());
      case RoomEvent.UserAway e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserAway(e.userId().toString(), epoch, seq, since), e.userId());
      case RoomEvent.UserReturned e ->
          RoomBroadcast.toOthers(
              new ServerMessage.UserReturned(e.userId().toString(), epoch, seq, since), e.userId());
      case RoomEvent.UserPromoted e ->
          RoomBroadcast.toAll(
              new ServerMessage.UserPromoted(
                  e.userId().toString(),
                  e.userName().value(),
                  WireText.id(e.by()),
                  epoch,
                  seq,
                  since));
      case RoomEvent.UserDemoted e ->
          RoomBroadcast.toAll(
              new ServerMessage.UserDemoted(
                  e.userId().toString(),
                  e.userName().value(),
                  e.by().toString(),
                  epoch,
                  seq,
                  since));
      case RoomEvent.RoomTransferred e ->
          RoomBroadcast.toAll(
              new ServerMessage.RoomTransferred(
                  e.hostId().toString(),
                  e.hostName().value(),
                  WireText.id(e.by()),
                  null,
                  epoch,
                  seq,
                  since));
      case RoomEvent.SettingsChanged e ->
          RoomBroadcast.toAll(
              new ServerMessage.SettingsChanged(
                  SettingsState.of(e.settings(), e.hasPassword()),
                  e.by().toString(),
                  epoch,
                  seq,
                  since));
      case RoomEvent.MemberMuted e ->
          RoomBroadcast.toAll(
              new ServerMessage.MemberMuted(
                  e.userId().toString(),
                  e.userName().value(),
                  e.muted(),
                  e.by().toString(),
                  epoch,
                  seq,
                  since));
      case RoomEvent.HostsChange e -> RoomBroadcast.toHosts(toHosts(e, epoch, since));
      case RoomEvent.VideoSet e -> RoomBroadcast.toAll(videoSet(e, epoch, since));
      case RoomEvent.Controlled e -> RoomBroadcast.toOthers(controlled(e, epoch, since), e.by());
      case RoomEvent.TimelineChanged e ->
          RoomBroadcast.toAll(
              TimelineMessages.of(
                  epoch,
                  e.timeline(),
                  serverTimeMs.getAsDouble(),
                  WireText.name(e.reason()),
                  e.undoUntilMs(),
                  since));
      case RoomEvent.WaitingSet e -> RoomBroadcast.toAll(waitingSet(e, epoch, since));
      case RoomEvent.QueueChanged e ->
          RoomBroadcast.toAll(
              new ServerMessage.QueueChanged(
                  QueueUpdate.of(e.change()), WireText.id(e.by()), epoch, seq, since));
      case RoomEvent.SubtitlesChanged e ->
          RoomBroadcast.toAll(
              new ServerMessage.SubtitlesChanged(
                  SubtitleEntry.of(e.tracks()), WireText.id(e.by()), epoch, seq, since));
      case RoomEvent.ChatChange e -> RoomBroadcast.toAll(chat(room, e, since));
      case RoomEvent.VoiceChanged _ ->
          RoomBroadcast.toAll(
              new ServerMessage.VoiceState(SpeakerEntry.of(room), epoch, seq, since));
      case RoomEvent.RoomClosed e ->
          RoomBroadcast.toAll(ServerMessage.RoomClosed.of(room.id(), e.why()));
    };
  }

  private static ServerMessage chat(Room room, RoomEvent.ChatChange change, @Nullable Long since) {
    long epoch = room.epoch();
    return switch (change) {
      case RoomEvent.MessageSent e ->
          new ServerMessage.NewMessage(ChatEntry.of(e.message(), room), epoch, e.seq(), since);
      case RoomEvent.MessageEdited e ->
          new ServerMessage.MessageEdited(
              e.message().toString(),
              e.text(),
              WireText.iso(e.editedAtMs()),
              e.by().toString(),
              epoch,
              e.seq(),
              since);
      case RoomEvent.MessageDeleted e ->
          new ServerMessage.MessageDeleted(
              e.message().toString(), e.by().toString(), epoch, e.seq(), since);
      case RoomEvent.MessageReacted e -> {
        ChatMessage message = room.chat().find(e.message());
        yield new ServerMessage.MessageReactions(
            e.message().toString(),
            message == null ? List.of() : ReactionEntry.of(message.reactions()),
            epoch,
            e.seq(),
            since);
      }
    };
  }

  private static ServerMessage toHosts(
      RoomEvent.HostsChange change, long epoch, @Nullable Long since) {
    return switch (change) {
      case RoomEvent.HostTokenIssued e ->
          new ServerMessage.HostTokenIssued(e.userId().toString(), epoch, e.seq(), since);
      case RoomEvent.Knocked e -> {
        KnockEntry knock = KnockEntry.of(e.knock());
        yield new ServerMessage.KnockReceived(
            knock.knockId(), knock.userName(), knock.at(), epoch, e.seq(), since);
      }
      case RoomEvent.KnockClosed e ->
          new ServerMessage.KnockClosed(
              e.knock().toString(),
              WireText.name(e.outcome()),
              WireText.id(e.by()),
              epoch,
              e.seq(),
              since);
      case RoomEvent.InvitationsChanged e ->
          new ServerMessage.InvitesChanged(WireText.id(e.by()), epoch, e.seq(), since);
      case RoomEvent.BansChanged e ->
          new ServerMessage.BansChanged(e.by().toString(), epoch, e.seq(), since);
    };
  }

  private static ServerMessage left(RoomEvent.UserLeft e, long epoch, @Nullable Long since) {
    RoomEvent.Removal removal = e.removal();
    return new ServerMessage.UserLeft(
        e.userId().toString(),
        removal == null ? null : removal.by().toString(),
        removal == null ? null : WireText.removal(removal.banned()),
        epoch,
        e.seq(),
        since);
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
      case RoomEvent.FilmReacted e ->
          RoomBroadcast.toExtended(
              new ServerMessage.FilmReactions(
                  List.of(new EmojiCount(e.emoji(), 1)),
                  e.userId().toString(),
                  e.userName().value()));
      case RoomEvent.VoiceSignalled e ->
          RoomBroadcast.toOne(
              new ServerMessage.VoiceSignal(
                  e.from().peerId().toString(),
                  e.from().userId().toString(),
                  SignalData.of(e.signal())),
              e.to());
      case RoomEvent.SpeakingChanged e ->
          RoomBroadcast.droppable(
              new ServerMessage.VoiceSpeaking(e.userId().toString(), e.on()), e.userId());
    };
  }

  private static ServerMessage videoSet(RoomEvent.VideoSet e, long epoch, @Nullable Long since) {
    Media media = e.media();
    double start = media.startSeconds();
    return new ServerMessage.VideoSet(
        media.url(),
        WireText.name(media.kind()),
        start > 0 ? start : null,
        e.by().toString(),
        epoch,
        e.seq(),
        since);
  }

  private static ServerMessage controlled(
      RoomEvent.Controlled e, long epoch, @Nullable Long since) {
    String by = e.by().toString();
    return switch (e.action()) {
      case PLAYED ->
          new ServerMessage.VideoPlayed(e.position(), e.atMs(), by, epoch, e.seq(), since);
      case PAUSED ->
          new ServerMessage.VideoPaused(e.position(), e.atMs(), by, epoch, e.seq(), since);
      case SEEKED ->
          new ServerMessage.VideoSeeked(e.position(), e.atMs(), by, epoch, e.seq(), since);
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
