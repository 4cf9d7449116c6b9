package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.wire.ClientRequest.ListedTrack;
import dev.watchnchill.server.wire.ClientRequest.TrackSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the requests about shared subtitles (rules SB1, SB2, SB6, FR15). */
final class SubtitleRequestReader {
  /** Most characters of one part of a text: whatever they are, a packet can hold them (RL18). */
  static final int PART_LENGTH_MAX = 16_000;

  /** Most parts of a text. */
  static final int PARTS_MAX = 100;

  private static final int LANGUAGE_LENGTH_MAX = 35;

  // The shape of RFC 5646: a language, and up to eight letters or digits in each further part.
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}");

  private SubtitleRequestReader() {}

  static ClientRequest set(FieldReader in) {
    RoomId room = in.roomId();
    List<ListedTrack> tracks =
        in.objects("tracks", SubtitleTrack.TRACKS_MAX).stream()
            .map(SubtitleRequestReader::track)
            .toList();
    String film = in.optionalText("videoUrl", Media.URL_LENGTH_MAX);
    in.check(
        tracks.stream().filter(SubtitleRequestReader::isUploaded).count() <= 1,
        "Only one of the tracks can have parts");
    return new ClientRequest.SetSubtitles(room, tracks, film);
  }

  private static boolean isUploaded(ListedTrack track) {
    return track.source() instanceof ClientRequest.UploadedTrack;
  }

  static ClientRequest upload(FieldReader in) {
    return new ClientRequest.UploadSubtitles(
        in.roomId(), (int) in.whole("part", 0, PARTS_MAX - 1), text(in, PART_LENGTH_MAX));
  }

  static ClientRequest get(FieldReader in) {
    return new ClientRequest.GetSubtitles(
        in.roomId(), in.uuid("trackId"), (int) in.whole("part", 0, PARTS_MAX - 1));
  }

  private static ListedTrack track(FieldReader in) {
    boolean kept = in.has("trackId");
    String label = kept && !in.has("label") ? null : in.cleanText("label", SubtitleTrack.LABEL_MAX);
    String language = in.has("language") ? language(in) : null;
    long sources = Stream.of("trackId", "url", "text", "parts").filter(in::has).count();
    in.check(sources == 1, "Exactly one of trackId, url, text and parts has to be there");
    return new ListedTrack(label, language, source(in, kept));
  }

  private static TrackSource source(FieldReader in, boolean kept) {
    if (kept) {
      return new ClientRequest.SharedTrack(in.uuid("trackId"));
    }
    if (in.has("url")) {
      return new ClientRequest.LinkedTrack(url(in));
    }
    if (in.has("text")) {
      return new ClientRequest.WrittenTrack(text(in, Integer.MAX_VALUE));
    }
    return new ClientRequest.UploadedTrack(
        in.has("parts") ? (int) in.whole("parts", 1, PARTS_MAX) : 1);
  }

  /** Reads a text of at least one character. */
  private static String text(FieldReader in, int lengthMax) {
    String text = in.string("text");
    if (text == null) {
      return "";
    }
    in.check(!text.isEmpty(), "Too small: expected string to have >=1 characters");
    in.check(
        text.length() <= lengthMax,
        "Too big: expected string to have <=" + lengthMax + " characters");
    return text;
  }

  private static @Nullable String language(FieldReader in) {
    String language = in.string("language");
    in.check(
        language == null
            || (language.length() <= LANGUAGE_LENGTH_MAX && LANGUAGE.matcher(language).matches()),
        "Invalid language tag");
    return language;
  }

  private static String url(FieldReader in) {
    String url = Objects.requireNonNullElse(in.string("url"), "");
    Optional<String> address =
        url.length() > SubtitleTrack.URL_LENGTH_MAX
            ? Optional.empty()
            : WebAddress.parse(url)
                .filter(web -> !web.credentials())
                .map(WebAddress::href)
                .filter(href -> href.length() <= SubtitleTrack.URL_LENGTH_MAX);
    in.check(address.isPresent(), "Invalid URL format");
    return address.orElse("");
  }
}
