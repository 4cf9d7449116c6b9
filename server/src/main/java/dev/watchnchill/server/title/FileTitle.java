package dev.watchnchill.server.title;

import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.name.VisibleText;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.OwnCopy;
import dev.watchnchill.server.runtime.port.FilmDescription;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the title of a file or stream from its link alone (rule MD13). */
public final class FileTitle {
  /** Names that servers give to every stream; the folder says more. */
  private static final Set<String> GENERIC =
      Set.of(
          "chunklist",
          "dash",
          "hls",
          "index",
          "main",
          "manifest",
          "master",
          "output",
          "playlist",
          "prog index",
          "stream",
          "video");

  /** An ending of a file; digits alone are rather a year. */
  private static final Pattern ENDING = Pattern.compile("\\.(?!\\d+$)[A-Za-z0-9]{2,4}$");

  private FileTitle() {}

  /** Returns the description of a file or stream; empty for a film of a provider. */
  static FilmDescription describe(Media film) {
    return switch (film.kind()) {
      case VIDEO, AUDIO, HLS, DASH -> new FilmDescription(of(film), null, 0);
      case LOCAL ->
          OwnCopy.parse(film.url()).map(FileTitle::describe).orElse(FilmDescription.EMPTY);
      case YOUTUBE, VIMEO, TWITCH, DAILYMOTION, PEERTUBE -> FilmDescription.EMPTY;
    };
  }

  private static FilmDescription describe(OwnCopy copy) {
    return new FilmDescription(ofName(copy.name()), null, copy.durationSeconds());
  }

  private static @Nullable String of(Media film) {
    List<String> path =
        WebAddress.parse(film.url()).map(WebAddress::pathSegments).orElse(List.of());
    return path.reversed().stream()
        .limit(2)
        .map(FileTitle::readable)
        .filter(title -> !title.isEmpty() && !GENERIC.contains(title.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  /** Returns the name of a file as a title; the name itself when nothing of it is readable. */
  public static String ofName(String name) {
    String title = readable(name);
    return title.isEmpty() ? name : title;
  }

  /** Returns the name of a file or folder as a title, or "". */
  private static String readable(String name) {
    String bare = ENDING.matcher(name).replaceFirst("");
    String spaced = clean(bare.replace('_', ' ').replace('+', ' '));
    // With other separators a dot is punctuation, such as in "Mr. X" and "2.0".
    return spaced.indexOf(' ') < 0 ? clean(spaced.replace('.', ' ')) : spaced;
  }

  private static String clean(String text) {
    return VisibleText.clean(text, FilmDescription.TITLE_MAX);
  }
}
