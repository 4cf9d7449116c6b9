package dev.watchnchill.party.property;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.subtitle.RequestedTrack;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Runs a script on a small room and records every decision with its inputs. */
final class ScriptRun {
  /** Small bounds, so that short scripts reach them. */
  static final Limits LIMITS =
      new Limits(
          3, 3, 5, 1_000, 1_000, 3_000, 60_000, 100, 600, 300, 1_000, 2_000, 2, 0.5, 1_000, 200, 2);

  static final RoomRules RULES = new RoomRules(LIMITS);

  private static final List<String> NAMES =
      List.of(
          "Hana",
          "HANA",
          "Ha\ufeffna",
          "Ben",
          "ben",
          "B en",
          "B\u00a0 EN",
          "B\ufeffen",
          "Cleo",
          "Dan",
          "Eve",
          "Finn");
  private static final List<String> EMOJI =
      IntStream.range(0, 23).mapToObj(i -> Character.toString(0x1F600 + i)).toList();
  private static final List<ViewerReport.State> STATES =
      List.of(
          ViewerReport.State.SYNCED,
          ViewerReport.State.ENDED,
          ViewerReport.State.FAILED,
          ViewerReport.State.SYNCED,
          ViewerReport.State.LOADING,
          ViewerReport.State.LIVE);
  private static final List<Media> FILMS =
      List.of(
          RoomFixture.film("https://films.example/a.mp4"),
          RoomFixture.film("https://youtu.be/dQw4w9WgXcQ"));

  /** One decision. */
  record Moment(Room before, Audience audience, RoomCommand command, long now, Decision decision) {
    Room after() {
      return decision.next();
    }

    /** Returns the audience after the decision. */
    Audience audienceAfter() {
      Audience next = audience;
      for (RoomEvent event : decision.events()) {
        next = next.after(event, before, now);
      }
      return next;
    }
  }

  private ScriptRun() {}

  /** Creates a room of Hana. */
  static Room start() {
    return RULES.create(
        new RoomId("AB12CD"),
        1,
        new DisplayName("Hana"),
        new UserId(new UUID(1, 0)),
        SecretHash.of(RoomFixture.HOST_TOKEN),
        secret(0),
        RoomFixture.START);
  }

  /** Runs the script until its end, or that of the room. */
  static List<Moment> through(List<ScriptedCommand> script) {
    return play(script, false);
  }

  /** Runs the script, with a tick at every deadline. */
  static List<Moment> punctually(List<ScriptedCommand> script) {
    return play(script, true);
  }

  private static List<Moment> play(List<ScriptedCommand> script, boolean punctual) {
    var moments = new ArrayList<Moment>();
    Room room = start();
    Audience audience = Audience.NONE;
    long now = RoomFixture.START;
    for (int i = 0; i < script.size() && !room.closed(); ) {
      long stepMs = now + script.get(i).waitMs();
      long dueMs = RULES.nextDeadlineMs(room, audience);
      boolean tick = punctual && dueMs <= stepMs;
      long at = tick ? Math.max(now, dueMs) : stepMs;
      RoomCommand command = tick ? new RoomCommand.Tick() : command(room, script.get(i), i + 1, at);
      var moment = decided(room, audience, command, at);
      moments.add(moment);
      room = moment.after();
      audience = moment.audienceAfter();
      if (!tick) {
        i++;
        now = at;
      }
    }
    return moments;
  }

  private static Moment decided(Room room, Audience audience, RoomCommand command, long now) {
    return new Moment(room, audience, command, now, RULES.decide(room, audience, command, now));
  }

  /** Carries out what becomes due, at its time. */
  static Moment tick(Moment moment) {
    return decided(moment.after(), moment.audienceAfter(), new RoomCommand.Tick(), moment.now());
  }

  private static RoomCommand command(Room room, ScriptedCommand step, int index, long now) {
    UserId actor = somebody(room, step.who());
    double position = step.position();
    boolean odd = step.what() % 2 == 1;
    return switch (step.kind()) {
      case JOIN -> join(room, step, index);
      case LEAVE -> new RoomCommand.Leave(actor);
      case DROP -> new RoomCommand.Disconnect(actor);
      case PROMOTE -> new RoomCommand.Promote(actor, somebody(room, step.what()));
      case SET_VIDEO ->
          new RoomCommand.SetVideo(
              actor, FILMS.get(step.what() % FILMS.size()), new UUID(6, index));
      case PLAY -> new RoomCommand.Play(actor, position, odd);
      case PAUSE -> new RoomCommand.Pause(actor, position, odd ? now - step.what() * 10.0 : null);
      case SEEK -> new RoomCommand.Seek(actor, position, odd);
      case SYNC_CHECK -> new RoomCommand.SyncCheck(actor, position, odd, now);
      case REPORT_DURATION ->
          new RoomCommand.ReportDuration(actor, Math.max(position, Double.MIN_VALUE));
      case REPORT_LIVE ->
          new RoomCommand.ReportLive(
              actor,
              room.timeline().item() - (step.what() % 5 == 0 ? 1 : 0),
              1000 * (step.what() - 20),
              odd ? room.timeline().liveDelayMs() : null);
      case SET_RATE -> new RoomCommand.SetRate(actor, 0.25 * (1 + step.what() % 8));
      case SET_WAITING ->
          new RoomCommand.SetWaiting(
              actor,
              odd ? WaitPolicy.Mode.EVERYONE : WaitPolicy.Mode.NEVER,
              step.what() % 3 == 0 ? null : 1 + step.what() % 2,
              step.what() % 150,
              1 + step.what() % 3,
              1 + step.what() % 2);
      case READY -> new RoomCommand.Ready(actor, seqAround(room, step));
      case BUFFERING -> new RoomCommand.Buffering(actor, seqAround(room, step));
      case BUFFERED -> new RoomCommand.Buffered(actor, seqAround(room, step));
      case REPORT ->
          new RoomCommand.Report(
              actor,
              new ViewerReport(
                  odd ? step.what() * 10.0 : null,
                  step.what() * 5.0,
                  null,
                  null,
                  null,
                  null,
                  STATES.get(step.what() % 16 % STATES.size()),
                  null,
                  step.what() % 3 == 0 && position > 0 ? (Double) position : null,
                  step.what() % 5 == 0 ? null : (Integer) room.timeline().item()));
      case SAY ->
          // Now and then under an id that was used a moment ago, by the same user or by another.
          new RoomCommand.SendMessage(
              actor,
              new UUID(2, index - index % (1 + step.what() % 4)),
              "message " + index,
              step.what() % 3 == 0 ? new UUID(2, index - step.who() % 8) : null);
      case EDIT ->
          new RoomCommand.EditMessage(
              actor, message(room, step.what()), "message " + index + (odd ? " edited" : ""));
      case DELETE -> new RoomCommand.DeleteMessage(actor, message(room, step.what()));
      case REACT ->
          new RoomCommand.React(
              actor,
              message(room, step.what()),
              EMOJI.get(step.what() % EMOJI.size()),
              step.who() % 4 != 0);
      case SUBTITLES ->
          new RoomCommand.SetSubtitles(
              actor,
              tracks(room, step.what(), index),
              step.what() % 16 == 6 ? "another film" : null);
      case ORPHAN ->
          new RoomCommand.MarkInstancesDead(Set.of(server(step.what())), now - step.what() * 100L);
      case REASSERT ->
          new RoomCommand.ReclaimSeats(
              server(step.what()), odd ? start().members().list() : room.members().list());
      case TYPE ->
          odd
              ? new RoomCommand.SetTyping(actor, true)
              : new RoomCommand.ReactToFilm(actor, "\ud83d\ude02");
      case VOICE -> voice(room, step, index, actor);
      case TICK -> new RoomCommand.Tick();
      case DEMOTE,
          TRANSFER,
          ISSUE_TOKEN,
          UNDO,
          SET_SETTINGS,
          SET_PASSWORD,
          KNOCK,
          WITHDRAW,
          ANSWER,
          INVITE,
          REVOKE,
          REMOVE,
          LIFT,
          MUTE ->
          ScriptedEntry.command(room, step, index, actor);
      case QUEUE_ADD,
          QUEUE_REMOVE,
          QUEUE_MOVE,
          QUEUE_PLAY,
          QUEUE_NEXT,
          QUEUE_PREVIOUS,
          QUEUE_SHUFFLE,
          QUEUE_CLEAR,
          QUEUE_UNDO,
          QUEUE_MODE,
          VOTE_ITEM,
          VOTE_SKIP,
          DESCRIBE,
          LOOK_UP ->
          ScriptedQueue.command(room, step, index, actor);
    };
  }

  private static RoomCommand voice(Room room, ScriptedCommand step, int index, UserId actor) {
    boolean odd = step.what() % 2 == 1;
    List<Speaker> speakers = room.voice().speakers();
    return switch (step.what() % 9) {
      case 0, 1 -> new VoiceCommand.JoinVoice(actor, new UUID(11, index), odd);
      case 2 -> new VoiceCommand.LeaveVoice(actor);
      case 3 -> new VoiceCommand.MuteVoice(actor, step.what() % 4 < 2);
      case 4 ->
          new VoiceCommand.SilenceMember(
              actor, somebody(room, step.what() / 9), step.what() % 4 < 2);
      case 5 ->
          new VoiceCommand.SendSignal(
              actor,
              speakers.isEmpty() ? new UUID(11, 0) : speakers.getLast().peerId(),
              new PeerSignal.LastCandidate());
      case 6, 7 -> new VoiceCommand.SetCamera(actor, odd);
      default -> new VoiceCommand.SetSpeaking(actor, odd);
    };
  }

  /** Returns some of the tracks that are shared, and at most one that is new or unknown. */
  private static List<RequestedTrack> tracks(Room room, int what, int index) {
    var tracks = new ArrayList<RequestedTrack>();
    for (SubtitleTrack shared : room.subtitles()) {
      if (tracks.size() < what % 4) {
        tracks.add(new RequestedTrack.Kept(shared.id(), what % 3 == 0 ? "label" : null, null));
      }
    }
    var id = new UUID(9, index);
    if (what % 8 == 7) {
      tracks.add(new RequestedTrack.Kept(id, null, null));
    } else if (what % 2 == 1) {
      int bytes = what % 4 == 1 ? SubtitleTrack.ROOM_BYTES_MAX : what;
      var text = new SubtitleTrack.Text(1, bytes);
      tracks.add(
          new RequestedTrack.Added(
              new SubtitleTrack(id, "label " + what, "en", text),
              new TrackText(id, new byte[] {(byte) what})));
    }
    return tracks;
  }

  private static InstanceId server(int pick) {
    return new InstanceId("server " + pick % 2);
  }

  private static RoomCommand join(Room room, ScriptedCommand step, int index) {
    int what = step.what();
    SecretHash token =
        switch (what % 10) {
          case 0 -> SecretHash.of(RoomFixture.HOST_TOKEN);
          case 1 -> SecretHash.of("wrong");
          default -> null;
        };
    SecretHash session = what / 5 % 3 == 0 ? secret(what % Math.min(index, 8)) : null;
    UserId current = what / 16 % 4 == 0 ? somebody(room, step.who()) : null;
    SecretHash newSession = what / 64 % 2 == 0 ? secret(index) : null;
    return ScriptedEntry.join(
        room,
        step,
        new RoomCommand.Join(
            name(step.who()),
            token,
            session,
            current,
            new UserId(new UUID(1, index)),
            newSession,
            server(step.who())));
  }

  /** Returns one of the names. */
  static DisplayName name(int pick) {
    return new DisplayName(NAMES.get(pick % NAMES.size()));
  }

  /**
   * Returns mostly the seq of the timeline, sometimes an old one, sometimes one that does not
   * exist.
   */
  private static long seqAround(Room room, ScriptedCommand step) {
    return switch (step.what() % 8) {
      case 0 -> Math.max(0, room.timeline().seq() - 1);
      case 1 -> room.timeline().seq() + 1;
      default -> room.timeline().seq();
    };
  }

  /** Mostly a member, sometimes a stranger. */
  static UserId somebody(Room room, int pick) {
    List<Member> members = room.members().list();
    return members.isEmpty() || pick % 8 == 7
        ? new UserId(new UUID(1, 1_000 + pick))
        : members.get(pick % members.size()).id();
  }

  static SecretHash secret(int index) {
    return SecretHash.of("secret " + index);
  }

  /** Returns the id of a message of the log, or now and then of none. */
  private static UUID message(Room room, int what) {
    int size = room.chat().size();
    return size == 0 || what % 16 == 15 ? new UUID(2, 9_999) : room.chat().get(what % size).id();
  }
}
