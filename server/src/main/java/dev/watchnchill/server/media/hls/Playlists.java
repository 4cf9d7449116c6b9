package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.probe.FilmStreams;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the playlists of a film (RFC 8216). */
final class Playlists {
  private static final String HEAD = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n";
  private static final long BITS_MIN = 100_000;
  private static final int NAME_CHARACTERS_MAX = 80;

  private Playlists() {}

  /**
   * Returns the playlist that names the renditions.
   *
   * @param folder of the renditions' playlists
   * @param bits of the film in a second
   */
  static String master(
      List<RenditionSource> renditions, FilmStreams streams, String folder, long bits) {
    var text = new StringBuilder(HEAD);
    boolean hasVideo = renditions.stream().anyMatch(each -> each.name().equals("video"));
    Set<String> names = new HashSet<>();
    for (RenditionSource each : renditions) {
      if (hasVideo && each instanceof RenditionSource.Sound sound) {
        FilmStreams.Audio track = streams.audio().get(sound.number());
        text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"")
            .append(name(track, sound.number(), names))
            .append("\",LANGUAGE=\"")
            .append(quoted(track.language()))
            .append("\",DEFAULT=")
            .append(sound.number() == mainTrack(streams) ? "YES" : "NO")
            .append(",AUTOSELECT=YES,CHANNELS=\"2\",URI=\"")
            .append(folder)
            .append('/')
            .append(each.name())
            .append(".m3u8\"\n");
      }
    }
    boolean hasGroup = hasVideo && renditions.size() > 1;
    text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(Math.max(bits, BITS_MIN));
    FilmStreams.@Nullable Video video = streams.video();
    if (hasVideo && video != null && video.width() > 0 && video.height() > 0) {
      text.append(",RESOLUTION=").append(video.width()).append('x').append(video.height());
    }
    text.append(hasGroup ? ",AUDIO=\"audio\"\n" : "\n");
    return text.append(folder)
        .append('/')
        .append(renditions.getFirst().name())
        .append(".m3u8\n")
        .toString();
  }

  /** Returns the playlist of one rendition, with all its segments. */
  static String media(RenditionSource rendition) {
    SegmentTimes times = rendition.times();
    var text = new StringBuilder(HEAD);
    text.append("#EXT-X-TARGETDURATION:")
        .append((long) Math.ceil(times.longest()))
        .append("\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MAP:URI=\"")
        .append(rendition.name())
        .append("/init.mp4\"\n");
    for (int k = 0; k < times.count(); k++) {
      // Players add these up: a nanosecond is exact enough after a day.
      text.append(String.format(Locale.ROOT, "#EXTINF:%.9f,%n", times.length(k)))
          .append(rendition.name())
          .append('/')
          .append(k)
          .append(".m4s\n");
    }
    return text.append("#EXT-X-ENDLIST\n").toString();
  }

  private static int mainTrack(FilmStreams streams) {
    for (int k = 0; k < streams.audio().size(); k++) {
      if (streams.audio().get(k).main()) {
        return k;
      }
    }
    return 0;
  }

  private static String name(FilmStreams.Audio track, int number, Set<String> names) {
    String known = quoted(track.title().isEmpty() ? track.language() : track.title());
    String name = known.isEmpty() || known.equals("und") ? "Track " + (number + 1) : known;
    return names.add(name) ? name : name + " " + (number + 1);
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\"\\u2028\\u2029]", " ").strip();
    int end = Math.min(plain.length(), NAME_CHARACTERS_MAX);
    boolean cutsPair = end < plain.length() && Character.isLowSurrogate(plain.charAt(end));
    return plain.substring(0, cutsPair ? end - 1 : end);
  }
}
