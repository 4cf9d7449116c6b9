package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sample messages about shared subtitles, by the name of their golden file. */
final class SubtitleMessageSamples {
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final String ANN = "00000000-0000-4000-8000-000000000001";
  private static final UUID WRITTEN = UUID.fromString("00000000-0000-4000-8000-00000000000a");
  private static final UUID LINKED = UUID.fromString("00000000-0000-4000-8000-00000000000b");
  private static final String URL = "https://films.example/en.srt";
  private static final long EPOCH = 9;

  static final List<SubtitleEntry> TRACKS =
      List.of(
          new SubtitleEntry(WRITTEN, "Fran\u00e7ais \ud83c\udf7f", "fr-CA", null, 7, 104_000),
          new SubtitleEntry(LINKED, "English", "und", URL, null, null));

  private SubtitleMessageSamples() {}

  static void putMessages(Map<String, ServerMessage> all) {
    all.put("subtitles-changed", new ServerMessage.SubtitlesChanged(TRACKS, ANN, EPOCH, 6, null));
    all.put(
        "subtitles-changed.cleared",
        new ServerMessage.SubtitlesChanged(List.of(), null, EPOCH, 6, 4L));
  }

  static void putReplies(Map<String, ServerReply> all) {
    all.put("set-subtitles", new ServerReply.Shared(List.of(WRITTEN, LINKED), EPOCH, 6));
    all.put("upload-subtitles.order", ServerReply.failed(ErrorReply.uploadIncomplete()));
    all.put("get-subtitles", new ServerReply.SubtitlePart(JsonText.of("1\n00:00 \"\u00e9\"")));
  }

  static void putRequests(Map<String, Object> all) {
    all.put(
        "set-subtitles",
        new ClientRequest.SetSubtitles(
            ROOM,
            List.of(
                new ClientRequest.ListedTrack(null, null, new ClientRequest.SharedTrack(WRITTEN)),
                new ClientRequest.ListedTrack(
                    "Fran\u00e7ais", "fr-CA", new ClientRequest.UploadedTrack(7)),
                new ClientRequest.ListedTrack("English", null, new ClientRequest.LinkedTrack(URL)),
                new ClientRequest.ListedTrack(
                    "short", "en", new ClientRequest.WrittenTrack("1\n00:00:01,000 --> ..."))),
            "https://films.example/one.mp4"));
    all.put("set-subtitles.none", new ClientRequest.SetSubtitles(ROOM, List.of(), null));
    all.put("upload-subtitles", new ClientRequest.UploadSubtitles(ROOM, 3, "\u00e9\n"));
    all.put("get-subtitles", new ClientRequest.GetSubtitles(ROOM, WRITTEN, 6));
  }
}
