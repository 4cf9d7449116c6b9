package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Map;

/** Sample requests and replies about the media library, by the name of their golden file. */
final class LibraryMessageSamples {
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final String FOLDER = "AAAAAAAAAAAAAAAAAAAAA1";
  private static final String FILM = "BBBBBBBBBBBBBBBBBBBB-_";

  private LibraryMessageSamples() {}

  static void putReplies(Map<String, ServerReply> all) {
    all.put(
        "get-library",
        new ServerReply.LibraryPage(
            new LibraryListing(
                List.of(new LibraryListing.Folder(FOLDER, "\u00c9t\u00e9 <1>", 12)),
                List.of(
                    new LibraryListing.Film(FILM, "One.mp4", null, 5_000_000_000L, "video"),
                    new LibraryListing.Film(
                        FOLDER,
                        "Two.flac",
                        new LibraryListing.Place(FOLDER, "\u00c9t\u00e9 <1>"),
                        0,
                        "audio",
                        false)),
                120,
                true,
                null)));
    all.put(
        "get-library.scanning",
        new ServerReply.LibraryPage(
            new LibraryListing(
                List.of(), List.of(), 0, false, new LibraryListing.Progress(1_200, 800))));
    all.put(
        "get-film-info",
        new ServerReply.FilmInfos(
            List.of(
                new FilmInfo(
                    FILM,
                    5_400.25,
                    1_920,
                    1_080,
                    "convert",
                    "audio",
                    "h264",
                    List.of(new FilmInfo.Audio("Director <1>", "en", "ac3", 6)),
                    List.of(
                        new FilmInfo.Subtitles("German (forced)", "de", "srt", true),
                        new FilmInfo.Subtitles("English", "en", "pgs", false)),
                    "/media/poster/AbC-_0123"),
                new FilmInfo(FOLDER, 0, 0, 0, "direct", null, null, List.of(), List.of(), null)
                    .asUnreachable()),
            List.of("CCCCCCCCCCCCCCCCCCCCC1")));
    all.put(
        "get-media-link",
        new ServerReply.MediaLink("/media/AbC-_0123", 1_700_000_000_007L, "file", List.of()));
    all.put(
        "get-media-link.hls",
        new ServerReply.MediaLink(
            "/media/AbC-_0123/index.m3u8",
            1_700_000_000_007L,
            "hls",
            List.of(new FilmInfo.Linked("German", "de", "/media/AbC-_0123/subtitles/3.vtt"))));
    all.put(
        "get-media-link.not-playable",
        ServerReply.failed(
            ErrorReply.filmNotPlayable("unreadable", "The server cannot read this film")));
    all.put("set-video.not-everywhere", ServerReply.failed(ErrorReply.filmNotOnEveryServer(2)));
    all.put("get-library.none", ServerReply.failed(ErrorReply.noLibrary()));
  }

  static void putRequests(Map<String, Object> all) {
    all.put("get-media-link", new ClientRequest.GetMediaLink(ROOM, 3));
    all.put("get-film-info", new ClientRequest.GetFilmInfo(ROOM, List.of(FOLDER, FILM)));
    all.put("get-library", new ClientRequest.GetLibrary(ROOM, null, null, null));
    all.put("get-library.search", new ClientRequest.GetLibrary(ROOM, FOLDER, "blade runner", FILM));
  }
}
