package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.Invitation;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.party.voice.VoiceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rooms that older servers have stored, for tests: one without settings and entry control in a
 * room file of format 2 and in a Redis, one without queues in a file of format 3 and in a Redis,
 * and one with everything that format 6 of the file and version 3 of Redis hold.
 */
public final class OlderRooms {
  private static final long START_MS = 1_700_000_000_000L;
  private static final SecretHash TOKEN = SecretHash.of("host token");
  private static final SecretHash OTHER_TOKEN = SecretHash.of("other token");
  private static final DisplayName HANA = new DisplayName("Hana");
  private static final DisplayName ANN = new DisplayName("Ann");
  private static final DisplayName GUEST = new DisplayName("Größe 漢字");
  private static final InstanceId ONE = new InstanceId("one");

  /** A room with a film that plays, messages, and a member who is away. */
  public static final Room FULL =
      new Room(
          new RoomId("OLDER1"),
          7,
          11,
          HANA,
          TOKEN,
          user(1),
          HANA,
          Members.of(
              List.of(
                  new Member(user(1), HANA, true, START_MS, SecretHash.of("seat 1"), null, ONE),
                  new Member(
                      user(2),
                      new DisplayName("Ben"),
                      false,
                      START_MS + 1_000,
                      SecretHash.of("seat 2"),
                      START_MS + 10_000,
                      ONE),
                  new Member(
                      user(3), GUEST, true, START_MS + 2_000, null, null, new InstanceId("two")))),
          new Media("https://films.example/a.mp4", VideoKind.VIDEO),
          new Timeline(
              10,
              1,
              Timeline.Phase.PLAYING,
              60.25,
              1,
              START_MS + 9_000,
              false,
              user(1),
              0,
              null,
              0),
          new WaitPolicy(WaitPolicy.Mode.EVERYONE, 7, 1_000, 4, 3),
          ChatLog.of(
              List.of(
                  new ChatMessage(
                      new UUID(0x4000, 11), user(1), HANA, "hello", START_MS + 5_000, 6),
                  new ChatMessage(
                      new UUID(0x4000, 12),
                      user(3),
                      GUEST,
                      "say \"hi\" \uD83C\uDF7F",
                      START_MS + 6_000,
                      7))),
          START_MS,
          START_MS + 10_000,
          null,
          null,
          false,
          RoomSettings.DEFAULT,
          EntryState.of(RoomSecret.derivedFrom(TOKEN), null),
          null,
          Queue.EMPTY,
          List.of(),
          VoiceGroup.NONE);

  /** A room that was only created. */
  public static final Room BARE =
      new Room(
          new RoomId("OLDER2"),
          8,
          1,
          ANN,
          OTHER_TOKEN,
          user(21),
          ANN,
          Members.of(List.of(new Member(user(21), ANN, true, START_MS, null, null, null))),
          null,
          Timeline.idle(START_MS),
          WaitPolicy.DEFAULT,
          ChatLog.EMPTY,
          START_MS,
          START_MS,
          null,
          null,
          false,
          RoomSettings.DEFAULT,
          EntryState.of(RoomSecret.derivedFrom(OTHER_TOKEN), null),
          null,
          Queue.EMPTY,
          List.of(),
          VoiceGroup.NONE);

  /** Subtitles whose text is stored beside the room. */
  public static final SubtitleTrack TRACK =
      new SubtitleTrack(new UUID(5, 1), "English", "en", new SubtitleTrack.Text(1, 3));

  /** The stored form of that text. */
  private static final byte[] TEXT = {0, -1, 7};

  private OlderRooms() {}

  private static UserId user(int number) {
    return new UserId(new UUID(0x4000, number));
  }

  /** Returns the rooms by their ids. */
  public static Map<RoomId, Room> byId() {
    return Map.of(FULL.id(), FULL, BARE.id(), BARE);
  }

  /** Returns the rooms that a server without queues has stored, by their ids. */
  public static Map<RoomId, Room> guardedById() {
    return Map.of(FULL.id(), guarded(FULL), BARE.id(), BARE);
  }

  /**
   * Returns the rooms that a server has stored which knows queues, subtitles, a log of messages and
   * voice, by their ids.
   */
  public static Map<RoomId, Room> discussedById() {
    return Map.of(FULL.id(), discussed(), BARE.id(), BARE);
  }

  /** Returns a room with something of everything that version 3 of a stored room holds. */
  public static Room discussed() {
    var group =
        new VoiceGroup(
            List.of(
                new Speaker(user(1), new UUID(9, 1), true, false),
                new Speaker(user(3), new UUID(9, 3), false, false)),
            List.of(user(2)),
            List.of());
    Room queued = QueueSamples.queued(guarded(FULL));
    Room subtitled = queued.changed(queued.lastWriteMs()).withSubtitles(List.of(TRACK));
    Room spoken = subtitled.changed(subtitled.lastWriteMs()).withVoice(group);
    return ChatSamples.discussed(spoken);
  }

  /** Returns the stored form of the text of the subtitles. */
  public static byte[] text() {
    return TEXT.clone();
  }

  /** Returns the change that puts the subtitles of a room beside it. */
  public static RoomEvent.Change texts(Room room) {
    return new RoomEvent.SubtitlesChanged(
        room.seq(), room.subtitles(), null, List.of(new TrackText(TRACK.id(), text())));
  }

  /** Returns the next revision of a room, with everything that an older server does not know. */
  public static Room guarded(Room room) {
    var settings =
        new RoomSettings(
            "Films at nine",
            RoomSettings.Who.EVERYONE,
            RoomSettings.Who.EVERYONE,
            RoomSettings.Who.HOSTS,
            500,
            RoomSettings.EntryMode.PASSWORD,
            true,
            0.25);
    var member = room.members().list().getFirst().asMuted(true).asSpeaker(START_MS + 1);
    return room.changed(room.lastWriteMs() + 1)
        .withMembers(room.members().with(member.identifiedBy(identity(1))), room.lastWriteMs() + 1)
        .withSettings(settings)
        .withEntry(entry(room.entry().secret(), 200))
        .withJump(new Jump(1, -12.5, START_MS + 2, room.hostId()));
  }

  /** Returns an entry state with something of everything, and so many bans. */
  public static EntryState entry(RoomSecret secret, int bans) {
    var host = new UserId(new UUID(0x4000, 1));
    var all = new ArrayList<Ban>();
    for (int i = 0; i < bans; i++) {
      all.add(
          new Ban(
              new UUID(0x4001, i),
              GUEST,
              host,
              HANA,
              START_MS,
              i == 0 ? null : START_MS + i,
              i == 0 ? null : SecretHash.of("seat " + i),
              identity(i)));
    }
    var invitation =
        new Invitation(new UUID(1, 2), SecretHash.of("token"), host, HANA, START_MS, null, null);
    var single =
        new Invitation(
            new UUID(1, 3), SecretHash.of("one"), host, HANA, START_MS, START_MS + 9_000, 1);
    var waits = new Knock(new UUID(1, 4), ANN, null, MemberIdentity.NONE, START_MS, false);
    var accepted =
        new Knock(new UUID(1, 5), ANN, SecretHash.of("ann"), identity(3), START_MS, true);
    return new EntryState(
        secret,
        "stored form",
        List.of(waits, accepted),
        List.of(invitation, single),
        all,
        List.of(new KeyedHash(-1, 1)),
        List.of(new KeyedHash(0, Long.MIN_VALUE)),
        List.of(host));
  }

  private static MemberIdentity identity(int number) {
    return new MemberIdentity(
        new KeyedHash(number, -number), number % 2 == 0 ? null : new KeyedHash(7, number));
  }
}
