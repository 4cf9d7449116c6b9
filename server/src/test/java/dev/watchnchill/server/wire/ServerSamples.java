package dev.watchnchill.server.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sample messages and replies of the server, by the name of their golden file. */
final class ServerSamples {
  static final String ROOM = "ABC123";
  static final String ANN = "00000000-0000-4000-8000-000000000001";
  static final String BOB = "00000000-0000-4000-8000-000000000002";
  private static final String CLEO = "00000000-0000-4000-8000-000000000003";
  private static final String MESSAGE = "00000000-0000-4000-8000-00000000000a";
  static final String ISO = "2023-11-14T22:13:20.007Z";
  private static final String FILM = "https://films.example/one.mp4";
  private static final long NOW = 1_700_000_000_007L;
  static final long EPOCH = 9;

  private static final User HOST = new User(ANN, "Ann", true, ISO, null, null);
  private static final User GUEST = new User(BOB, "Bob", false, ISO, null, null);
  private static final User AWAY = new User(CLEO, "Cleo", false, ISO, true, null);
  private static final User MUTED = new User(CLEO, "Cleo", false, ISO, null, true);
  private static final SettingsState SETTINGS =
      new SettingsState(null, "hosts", "hosts", "everyone", 0, "link", false, 0.5, false);
  private static final SettingsState OTHER_SETTINGS =
      new SettingsState(
          "Movie night \ud83c\udf7f",
          "everyone",
          "everyone",
          "hosts",
          5_000,
          "approval",
          true,
          0,
          true);
  private static final KnockEntry KNOCK = new KnockEntry(MESSAGE, "Zo\u00eb", NOW);
  private static final WaitingState WAITING = new WaitingState("never", 5, 1_000, 4, 3);
  private static final VideoState STOPPED = new VideoState(false, 0, 0, NOW);
  private static final RoomState NEW_ROOM =
      new RoomState(
          ROOM,
          ANN,
          "Ann",
          null,
          null,
          STOPPED,
          List.of(HOST),
          ISO,
          WAITING,
          SETTINGS,
          List.of(),
          null,
          QueueMessageSamples.EMPTY_QUEUE,
          List.of(),
          VoiceMessageSamples.SILENT);
  private static final RoomState ROOM_WITH_VIDEO =
      new RoomState(
          ROOM,
          ANN,
          "Ann",
          FILM,
          "video",
          new VideoState(true, 12.5, 5_400, NOW),
          List.of(HOST, GUEST, AWAY),
          ISO,
          new WaitingState("everyone", 7, 500, 2, 1),
          OTHER_SETTINGS,
          null,
          null,
          QueueMessageSamples.QUEUE,
          SubtitleMessageSamples.TRACKS,
          VoiceMessageSamples.VOICE);
  private static final RoomState LARGE_ROOM =
      new RoomState(
          ROOM,
          ANN,
          "Ann",
          FILM,
          "video",
          STOPPED,
          List.of(HOST, GUEST),
          ISO,
          WAITING,
          SETTINGS,
          null,
          400,
          null,
          null,
          null);
  private static final ChatEntry CHAT =
      new ChatEntry(
          MESSAGE,
          BOB,
          "Bob",
          "<b> \u00e9 \ud83c\udf7f \"",
          ISO,
          ROOM,
          false,
          null,
          null,
          null,
          null,
          null,
          null);

  private static final ServerMessage.TimelineState IDLE =
      timeline(1, 0, "paused", 0, null, 0, null, "join", null, null);
  private static final ServerMessage.TimelineState PLAYING =
      timeline(5, 1, "playing", 12.5, ANN, 5_400, null, "play", null, null);

  private ServerSamples() {}

  private static ServerMessage.TimelineState timeline(
      long seq,
      int item,
      String phase,
      double position,
      @Nullable String by,
      double duration,
      @Nullable BarrierState barrier,
      String reason,
      @Nullable Long undoUntil,
      @Nullable Long since) {
    return new ServerMessage.TimelineState(
        EPOCH,
        seq,
        item,
        phase,
        position,
        1,
        NOW + 150,
        barrier != null,
        by,
        duration,
        barrier,
        NOW + 0.5,
        reason,
        undoUntil,
        null,
        since);
  }

  /** Returns a message of every record, in every form that a record has. */
  static Map<String, ServerMessage> messages() {
    var all = new LinkedHashMap<String, ServerMessage>();
    all.put("room-created", new ServerMessage.RoomCreated(ROOM, NEW_ROOM, MESSAGE, EPOCH, 1));
    all.put(
        "room-joined",
        new ServerMessage.RoomJoined(NEW_ROOM, HOST, List.of(), null, EPOCH, 1, IDLE, false, null));
    all.put(
        "room-joined.resumed",
        new ServerMessage.RoomJoined(
            ROOM_WITH_VIDEO, GUEST, List.of(CHAT), true, EPOCH, 6, PLAYING, true, "session token"));
    all.put(
        "room-joined.large",
        new ServerMessage.RoomJoined(
            LARGE_ROOM, GUEST, List.of(), false, EPOCH, 6, IDLE, false, "token"));
    all.put("user-joined", new ServerMessage.UserJoined(GUEST, EPOCH, 2, null));
    all.put("user-joined.away", new ServerMessage.UserJoined(AWAY, EPOCH, 2, null));
    all.put("user-joined.muted", new ServerMessage.UserJoined(MUTED, EPOCH, 4, 2L));
    all.put("user-left", new ServerMessage.UserLeft(BOB, null, null, EPOCH, 3, null));
    all.put("user-left.banned", new ServerMessage.UserLeft(BOB, ANN, "banned", EPOCH, 5, 3L));
    all.put("user-away", new ServerMessage.UserAway(BOB, EPOCH, 3, null));
    all.put("user-returned", new ServerMessage.UserReturned(BOB, EPOCH, 4, null));
    all.put("user-promoted", new ServerMessage.UserPromoted(BOB, "Bob", null, EPOCH, 4, null));
    all.put("user-promoted.since", new ServerMessage.UserPromoted(BOB, "Bob", ANN, EPOCH, 9, 4L));
    all.put("error", new ServerMessage.ActionError("Only hosts can control the video"));
    all.put(
        "error.closing",
        new ServerMessage.ConnectionClosing(
            "Too many requests. The connection is closed.", "event_flood"));
    all.put("room-error", new ServerMessage.RoomError("Room not found"));
    all.put("video-set", new ServerMessage.VideoSet(FILM, "video", null, ANN, EPOCH, 4, null));
    all.put("video-set.start", new ServerMessage.VideoSet(FILM, "video", 90.0, ANN, EPOCH, 9, 4L));
    all.put("video-played", new ServerMessage.VideoPlayed(12.5, NOW, ANN, EPOCH, 5, null));
    all.put("video-played.since", new ServerMessage.VideoPlayed(12.5, NOW, ANN, EPOCH, 9, 5L));
    all.put("video-paused", new ServerMessage.VideoPaused(0, NOW, ANN, EPOCH, 5, null));
    all.put("video-seeked", new ServerMessage.VideoSeeked(1e7, NOW, ANN, EPOCH, 5, null));
    all.put("sync-update", new ServerMessage.SyncUpdate(3.25, true, NOW));
    all.put("sync-update.fractional", new ServerMessage.SyncUpdate(3, false, 0.5));
    all.put("new-message", new ServerMessage.NewMessage(CHAT, EPOCH, 6, null));
    all.put("new-message.since", new ServerMessage.NewMessage(CHAT, EPOCH, 9, 6L));
    ChatMessageSamples.put(all);
    VoiceMessageSamples.put(all);
    all.put("user-typing", new ServerMessage.UserTyping(BOB, "Bob"));
    all.put("user-stopped-typing", new ServerMessage.UserStoppedTyping(BOB));
    all.put(
        "film-reactions",
        new ServerMessage.FilmReactions(List.of(new EmojiCount("\ud83d\ude02", 1)), BOB, "Bob"));
    all.put(
        "film-reactions.many",
        new ServerMessage.FilmReactions(
            List.of(new EmojiCount("\ud83d\ude02", 12), new EmojiCount("\u2764\ufe0f", 3)),
            null,
            null));
    all.put("timeline", PLAYING);
    all.put(
        "timeline.live",
        new ServerMessage.TimelineState(
            EPOCH,
            6,
            1,
            "playing",
            12.5,
            1,
            NOW,
            false,
            ANN,
            0,
            null,
            NOW + 0.5,
            "duration",
            null,
            -7_200_000.25,
            null));
    all.put("timeline.idle", IDLE);
    all.put(
        "timeline.preparing",
        timeline(
            6,
            1,
            "preparing",
            70,
            ANN,
            0,
            new BarrierState("seek", List.of(ANN, BOB), NOW + 3_000),
            "seek",
            NOW + 30_000,
            4L));
    all.put(
        "timeline.next",
        timeline(
            6,
            2,
            "preparing",
            0,
            null,
            0,
            new BarrierState("next", List.of(ANN, BOB), NOW + 8_000),
            "next",
            null,
            null));
    all.put(
        "timeline.ended", timeline(6, 1, "paused", 5_400, null, 5_400, null, "ended", null, null));
    all.put(
        "waiting-set", new ServerMessage.WaitingSet("everyone", 7, 500, 2, 1, ANN, EPOCH, 6, null));
    all.put(
        "waiting-set.since",
        new ServerMessage.WaitingSet("never", 5, 1_000, 4, 3, ANN, EPOCH, 9, 6L));
    all.put(
        "status",
        new ServerMessage.StatusUpdate(
            List.of(
                new MemberStatus(ANN, -3L, 6L, "synced"),
                new MemberStatus(BOB, null, null, "live"),
                new MemberStatus(CLEO, 40L, 5L, null))));
    all.put(
        "status.ended",
        new ServerMessage.StatusUpdate(List.of(new MemberStatus(ANN, 0L, 6L, "ended"))));
    all.put(
        "presence",
        new ServerMessage.Presence(
            ROOM,
            EPOCH,
            12,
            6,
            true,
            400,
            List.of(GUEST),
            List.of(CLEO),
            List.of(ANN),
            List.of(),
            true));
    all.put(
        "presence.snapshot",
        new ServerMessage.PresenceSnapshot(
            ROOM, EPOCH, 12, 6, false, 2, true, List.of(HOST, AWAY)));
    all.put("room-availability", new ServerMessage.RoomAvailability(ROOM, false));
    all.put("stream-position", new ServerMessage.StreamPosition(ROOM, EPOCH, 12));
    all.put("session-replaced", new ServerMessage.SessionReplaced());
    all.put("room-closed", new ServerMessage.RoomClosed(ROOM, "expired"));
    all.put("room-closed.banned", new ServerMessage.RoomClosed(ROOM, "banned"));
    all.put(
        "settings-changed", new ServerMessage.SettingsChanged(OTHER_SETTINGS, ANN, EPOCH, 6, null));
    QueueMessageSamples.putMessages(all);
    SubtitleMessageSamples.putMessages(all);
    all.put("user-demoted", new ServerMessage.UserDemoted(BOB, "Bob", ANN, EPOCH, 6, null));
    all.put(
        "room-transferred", new ServerMessage.RoomTransferred(BOB, "Bob", ANN, null, EPOCH, 6, 4L));
    all.put(
        "room-transferred.token",
        new ServerMessage.RoomTransferred(BOB, "Bob", null, MESSAGE, EPOCH, 7, null));
    all.put("host-token-issued", new ServerMessage.HostTokenIssued(BOB, EPOCH, 7, null));
    all.put("member-muted", new ServerMessage.MemberMuted(CLEO, "Cleo", true, ANN, EPOCH, 6, null));
    all.put("knock", new ServerMessage.KnockReceived(MESSAGE, "Zo\u00eb", NOW, EPOCH, 6, null));
    all.put(
        "knock-closed", new ServerMessage.KnockClosed(MESSAGE, "accepted", ANN, EPOCH, 7, null));
    all.put(
        "knock-closed.expired",
        new ServerMessage.KnockClosed(MESSAGE, "expired", null, EPOCH, 7, null));
    all.put("knocks", new ServerMessage.Knocks(ROOM, List.of(KNOCK)));
    all.put("invites-changed", new ServerMessage.InvitesChanged(ANN, EPOCH, 6, null));
    all.put("invites-changed.used", new ServerMessage.InvitesChanged(null, EPOCH, 6, null));
    all.put("bans-changed", new ServerMessage.BansChanged(ANN, EPOCH, 6, null));
    all.put("entry-refused", new ServerMessage.EntryRefused(ROOM, "refused"));
    return all;
  }

  /** Returns a reply of every record, in every form that a record has. */
  static Map<String, ServerReply> replies() {
    var all = new LinkedHashMap<String, ServerReply>();
    all.put("leave-room", ServerReply.done());
    all.put("play-video", new ServerReply.Applied(EPOCH, 5));
    all.put("play-video.rejected", ServerReply.failed(ClientEvent.PLAY_VIDEO.hostsOnly()));
    all.put(
        "play-video.retryable",
        ServerReply.failed(ClientEvent.PLAY_VIDEO.failed(ErrorCode.UNAVAILABLE)));
    all.put("create-room", new ServerReply.Created(ROOM, ANN));
    all.put("join-room", new ServerReply.Joined(ROOM, BOB, false));
    all.put("send-message", new ServerReply.Sent(MESSAGE, EPOCH, 6));
    all.put(
        "clock",
        new ServerReply.ClockReading(17.25, NOW, 1_700_000_000_000L, EPOCH, 6L, NOW + 0.5));
    all.put(
        "clock.outside",
        new ServerReply.ClockReading(17.25, NOW, 1_700_000_000_000L, null, null, NOW + 0.5));
    all.put(
        "resume.events",
        ServerReply.Replayed.of(
            EPOCH,
            7,
            List.of(
                new ServerMessage.NewMessage(CHAT, EPOCH, 6, null),
                new ServerMessage.UserLeft(CLEO, null, null, EPOCH, 7, null))));
    all.put(
        "resume.snapshot",
        new ServerReply.Resynced(
            EPOCH, 7, new RoomSnapshot(ROOM_WITH_VIDEO, List.of(CHAT), true, PLAYING)));
    all.put("join-room.waiting", ServerReply.waiting(UUID.fromString(MESSAGE), "session token"));
    all.put(
        "join-room.too-many-passwords", ServerReply.failed(ErrorReply.tooManyPasswords(), 599_000));
    all.put(
        "create-invite",
        new ServerReply.Invited(
            MESSAGE,
            "AAAAAAAAAAAAAAAAAAAAAA",
            "/room/ABC123#invite=AAAAAAAAAAAAAAAAAAAAAA",
            EPOCH,
            6));
    all.put("remove-member", new ServerReply.Removed(null, EPOCH, 6));
    all.put("remove-member.ban", new ServerReply.Removed(MESSAGE, EPOCH, 6));
    QueueMessageSamples.putReplies(all);
    SubtitleMessageSamples.putReplies(all);
    ChatMessageSamples.putReplies(all);
    VoiceMessageSamples.putReplies(all);
    LibraryMessageSamples.putReplies(all);
    all.put("get-knocks", new ServerReply.KnockList(List.of(KNOCK)));
    all.put(
        "get-invites",
        new ServerReply.InviteList(
            List.of(
                new InviteEntry(MESSAGE, ANN, "Ann", NOW, NOW + 60_000, 3),
                new InviteEntry(MESSAGE, ANN, "Ann", NOW, null, null))));
    all.put(
        "get-bans",
        new ServerReply.BanList(
            List.of(
                new BanEntry(MESSAGE, "Bob", ANN, "Ann", NOW, NOW + 60_000),
                new BanEntry(MESSAGE, "Cleo", ANN, "Ann", NOW, null))));
    all.put("get-people", new ServerReply.MemberPage(400, List.of(HOST, AWAY)));
    return all;
  }
}
