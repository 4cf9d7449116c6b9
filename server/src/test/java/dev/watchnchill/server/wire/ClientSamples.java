package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.queue.QueueMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The requests that the golden files of clients are decoded to, by the name of their file. */
final class ClientSamples {
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final String TOKEN = "00000000-0000-4000-8000-00000000000a";
  private static final UserId ANN = user(1);
  private static final UUID ITEM = UUID.fromString("00000000-0000-4000-8000-00000000000b");
  private static final UserId BOB = user(2);
  private static final Media FILM = Media.parse("https://films.example/one.mp4").orElseThrow();

  private ClientSamples() {}

  private static UserId user(int n) {
    return new UserId(UUID.fromString("00000000-0000-4000-8000-00000000000" + n));
  }

  /** A command as the decoder makes it for Ann's extended client. */
  private record Made(RoomId roomId, RoomCommand command, boolean signal) {}

  /** Returns a request that equals another one of the same meaning. */
  static Object comparable(ClientRequest request) {
    return switch (request) {
      case ClientRequest.Command(RoomId room, var command) ->
          new Made(room, command.create(ANN, true, () -> ITEM), false);
      case ClientRequest.ViewerSignal(RoomId room, var command) ->
          new Made(room, command.create(ANN, true, () -> ITEM), true);
      case ClientRequest.CreateRoom _,
          ClientRequest.JoinRoom _,
          ClientRequest.SetPassword _,
          ClientRequest.CreateInvite _,
          ClientRequest.RemoveMember _,
          ClientRequest.SetVideo _,
          ClientRequest.QueueAdd _,
          ClientRequest.JoinVoice _,
          ClientRequest.SendSignal _,
          ClientRequest.GetQueue _,
          ClientRequest.GetLibrary _,
          ClientRequest.GetMediaLink _,
          ClientRequest.GetFilmInfo _,
          ClientRequest.SetSubtitles _,
          ClientRequest.UploadSubtitles _,
          ClientRequest.GetSubtitles _,
          ClientRequest.GetKnocks _,
          ClientRequest.GetInvites _,
          ClientRequest.GetBans _,
          ClientRequest.LeaveRoom _,
          ClientRequest.ReadClock _,
          ClientRequest.SendMessage _,
          ClientRequest.GetMessages _,
          ClientRequest.GetTimeline _,
          ClientRequest.Resume _,
          ClientRequest.GetPeople _ ->
          request;
    };
  }

  private static Made command(RoomCommand command) {
    return new Made(ROOM, command, false);
  }

  private static Made signal(RoomCommand command) {
    return new Made(ROOM, command, true);
  }

  /** Returns the requests in the form of {@link #comparable}. */
  static Map<String, Object> requests() {
    var all = new LinkedHashMap<String, Object>();
    DisplayName bob = new DisplayName("Bob");
    all.put("create-room", new ClientRequest.CreateRoom(new DisplayName("Ann")));
    all.put("join-room", new ClientRequest.JoinRoom(ROOM, bob, null, null));
    all.put("join-room.tokens", new ClientRequest.JoinRoom(ROOM, bob, TOKEN, "session token"));
    all.put("leave-room", new ClientRequest.LeaveRoom(ROOM));
    all.put("promote-host", command(new RoomCommand.Promote(ANN, BOB)));
    all.put("set-video", new ClientRequest.SetVideo(ROOM, FILM));
    all.put("play-video", command(new RoomCommand.Play(ANN, 12.5, true)));
    all.put("pause-video", command(new RoomCommand.Pause(ANN, 12.5, null)));
    all.put("pause-video.pressed", command(new RoomCommand.Pause(ANN, 12.5, 1_700_000_000_007.5)));
    all.put("seek-video", command(new RoomCommand.Seek(ANN, 70, true)));
    all.put("sync-check", command(new RoomCommand.SyncCheck(ANN, 12.5, true, 1_700_000_000_007.0)));
    all.put("send-message", new ClientRequest.SendMessage(ROOM, "hello", null));
    all.put(
        "send-message.id",
        new ClientRequest.SendMessage(ROOM, "<b> \u00e9 \ud83c\udf7f \"", UUID.fromString(TOKEN)));
    UUID message = UUID.fromString(TOKEN);
    all.put("send-message.reply", new ClientRequest.SendMessage(ROOM, "yes", null, message));
    all.put("edit-message", command(new RoomCommand.EditMessage(ANN, message, "better")));
    all.put("delete-message", command(new RoomCommand.DeleteMessage(ANN, message)));
    all.put("react", command(new RoomCommand.React(ANN, message, "\u2764\ufe0f", true)));
    all.put("react.off", command(new RoomCommand.React(ANN, message, "\ud83d\ude00", false)));
    all.put("get-messages", new ClientRequest.GetMessages(ROOM, null, 50));
    all.put("get-messages.page", new ClientRequest.GetMessages(ROOM, message, 100));
    all.put("typing-start", command(new RoomCommand.SetTyping(ANN, true)));
    all.put("typing-stop", command(new RoomCommand.SetTyping(ANN, false)));
    all.put("film-reaction", command(new RoomCommand.ReactToFilm(ANN, "\u2764\ufe0f")));
    all.put("report-duration", command(new RoomCommand.ReportDuration(ANN, 5_400.25)));
    all.put("report-live", command(new RoomCommand.ReportLive(ANN, 2, -3_600_250, null)));
    all.put("report-live.again", command(new RoomCommand.ReportLive(ANN, 2, 9_500.5, 8_000.0)));
    all.put("set-rate", command(new RoomCommand.SetRate(ANN, 1.25)));
    all.put(
        "set-waiting",
        command(new RoomCommand.SetWaiting(ANN, WaitPolicy.Mode.EVERYONE, null, null, null, null)));
    all.put(
        "set-waiting.bounds",
        command(new RoomCommand.SetWaiting(ANN, WaitPolicy.Mode.EVERYONE, 7, 500, 2, 1)));
    all.put("ready", signal(new RoomCommand.Ready(ANN, 6)));
    all.put("buffering", signal(new RoomCommand.Buffering(ANN, 6)));
    all.put("buffered", signal(new RoomCommand.Buffered(ANN, 6)));
    all.put("clock", new ClientRequest.ReadClock(17.25, null));
    all.put(
        "clock.report",
        new ClientRequest.ReadClock(
            17.25,
            new ViewerReport(42.5, 120.0, 8.5, 300.0, -3.25, 6.0, ViewerReport.State.SYNCED, 2L)));
    all.put(
        "clock.ended",
        new ClientRequest.ReadClock(
            17.25,
            new ViewerReport(
                null, null, null, null, null, null, ViewerReport.State.ENDED, null, 5_400.25, 3)));
    all.put("get-timeline", new ClientRequest.GetTimeline(ROOM));
    all.put("resume", new ClientRequest.Resume(ROOM, 9, 6));
    all.put("get-people", new ClientRequest.GetPeople(ROOM, null, null));
    UUID id = UUID.fromString(TOKEN);
    all.put(
        "create-room.settings",
        new ClientRequest.CreateRoom(
            new DisplayName("Ann"),
            new RoomSettings.Change(
                "Movie night", false, null, null, null, null, EntryMode.PASSWORD, null, null),
            "open sesame"));
    all.put(
        "join-room.password",
        new ClientRequest.JoinRoom(ROOM, bob, null, null, "open sesame", null));
    all.put(
        "join-room.invite",
        new ClientRequest.JoinRoom(ROOM, bob, null, null, null, "AAAAAAAAAAAAAAAAAAAAAA"));
    all.put(
        "set-settings",
        command(
            new RoomCommand.SetSettings(
                ANN,
                new RoomSettings.Change(
                    "Movie night",
                    false,
                    Who.EVERYONE,
                    Who.EVERYONE,
                    Who.HOSTS,
                    5_000,
                    EntryMode.APPROVAL,
                    true,
                    0.0))));
    all.put(
        "set-settings.untitled",
        command(
            new RoomCommand.SetSettings(
                ANN,
                new RoomSettings.Change(null, true, null, null, null, null, null, null, null))));
    all.put("demote-host", command(new RoomCommand.Demote(ANN, BOB)));
    all.put("transfer-room", command(new RoomCommand.TransferRoom(ANN, BOB)));
    all.put("undo-seek", command(new RoomCommand.UndoSeek(ANN, true)));
    all.put("set-password", new ClientRequest.SetPassword(ROOM, "open sesame"));
    all.put("set-password.none", new ClientRequest.SetPassword(ROOM, null));
    all.put("answer-knock", command(new RoomCommand.AnswerKnock(ANN, id, true)));
    all.put("get-knocks", new ClientRequest.GetKnocks(ROOM));
    all.put("create-invite", new ClientRequest.CreateInvite(ROOM, null, null));
    all.put("create-invite.bounds", new ClientRequest.CreateInvite(ROOM, 3_600_000L, 3));
    all.put("get-invites", new ClientRequest.GetInvites(ROOM));
    all.put("revoke-invite", command(new RoomCommand.RevokeInvitation(ANN, id)));
    all.put("remove-member", new ClientRequest.RemoveMember(ROOM, BOB, false, null));
    all.put("remove-member.ban", new ClientRequest.RemoveMember(ROOM, BOB, true, 60L));
    all.put("get-bans", new ClientRequest.GetBans(ROOM));
    all.put("lift-ban", command(new RoomCommand.LiftBan(ANN, id)));
    all.put("mute-member", command(new RoomCommand.MuteMember(ANN, BOB, true)));
    putQueueRequests(all);
    SubtitleMessageSamples.putRequests(all);
    LibraryMessageSamples.putRequests(all);
    VoiceMessageSamples.putRequests(
        all, ROOM, ANN, BOB, ClientSamples::command, ClientSamples::signal);
    all.put("get-people.search", new ClientRequest.GetPeople(ROOM, BOB, "an"));
    return all;
  }

  private static void putQueueRequests(Map<String, Object> all) {
    UUID id = UUID.fromString(TOKEN);
    all.put("queue-add", add(Place.END, new ClientRequest.NewFilm(FILM, null)));
    all.put(
        "queue-add.next",
        add(Place.NEXT, new ClientRequest.NewFilm(FILM, "\u00c9t\u00e9 \ud83c\udf7f <1>")));
    all.put(
        "queue-add.many",
        add(
            Place.END,
            new ClientRequest.NewFilm(FILM, null),
            new ClientRequest.NewFilm(
                Media.parse("https://films.example/two.m3u8").orElseThrow(), null)));
    all.put("queue-remove", command(new QueueCommand.QueueRemove(ANN, id)));
    all.put("queue-move", command(new QueueCommand.QueueMove(ANN, id, ITEM)));
    all.put("queue-move.end", command(new QueueCommand.QueueMove(ANN, id, null)));
    all.put("queue-play", command(new QueueCommand.QueuePlay(ANN, id, ITEM)));
    all.put("queue-play.from", command(new QueueCommand.QueuePlay(ANN, id, ITEM, 41.5)));
    all.put("queue-next", command(new QueueCommand.QueueNext(ANN)));
    all.put("queue-previous", command(new QueueCommand.QueuePrevious(ANN)));
    all.put(
        "queue-shuffle",
        command(new QueueCommand.QueueShuffle(ANN, ITEM.getLeastSignificantBits())));
    all.put("queue-clear", command(new QueueCommand.QueueClear(ANN)));
    all.put("queue-undo", command(new QueueCommand.UndoQueueChange(ANN)));
    all.put(
        "set-queue-mode",
        command(
            new QueueCommand.SetQueueMode(ANN, QueueMode.Loop.ALL, false, QueueMode.Order.VOTES)));
    all.put(
        "set-queue-mode.loop",
        command(new QueueCommand.SetQueueMode(ANN, QueueMode.Loop.ONE, null, null)));
    all.put("vote-item", command(new QueueCommand.VoteItem(ANN, id, true)));
    all.put("vote-skip", command(new QueueCommand.VoteSkip(ANN, true)));
    all.put("describe-item", command(new QueueCommand.DescribeItem(ANN, id, "One", 5_400.25)));
    all.put(
        "describe-item.duration", command(new QueueCommand.DescribeItem(ANN, id, null, 5_400.25)));
    all.put("get-queue", new ClientRequest.GetQueue(ROOM, null, 100));
    all.put("get-queue.page", new ClientRequest.GetQueue(ROOM, id, 20));
  }

  private static ClientRequest add(Place place, ClientRequest.NewFilm... films) {
    return new ClientRequest.QueueAdd(ROOM, List.of(films), place);
  }
}
