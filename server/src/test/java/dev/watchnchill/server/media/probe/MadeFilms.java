package dev.watchnchill.server.media.probe;

import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.tool.FilmTools;
import java.nio.file.Path;

/** Small films that ffmpeg makes for tests. */
public final class MadeFilms {
  private static final String VIDEO = " -f lavfi -i testsrc=s=160x120:r=10:d=2";
  private static final String AUDIO = " -f lavfi -i sine=d=2";

  /** Options of a picture that all browsers play. */
  public static final String H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

  /** The programs of this machine. */
  public static final FilmTools TOOLS =
      FilmTools.find(
          "ffmpeg", "ffprobe", new ProcessBuilder().environment().getOrDefault("PATH", ""));

  private MadeFilms() {}

  /** Makes a film with picture and sound. */
  public static void film(Path folder, String name, String options) {
    run(folder, VIDEO + AUDIO, "-shortest " + options, name);
  }

  /** Makes a film with a picture alone. */
  public static void silent(Path folder, String name, String options) {
    run(folder, VIDEO, options, name);
  }

  /** Makes a file with sound alone. */
  public static void sound(Path folder, String name, String options) {
    run(folder, AUDIO, options, name);
  }

  /** Makes a Matroska film with two audio tracks, and subtitles of two formats. */
  public static void withTracks(Path folder, String name) {
    LibraryFolders.shell(
        folder, "printf '1\\n00:00:00,500 --> 00:00:01,500\\nHello <b>you</b>\\n' > tracks.txt");
    run(
        folder,
        VIDEO + AUDIO + AUDIO + " -f srt -i tracks.txt",
        "-map 0 -map 1 -map 2 -map 3 -map 3 "
            + H264
            + "-c:a:0 aac -c:a:1 ac3 -c:s:0 srt -c:s:1 ass -metadata:s:a:0 language=ger"
            + " -metadata:s:a:1 title=Director -metadata:s:s:0 language=eng"
            + " -metadata:s:s:1 language=fre -metadata:s:s:1 title=Signs",
        name);
  }

  /** Runs ffmpeg. */
  static void run(Path folder, String inputs, String options, String name) {
    LibraryFolders.shell(
        folder, "ffmpeg -v error -nostdin -y" + inputs + " " + options + " './" + name + "'");
  }
}
