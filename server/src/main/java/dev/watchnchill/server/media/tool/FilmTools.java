package dev.watchnchill.server.media.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The programs that examine and convert films.
 *
 * @param ffmpeg its path, or null when there is none
 * @param ffprobe its path, or null when there is none
 * @param nice its path, or null when there is none
 */
public record FilmTools(@Nullable Path ffmpeg, @Nullable Path ffprobe, @Nullable Path nice) {
  /** No programs at all. */
  public static final FilmTools NONE = new FilmTools(null, null, null);

  /** The value of a setting that switches a program off. */
  public static final String OFF = "off";

  /** Niceness of programs that only inform: posters, lengths, texts. */
  private static final int NICENESS = 10;

  /**
   * Niceness of a conversion. A room waits for it, so it must get its share of a busy machine; the
   * server still comes first.
   */
  private static final int NICENESS_OF_CONVERSION = 3;

  /**
   * The options for every file that ffmpeg and ffprobe read: files alone, and of formats that name
   * no other file. A playlist that is called {@code film.mp4} opens nothing.
   */
  public static final List<String> INPUT_LIMITS =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          "mov,mp4,m4a,matroska,webm,avi,ogg,mp3,wav,flac,aac");

  /**
   * Returns the programs that are there.
   *
   * @param ffmpeg a name or a path, or {@link #OFF}
   * @param ffprobe the same
   * @param folders where names are looked for, separated as in {@code PATH}
   */
  public static FilmTools find(String ffmpeg, String ffprobe, String folders) {
    return new FilmTools(
        program(ffmpeg, folders), program(ffprobe, folders), program("nice", folders));
  }

  private static @Nullable Path program(String name, String folders) {
    if (name.equals(OFF)) {
      return null;
    }
    try {
      if (name.indexOf(File.separatorChar) >= 0) {
        return executable(Path.of(name));
      }
      for (String folder : folders.split(File.pathSeparator, -1)) {
        Path found = folder.isEmpty() ? null : executable(Path.of(folder, name));
        if (found != null) {
          return found;
        }
      }
    } catch (InvalidPathException _) {
      // no program has such a name
    }
    return null;
  }

  private static @Nullable Path executable(Path file) {
    Path whole = file.toAbsolutePath();
    return Files.isRegularFile(whole) && Files.isExecutable(whole) ? whole : null;
  }

  /** Returns the command that runs a program with much lower priority than the server has. */
  public List<String> command(Path program, List<String> arguments) {
    return command(program, NICENESS, arguments);
  }

  /** Returns the command that runs a program for which a room waits. */
  public List<String> conversionCommand(Path program, List<String> arguments) {
    return command(program, NICENESS_OF_CONVERSION, arguments);
  }

  private List<String> command(Path program, int niceness, List<String> arguments) {
    var command = new ArrayList<String>();
    if (nice != null) {
      command.add(nice.toString());
      command.addAll(List.of("-n", Integer.toString(niceness)));
    }
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }
}
