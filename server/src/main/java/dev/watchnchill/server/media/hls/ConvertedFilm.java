package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.probe.FilmStreams;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A film that is converted: its playlists and renditions. */
final class ConvertedFilm {
  private static final String PLAYLIST = "application/vnd.apple.mpegurl";
  private static final Pattern PART =
      Pattern.compile(
          "([0-9a-f]{8})/(video|audio-\\d{1,2})(?:\\.m3u8|/(init\\.mp4|(\\d{1,6})\\.m4s))");

  private final String version;
  private final Map<String, Rendition> renditions = new LinkedHashMap<>();
  private final byte[] master;

  /**
   * @param version of the file, in the address of each part
   * @param renditions the video first, when there is one
   * @param bits of the film in a second
   */
  ConvertedFilm(String version, List<Rendition> renditions, FilmStreams streams, long bits) {
    this.version = version;
    renditions.forEach(each -> this.renditions.put(each.source().name(), each));
    List<RenditionSource> sources = renditions.stream().map(Rendition::source).toList();
    master = Playlists.master(sources, streams, version, bits).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Answers a request; never waits.
   *
   * @param rest the path behind the link
   */
  CompletableFuture<StreamAnswer> answer(String rest) {
    if (rest.equals("index.m3u8")) {
      return CompletableFuture.completedFuture(new StreamAnswer.Text(PLAYLIST, master));
    }
    Matcher part = PART.matcher(rest);
    // Another version of the file has other segments.
    if (!part.matches() || !part.group(1).equals(version)) {
      return CompletableFuture.completedFuture(new StreamAnswer.NotFound());
    }
    Rendition rendition = renditions.get(part.group(2));
    if (rendition == null) {
      return CompletableFuture.completedFuture(new StreamAnswer.NotFound());
    }
    if (part.group(3) == null) {
      byte[] text = Playlists.media(rendition.source()).getBytes(StandardCharsets.UTF_8);
      return CompletableFuture.completedFuture(new StreamAnswer.Text(PLAYLIST, text));
    }
    return part.group(4) == null
        ? rendition.head()
        : rendition.segment(Integer.parseInt(part.group(4)));
  }

  void close() {
    renditions.values().forEach(Rendition::close);
  }
}
