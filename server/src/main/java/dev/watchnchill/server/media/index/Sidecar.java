package dev.watchnchill.server.media.index;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with subtitles beside a film (rule LB14): in its folder, or in one for subtitles there,
 * with the film's name. Found and opened as films are, without following links.
 *
 * @param folder the folder for subtitles that it is in, or null
 * @param raw its name as the system knows it
 * @param key under which clients know it, with its format as ending
 * @param format {@code srt}, {@code vtt}, {@code ass} or {@code ssa}
 * @param language a code as it stands in the name, or ""
 * @param marks what else the name says, such as {@code forced}
 */
public record Sidecar(
    @Nullable Path folder,
    Path raw,
    String key,
    String format,
    String language,
    List<String> marks) {
  /** Most files of one film. */
  public static final int FILES_MAX = 20;

  /** Largest file, in bytes. */
  public static final long BYTES_MAX = 4L << 20;

  /** Names of a folder that are looked at, so that no folder takes long. */
  private static final int NAMES_MAX = 20_000;

  /** Names between that of the film and the ending. */
  private static final int PARTS_MAX = 4;

  private static final Set<String> FORMATS = Set.of("srt", "vtt", "ass", "ssa");
  private static final Set<String> FOLDERS = Set.of("subs", "subtitles");
  private static final Set<String> MARKS = Set.of("forced", "sdh", "cc", "default");

  /** Copies the list. */
  public Sidecar {
    marks = List.copyOf(marks);
  }

  /**
   * Returns the files beside a film, sorted by their names; may wait for the disk.
   *
   * @throws IOException when the folder of the film cannot be read
   */
  public static List<Sidecar> of(IndexedFilm film) throws IOException {
    EntryName name = EntryName.of(film.raw());
    String base = name.octets().substring(0, name.octets().lastIndexOf('.'));
    return FilmFolder.in(
        film,
        folder -> {
          var found = new ArrayList<Sidecar>();
          var folders = new ArrayList<Path>();
          look(folder, null, film.place(), base, found, folders);
          for (Path each : folders) {
            try (SecureDirectoryStream<Path> within =
                folder.newDirectoryStream(each, LinkOption.NOFOLLOW_LINKS)) {
              look(within, each, film.place(), base, found, null);
            } catch (IOException _) {
              // no folder, or one that cannot be read
            }
          }
          return found.stream()
              .sorted(Comparator.comparing((Sidecar each) -> EntryName.of(each.raw()).octets()))
              .limit(FILES_MAX)
              .toList();
        });
  }

  private static void look(
      SecureDirectoryStream<Path> folder,
      @Nullable Path inFolder,
      FolderPlace place,
      String base,
      List<Sidecar> found,
      @Nullable List<Path> folders) {
    int names = 0;
    try {
      for (Path each : folder) {
        if (++names > NAMES_MAX) {
          return;
        }
        EntryName entry = EntryName.of(each);
        if (folders != null && FOLDERS.contains(entry.octets().toLowerCase(Locale.ROOT))) {
          folders.add(entry.raw());
        }
        Sidecar sidecar = parse(inFolder, entry, place, base);
        if (sidecar != null && isSmallFile(folder, entry.raw())) {
          found.add(sidecar);
        }
      }
    } catch (DirectoryIteratorException _) {
      // what was read until then counts
    }
  }

  private static boolean isSmallFile(SecureDirectoryStream<Path> folder, Path name) {
    try {
      return FilmFolder.regular(folder, name).size() <= BYTES_MAX;
    } catch (IOException | SecurityException _) {
      return false;
    }
  }

  /** Returns the file of that name, or null when it does not belong to the film. */
  private static @Nullable Sidecar parse(
      @Nullable Path folder, EntryName entry, FolderPlace place, String base) {
    String octets = entry.octets();
    if (entry.hidden() || !octets.startsWith(base + ".")) {
      return null;
    }
    String[] parts = octets.substring(base.length() + 1).split("\\.", PARTS_MAX + 1);
    String format = parts[parts.length - 1].toLowerCase(Locale.ROOT);
    if (parts.length > PARTS_MAX || !FORMATS.contains(format)) {
      return null;
    }
    String language = "";
    var marks = new ArrayList<String>();
    for (int i = 0; i < parts.length - 1; i++) {
      String part = parts[i].toLowerCase(Locale.ROOT);
      if (MARKS.contains(part)) {
        marks.add(part);
      } else if (language.isEmpty() && marks.isEmpty() && isLanguage(part)) {
        language = parts[i];
      } else {
        return null;
      }
    }
    String where = folder == null ? "" : EntryName.of(folder).octets() + "/";
    String key = place.sidecarId(where + octets) + "." + format;
    return new Sidecar(folder, entry.raw(), key, format, language, marks);
  }

  private static boolean isLanguage(String part) {
    return part.matches("[a-z]{2,3}([-_][a-z0-9]{2,8}){0,2}");
  }

  /**
   * Opens it; may wait for the disk.
   *
   * @throws IOException when it is no regular file any more, or has become too large
   */
  public FilmFolder.OpenedFile open(IndexedFilm film) throws IOException {
    return FilmFolder.in(
        film,
        upper -> {
          Path within = folder;
          if (within == null) {
            return openIn(upper);
          }
          try (SecureDirectoryStream<Path> lower =
              upper.newDirectoryStream(within, LinkOption.NOFOLLOW_LINKS)) {
            return openIn(lower);
          }
        });
  }

  private FilmFolder.OpenedFile openIn(SecureDirectoryStream<Path> place) throws IOException {
    FilmFolder.OpenedFile file = FilmFolder.open(place, raw);
    if (file.attributes().size() > BYTES_MAX) {
      file.channel().close();
      throw new IOException("too large");
    }
    return file;
  }
}
