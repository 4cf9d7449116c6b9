package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.entry.Invitation;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.subtitle.RequestedTrack;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Seeded sequences of commands in small rooms, in which everything happens that can happen. */
public final class RoomScripts {
  /** The start of every sequence, ms since the epoch. */
  public static final long START_MS = 1_700_000_000_000L;

  private static final String COPY_HASHES =
      String.join(".", Collections.nCopies(3, "0".repeat(64)));

  private static final Limits LIMITS =
      new Limits(
          4, 3, 6, 1_000, 1_000, 3_000, 60_000, 100, 600, 300, 1_000, 2_000, 2, 0.5, 1_000, 200, 3);
  private static final RoomRules RULES = new RoomRules(LIMITS);

  /** A name of 50 characters in 75 UTF-16 code units (rule RT21). */
  private static final String LONG_NAME = "\uD842\uDFB7\u91CE".repeat(25);

  private static final List<String> TEXTS =
      List.of("hello", "Größe 漢字 \uD83C\uDF7F", "\u0000\"\\\n\u2028</script>", "\uD83C alone", "a");
  private static final List<String> EMOJI =
      List.of("\uD83D\uDE00", "\u2764\uFE0F", "\uD83D\uDC4D\uD83C\uDFFD");
  private static final List<String> FILMS =
      List.of(
          "https://films.example/a.mp4",
          "https://films.example/a b.mp3",
          "https://films.example/live.m3u8",
          "https://films.example/x.mpd",
          "https://youtu.be/dQw4w9WgXcQ",
          "https://vimeo.com/76979871",
          "https://www.twitch.tv/monstercat",
          "https://dai.ly/x84sh87",
          "local:name=a.mkv&size=1&duration=9&sha256=" + COPY_HASHES,
          "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv");
  private static final List<DisplayName> NAMES =
      Stream.of("Hana", "Ben", "cleo", "Dan", "Eve", LONG_NAME, "Mr. Z!?")
          .map(DisplayName::new)
          .toList();
  private static final List<String> TITLES = List.of("Films", "漢字 \"\\ \uD83C\uDF7F");
  private static final List<String> PASSWORDS = List.of("stored form 1", "stored form 2");
  // Mostly open: else nobody would be in most of the rooms.
  private static final List<RoomSettings.EntryMode> ENTRY_MODES =
      List.of(
          RoomSettings.EntryMode.LINK,
          RoomSettings.EntryMode.LINK,
          RoomSettings.EntryMode.LINK,
          RoomSettings.EntryMode.APPROVAL,
          RoomSettings.EntryMode.APPROVAL,
          RoomSettings.EntryMode.PASSWORD,
          RoomSettings.EntryMode.CLOSED);
  private static final List<Double> POSITIONS =
      List.of(0.0, -0.0, Double.MIN_VALUE, 0.1 + 0.2, 60.0, 7_200.0, 1e300, 1.0 / 3);

  private final Random random;
  private long nowMs = START_MS;
  private Audience audience = Audience.NONE;

  private RoomScripts(long seed) {
    random = new Random(seed);
  }

  /** Returns a room that Hana has just created. */
  public static Room start(RoomId id, long epoch) {
    return RULES.create(
        id,
        epoch,
        new DisplayName("Hana"),
        new UserId(new UUID(1, 0)),
        SecretHash.of("host token"),
        SecretHash.of("seat 0"),
        START_MS);
  }

  /** Runs one sequence of at most that many commands, and passes each decision with its command. */
  public static void play(long seed, int commands, BiConsumer<RoomCommand, Decision> listener) {
    var run = new RoomScripts(seed);
    Room room = start(RoomId.random(run.random), 1 + run.random.nextLong(1L << 53));
    for (int i = 1; i <= commands && !room.closed(); i++) {
      run.nowMs += run.pick(List.of(0L, 1L, 10L, 300L, 300L, 999L, 1_001L, 3_000L));
      RoomCommand command = run.command(room, i);
      Decision decision = RULES.decide(room, run.audience, command, run.nowMs);
      for (RoomEvent event : decision.events()) {
        run.audience = run.audience.after(event, room, run.nowMs);
      }
      room = decision.next();
      listener.accept(command, decision);
    }
  }

  private RoomCommand command(Room room, int index) {
    UserId actor = randomMember(room);
    double position = pick(POSITIONS);
    boolean odd = random.nextBoolean();
    return switch (random.nextInt(61)) {
      case 0, 1, 2, 3 -> join(room, index);
      case 4 -> new RoomCommand.Leave(actor);
      case 5 -> new RoomCommand.Disconnect(actor);
      case 6 -> new RoomCommand.Promote(actor, randomMember(room));
      case 7 ->
          new RoomCommand.SetVideo(
              actor, Media.parse(pick(FILMS)).orElseThrow(), new UUID(6, index));
      case 8, 9 -> new RoomCommand.Play(actor, position, odd);
      case 10 ->
          new RoomCommand.Pause(actor, position, odd ? nowMs - random.nextDouble(900) : null);
      case 11, 12 -> new RoomCommand.Seek(actor, position, odd);
      case 13 -> new RoomCommand.SyncCheck(actor, position, odd, nowMs + random.nextDouble());
      case 14 ->
          odd
              ? new RoomCommand.ReportDuration(actor, Math.max(position, Double.MIN_VALUE))
              : new RoomCommand.ReportLive(
                  actor,
                  room.timeline().item(),
                  1000 * random.nextDouble(-9, 9),
                  room.timeline().liveDelayMs());
      case 15 -> new RoomCommand.SetRate(actor, 0.25 + random.nextDouble(1.75));
      case 16 -> waiting(actor);
      case 17 -> new RoomCommand.Ready(actor, room.timeline().seq());
      case 18, 19 -> new RoomCommand.Buffering(actor, room.timeline().seq());
      case 20 -> new RoomCommand.Buffered(actor, room.timeline().seq());
      case 21 -> new RoomCommand.Report(actor, report());
      case 22 ->
          odd
              ? new RoomCommand.SendMessage(
                  actor,
                  new UUID(index, random.nextLong()),
                  pick(TEXTS),
                  random.nextBoolean() ? null : message(room))
              : random.nextBoolean()
                  ? new RoomCommand.ReactToFilm(actor, "\ud83d\ude02")
                  : new RoomCommand.SetTyping(actor, random.nextBoolean());
      case 23 ->
          new RoomCommand.MarkInstancesDead(Set.of(instance()), nowMs - random.nextInt(9_000));
      case 24 -> new RoomCommand.ReclaimSeats(instance(), room.members().list());
      case 25, 26 -> new RoomCommand.SetSettings(actor, settings());
      case 27 -> new RoomCommand.SetPassword(actor, odd ? pick(PASSWORDS) : null);
      case 28 -> new RoomCommand.Demote(actor, randomMember(room));
      case 29 -> new RoomCommand.TransferRoom(actor, randomMember(room));
      case 30 -> new RoomCommand.IssueHostToken(room.hostId(), SecretHash.of("host token"));
      case 31, 32 -> new RoomCommand.UndoSeek(actor, odd);
      case 33, 34 ->
          new RoomCommand.RequestEntry(
              pick(NAMES),
              odd ? SecretHash.of("seat " + index) : null,
              new UUID(2, index),
              identity());
      case 35 -> new RoomCommand.WithdrawKnock(knock(room));
      case 36 -> new RoomCommand.AnswerKnock(actor, knock(room), odd);
      case 37 ->
          new RoomCommand.CreateInvitation(
              actor,
              new UUID(3, index),
              SecretHash.of("invitation"),
              odd ? null : 1L + random.nextInt(9_000),
              random.nextBoolean() ? null : 1 + random.nextInt(3));
      case 38 -> {
        List<Invitation> invitations = room.entry().invitations();
        yield new RoomCommand.RevokeInvitation(
            actor, invitations.isEmpty() ? new UUID(3, 0) : pick(invitations).id());
      }
      case 39 ->
          new RoomCommand.RemoveMember(
              actor,
              randomMember(room),
              odd ? new UUID(4, index) : null,
              random.nextBoolean() ? null : 1L + random.nextInt(9));
      case 40 -> {
        List<Ban> bans = room.entry().bans();
        yield new RoomCommand.LiftBan(actor, bans.isEmpty() ? new UUID(4, 0) : pick(bans).id());
      }
      case 41 -> new RoomCommand.MuteMember(actor, randomMember(room), random.nextInt(4) > 0);
      case 42, 43, 44, 45, 46, 47, 48, 49, 50, 51 ->
          QueueScripts.command(room, random, index, actor, FILMS);
      case 54 ->
          odd
              ? new RoomCommand.EditMessage(actor, message(room), pick(TEXTS))
              : new RoomCommand.React(actor, message(room), pick(EMOJI), random.nextInt(4) > 0);
      case 55 ->
          odd
              ? new RoomCommand.React(actor, message(room), pick(EMOJI), true)
              : new RoomCommand.DeleteMessage(actor, message(room));
      case 56, 57, 58 -> VoiceScript.command(room, random, index, actor);
      case 52, 53 -> new RoomCommand.SetSubtitles(actor, subtitles(room, index), null);
      default -> new RoomCommand.Tick();
    };
  }

  private UUID message(Room room) {
    return room.chat().isEmpty() ? new UUID(0, 0) : pick(room.chat().messages()).id();
  }

  /**
   * Returns the tracks that are shared, or some of them, and new ones with a text or an address.
   */
  private List<RequestedTrack> subtitles(Room room, int index) {
    var tracks = new ArrayList<RequestedTrack>();
    for (SubtitleTrack shared : room.subtitles()) {
      if (random.nextInt(3) > 0) {
        tracks.add(new RequestedTrack.Kept(shared.id(), orNull(TITLES), orNull(List.of("fr-CA"))));
      }
    }
    var id = new UUID(7, index);
    byte[] content = new byte[random.nextInt(9)];
    random.nextBytes(content);
    boolean text = random.nextBoolean();
    tracks.add(
        new RequestedTrack.Added(
            new SubtitleTrack(
                id,
                pick(TITLES),
                "en",
                text
                    ? new SubtitleTrack.Text(1, random.nextInt(SubtitleTrack.TEXT_BYTES_MAX))
                    : new SubtitleTrack.Address(pick(FILMS))),
            text ? new TrackText(id, content) : null));
    return tracks;
  }

  private RoomSettings.Change settings() {
    boolean untitled = random.nextInt(4) == 0;
    return new RoomSettings.Change(
        untitled ? null : orNull(TITLES),
        untitled,
        orNull(List.of(RoomSettings.Who.values())),
        orNull(List.of(RoomSettings.Who.values())),
        orNull(List.of(RoomSettings.Who.values())),
        orNull(List.of(0, 500, 60_000)),
        orNull(ENTRY_MODES),
        orNull(List.of(true, false)),
        orNull(List.of(0.0, 0.1 + 0.2, 0.5, 1.0)));
  }

  private <T> @Nullable T orNull(List<T> options) {
    return random.nextBoolean() ? null : pick(options);
  }

  private UUID knock(Room room) {
    List<Knock> knocks = room.entry().knocks();
    return knocks.isEmpty() ? new UUID(2, 0) : pick(knocks).id();
  }

  private MemberIdentity identity() {
    return new MemberIdentity(hashOrNull("browser "), hashOrNull("address "));
  }

  private @Nullable KeyedHash hashOrNull(String of) {
    int which = random.nextInt(4);
    return which == 0 ? null : new KeyedHash(of.hashCode(), (long) which << 60);
  }

  private EntryProof proof(Room room) {
    return new EntryProof(
        pick(List.of(EntryProof.Password.values())),
        room.entry().password(),
        random.nextBoolean() ? SecretHash.of("invitation") : null,
        random.nextBoolean() ? knock(room) : null);
  }

  private RoomCommand waiting(UserId actor) {
    return new RoomCommand.SetWaiting(
        actor,
        pick(List.of(WaitPolicy.Mode.values())),
        1 + random.nextInt(WaitPolicy.SECONDS_MAX),
        random.nextInt(100),
        1 + random.nextInt(WaitPolicy.PEOPLE_MAX),
        1 + random.nextInt(WaitPolicy.STRIKES_MAX));
  }

  private RoomCommand join(Room room, int index) {
    return new RoomCommand.Join(
        pick(NAMES),
        random.nextInt(4) == 0 ? SecretHash.of("host token") : null,
        random.nextInt(3) == 0 ? SecretHash.of("seat " + random.nextInt(index)) : null,
        random.nextInt(8) == 0 ? randomMember(room) : null,
        new UserId(new UUID(1, index)),
        random.nextInt(3) > 0 ? SecretHash.of("seat " + index) : null,
        random.nextInt(4) > 0 ? instance() : null,
        identity(),
        proof(room));
  }

  private InstanceId instance() {
    return new InstanceId("server " + random.nextInt(3));
  }

  private ViewerReport report() {
    return new ViewerReport(
        numberOrNull(),
        numberOrNull(),
        numberOrNull(),
        numberOrNull(),
        numberOrNull(),
        numberOrNull(),
        random.nextInt(4) == 0 ? null : pick(List.of(ViewerReport.State.values())),
        random.nextInt(4) == 0 ? null : random.nextLong(1L << 53));
  }

  private @Nullable Double numberOrNull() {
    return random.nextInt(4) == 0 ? null : random.nextGaussian() * 1_000;
  }

  private UserId randomMember(Room room) {
    List<Member> members = room.members().list();
    return members.isEmpty() || random.nextInt(8) == 0
        ? new UserId(new UUID(1, 1_000))
        : pick(members).id();
  }

  private <T> T pick(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }
}
