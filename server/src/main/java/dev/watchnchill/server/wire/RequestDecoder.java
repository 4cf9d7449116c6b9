package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.wire.ClientRequest.Command;
import dev.watchnchill.server.wire.ClientRequest.CommandFactory;
import dev.watchnchill.server.wire.ClientRequest.ViewerSignal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the payloads of clients into requests or rejections; throws for no input (rule FR11). */
public final class RequestDecoder {
  // Bounds of a clock report (rule TL7): ms, ms, and a count.
  private static final double LATENCY_MS_MAX = 60_000;
  private static final double DRIFT_MS_MAX = 3_600_000;
  private static final long SEEKS_MAX = 1_000_000_000;

  // Bounds of invitations and bans (rule FR13).
  private static final long INVITE_TTL_MS_MIN = 60_000;
  private static final long INVITE_TTL_MS_MAX = 30L * 86_400_000;
  private static final int INVITE_USES_MAX = 1_000;
  private static final long BAN_MINUTES_MAX = 365L * 24 * 60;

  /** Most characters of a query of the media library (rule FR16). */
  private static final int LIBRARY_QUERY_MAX = 100;

  /** Most films that are described at once (rule FR16). */
  private static final int FILM_INFOS_MAX = 50;

  private final int messageLengthMax;

  /**
   * @param messageLengthMax longest chat message, in UTF-16 characters
   */
  public RequestDecoder(int messageLengthMax) {
    this.messageLengthMax = messageLengthMax;
  }

  /**
   * Decodes the payload of an event; null stands for an absent one.
   *
   * @param names the rule of the names in it
   */
  public Decoded decode(ClientEvent event, @Nullable JsonNode payload, NamePolicy names) {
    if (payload == null || !payload.isObject()) {
      return new Decoded.Rejected(
          ErrorReply.invalid(
              List.of("Invalid input: expected object, received " + FieldReader.typeOf(payload)),
              null));
    }
    var in = new FieldReader(payload, names);
    ClientRequest request = read(event, in);
    return in.problems().isEmpty()
        ? new Decoded.Accepted(request)
        : new Decoded.Rejected(ErrorReply.invalid(in.problems(), in.linkProblem()));
  }

  // Arguments are evaluated from left to right, which is the order of the messages of FR11.
  private ClientRequest read(ClientEvent event, FieldReader in) {
    return switch (event) {
      case CREATE_ROOM ->
          new ClientRequest.CreateRoom(
              in.name("hostName"),
              SettingsReader.change(in.optionalObject("settings")),
              in.has("password") ? in.newPassword() : null);
      case JOIN_ROOM ->
          new ClientRequest.JoinRoom(
              in.roomId(),
              in.name("userName"),
              in.optionalHostToken(),
              in.optionalToken("sessionToken"),
              in.optionalPassword(),
              in.optionalToken("invite"));
      case LEAVE_ROOM -> new ClientRequest.LeaveRoom(in.roomId());
      case CLOCK -> new ClientRequest.ReadClock(in.number("t1"), report(in));
      case PROMOTE_HOST -> new Command(in.roomId(), promote(in));
      case SET_VIDEO -> new ClientRequest.SetVideo(in.roomId(), in.media());
      case PLAY_VIDEO -> new Command(in.roomId(), play(in));
      case PAUSE_VIDEO -> new Command(in.roomId(), pause(in));
      case SEEK_VIDEO -> new Command(in.roomId(), seek(in));
      case SYNC_CHECK -> new Command(in.roomId(), syncCheck(in));
      case REPORT_DURATION -> new Command(in.roomId(), reportDuration(in));
      case REPORT_LIVE -> new Command(in.roomId(), reportLive(in));
      case SET_RATE -> new Command(in.roomId(), setRate(in));
      case SET_WAITING -> new Command(in.roomId(), setWaiting(in));
      case TYPING_START -> new Command(in.roomId(), typing(true));
      case TYPING_STOP -> new Command(in.roomId(), typing(false));
      case FILM_REACTION -> new Command(in.roomId(), reactToFilm(in));
      case READY -> new ViewerSignal(in.roomId(), ready(in));
      case BUFFERING -> new ViewerSignal(in.roomId(), buffering(in));
      case BUFFERED -> new ViewerSignal(in.roomId(), buffered(in));
      case SEND_MESSAGE -> ChatRequestReader.send(in, messageLengthMax);
      case EDIT_MESSAGE -> new Command(in.roomId(), ChatRequestReader.edit(in, messageLengthMax));
      case DELETE_MESSAGE -> new Command(in.roomId(), ChatRequestReader.delete(in));
      case REACT -> new Command(in.roomId(), ChatRequestReader.react(in));
      case GET_MESSAGES -> ChatRequestReader.page(in);
      case SET_SETTINGS -> new Command(in.roomId(), setSettings(in));
      case DEMOTE_HOST -> new Command(in.roomId(), demote(in));
      case TRANSFER_ROOM -> new Command(in.roomId(), transfer(in));
      case UNDO_SEEK -> new Command(in.roomId(), undoSeek());
      case SET_PASSWORD -> new ClientRequest.SetPassword(in.roomId(), in.newPassword());
      case ANSWER_KNOCK -> new Command(in.roomId(), answerKnock(in));
      case CREATE_INVITE ->
          new ClientRequest.CreateInvite(
              in.roomId(),
              in.optionalWhole("ttlMs", INVITE_TTL_MS_MIN, INVITE_TTL_MS_MAX),
              in.optionalInt("uses", 1, INVITE_USES_MAX));
      case REVOKE_INVITE -> new Command(in.roomId(), revokeInvite(in));
      case REMOVE_MEMBER -> removeMember(in);
      case LIFT_BAN -> new Command(in.roomId(), liftBan(in));
      case MUTE_MEMBER -> new Command(in.roomId(), mute(in));
      case QUEUE_ADD -> QueueRequestReader.add(in);
      case QUEUE_REMOVE -> new Command(in.roomId(), QueueRequestReader.remove(in));
      case QUEUE_MOVE -> new Command(in.roomId(), QueueRequestReader.move(in));
      case QUEUE_PLAY -> new Command(in.roomId(), QueueRequestReader.play(in));
      case QUEUE_NEXT -> new Command(in.roomId(), QueueRequestReader.next());
      case QUEUE_PREVIOUS -> new Command(in.roomId(), QueueRequestReader.previous());
      case QUEUE_SHUFFLE -> new Command(in.roomId(), QueueRequestReader.shuffle());
      case QUEUE_CLEAR -> new Command(in.roomId(), QueueRequestReader.clear());
      case QUEUE_UNDO -> new Command(in.roomId(), QueueRequestReader.undo());
      case SET_QUEUE_MODE -> new Command(in.roomId(), QueueRequestReader.setMode(in));
      case VOTE_ITEM -> new Command(in.roomId(), QueueRequestReader.voteItem(in));
      case VOTE_SKIP -> new Command(in.roomId(), QueueRequestReader.voteSkip(in));
      case DESCRIBE_ITEM -> new Command(in.roomId(), QueueRequestReader.describe(in));
      case GET_QUEUE -> QueueRequestReader.page(in);
      case GET_LIBRARY ->
          new ClientRequest.GetLibrary(
              in.roomId(),
              in.optionalLibraryId("folder"),
              in.optionalText("query", LIBRARY_QUERY_MAX),
              in.optionalLibraryId("after"));
      case GET_FILM_INFO ->
          new ClientRequest.GetFilmInfo(in.roomId(), in.libraryIds("mediaIds", FILM_INFOS_MAX));
      case GET_MEDIA_LINK ->
          new ClientRequest.GetMediaLink(in.roomId(), (int) in.whole("item", 0, Integer.MAX_VALUE));
      case SET_SUBTITLES -> SubtitleRequestReader.set(in);
      case UPLOAD_SUBTITLES -> SubtitleRequestReader.upload(in);
      case GET_SUBTITLES -> SubtitleRequestReader.get(in);
      case VOICE_JOIN -> VoiceRequestReader.join(in);
      case VOICE_LEAVE -> new Command(in.roomId(), VoiceRequestReader.leave());
      case VOICE_MUTE -> new Command(in.roomId(), VoiceRequestReader.mute(in));
      case VOICE_CAMERA -> new Command(in.roomId(), VoiceRequestReader.camera(in));
      case MUTE_VOICE -> new Command(in.roomId(), VoiceRequestReader.silence(in));
      case VOICE_SIGNAL -> VoiceRequestReader.signal(in);
      case VOICE_SPEAKING -> new ViewerSignal(in.roomId(), VoiceRequestReader.speaking(in));
      case GET_KNOCKS -> new ClientRequest.GetKnocks(in.roomId());
      case GET_INVITES -> new ClientRequest.GetInvites(in.roomId());
      case GET_BANS -> new ClientRequest.GetBans(in.roomId());
      case GET_TIMELINE -> new ClientRequest.GetTimeline(in.roomId());
      case RESUME ->
          new ClientRequest.Resume(in.roomId(), in.streamNumber("epoch"), in.streamNumber("seq"));
      case GET_PEOPLE ->
          new ClientRequest.GetPeople(
              in.roomId(),
              in.optionalUserId("after"),
              in.optionalText("query", DisplayName.LENGTH_MAX));
    };
  }

  private static CommandFactory promote(FieldReader in) {
    UserId target = in.userId();
    return (actor, _, _) -> new RoomCommand.Promote(actor, target);
  }

  private static CommandFactory setSettings(FieldReader in) {
    RoomSettings.Change change = SettingsReader.change(in);
    return (actor, _, _) -> new RoomCommand.SetSettings(actor, change);
  }

  private static CommandFactory demote(FieldReader in) {
    UserId target = in.userId();
    return (actor, _, _) -> new RoomCommand.Demote(actor, target);
  }

  private static CommandFactory transfer(FieldReader in) {
    UserId target = in.userId();
    return (actor, _, _) -> new RoomCommand.TransferRoom(actor, target);
  }

  private static CommandFactory answerKnock(FieldReader in) {
    UUID knock = in.uuid("knockId");
    boolean accept = in.bool("accept");
    return (actor, _, _) -> new RoomCommand.AnswerKnock(actor, knock, accept);
  }

  private static CommandFactory revokeInvite(FieldReader in) {
    UUID invite = in.uuid("inviteId");
    return (actor, _, _) -> new RoomCommand.RevokeInvitation(actor, invite);
  }

  private static ClientRequest removeMember(FieldReader in) {
    RoomId room = in.roomId();
    UserId target = in.userId();
    FieldReader ban = in.optionalObject("ban");
    Long minutes = ban == null ? null : ban.optionalWhole("minutes", 1, BAN_MINUTES_MAX);
    return new ClientRequest.RemoveMember(room, target, ban != null, minutes);
  }

  private static CommandFactory liftBan(FieldReader in) {
    UUID ban = in.uuid("banId");
    return (actor, _, _) -> new RoomCommand.LiftBan(actor, ban);
  }

  private static CommandFactory mute(FieldReader in) {
    UserId target = in.userId();
    boolean muted = in.bool("muted");
    return (actor, _, _) -> new RoomCommand.MuteMember(actor, target, muted);
  }

  private static CommandFactory undoSeek() {
    return (actor, extended, _) -> new RoomCommand.UndoSeek(actor, extended);
  }

  private static CommandFactory play(FieldReader in) {
    double position = in.notNegative("currentTime");
    return (actor, extended, _) -> new RoomCommand.Play(actor, position, extended);
  }

  private static CommandFactory pause(FieldReader in) {
    double position = in.notNegative("currentTime");
    Double pressedAtMs = in.optionalNumber("pressedAt");
    return (actor, _, _) -> new RoomCommand.Pause(actor, position, pressedAtMs);
  }

  private static CommandFactory seek(FieldReader in) {
    double position = in.notNegative("currentTime");
    return (actor, extended, _) -> new RoomCommand.Seek(actor, position, extended);
  }

  private static CommandFactory syncCheck(FieldReader in) {
    double position = in.notNegative("currentTime");
    boolean playing = in.bool("isPlaying");
    double timestampMs = in.positive("timestamp");
    return (actor, _, _) -> new RoomCommand.SyncCheck(actor, position, playing, timestampMs);
  }

  private static CommandFactory reportDuration(FieldReader in) {
    double duration = in.positive("duration");
    return (actor, _, _) -> new RoomCommand.ReportDuration(actor, duration);
  }

  private static CommandFactory reportLive(FieldReader in) {
    double max = Timeline.LIVE_DELAY_MS_MAX;
    int item = (int) in.whole("item", 0, Integer.MAX_VALUE);
    double delayMs = in.within("delay", -max, max);
    Double replacesMs = in.isNull("replaces") ? null : in.optionalWithin("replaces", -max, max);
    return (actor, _, _) -> new RoomCommand.ReportLive(actor, item, delayMs, replacesMs);
  }

  private static CommandFactory setRate(FieldReader in) {
    double rate = in.within("rate", Timeline.RATE_MIN, Timeline.RATE_MAX);
    return (actor, _, _) -> new RoomCommand.SetRate(actor, rate);
  }

  private static CommandFactory setWaiting(FieldReader in) {
    WaitPolicy.Mode mode = in.oneOf("mode", WaitPolicy.Mode.class, WaitPolicy.Mode.NEVER);
    Integer seconds = in.optionalInt("seconds", 1, WaitPolicy.SECONDS_MAX);
    Integer graceMs = in.optionalInt("graceMs", 0, WaitPolicy.GRACE_MS_MAX);
    Integer peopleMax = in.optionalInt("peopleMax", 1, WaitPolicy.PEOPLE_MAX);
    Integer strikesMax = in.optionalInt("strikesMax", 1, WaitPolicy.STRIKES_MAX);
    return (actor, _, _) ->
        new RoomCommand.SetWaiting(actor, mode, seconds, graceMs, peopleMax, strikesMax);
  }

  private static CommandFactory typing(boolean started) {
    return (actor, _, _) -> new RoomCommand.SetTyping(actor, started);
  }

  private static CommandFactory reactToFilm(FieldReader in) {
    String emoji = in.emoji();
    return (actor, _, _) -> new RoomCommand.ReactToFilm(actor, emoji);
  }

  private static CommandFactory ready(FieldReader in) {
    long seq = in.streamNumber("seq");
    return (actor, _, _) -> new RoomCommand.Ready(actor, seq);
  }

  private static CommandFactory buffering(FieldReader in) {
    long seq = in.streamNumber("seq");
    return (actor, _, _) -> new RoomCommand.Buffering(actor, seq);
  }

  private static CommandFactory buffered(FieldReader in) {
    long seq = in.streamNumber("seq");
    return (actor, _, _) -> new RoomCommand.Buffered(actor, seq);
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
            in.optionalCount("seeks", SEEKS_MAX),
            in.isNull("duration") ? null : in.optionalPositive("duration"),
            in.optionalInt("item", 0, Integer.MAX_VALUE));
  }
}
