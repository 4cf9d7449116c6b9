package dev.watchnchill.server.media;

import dev.watchnchill.server.media.index.FilmFolder;
import dev.watchnchill.server.media.index.IndexedFilm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The open file of a film (rule LB9), opened without following links below its DIR.
 *
 * @param film what was opened
 * @param channel the file
 * @param attributes of the file when it was opened
 */
public record OpenFilm(IndexedFilm film, FileChannel channel, BasicFileAttributes attributes)
    implements OpenFile {
  /**
   * Opens a film; may wait for the disk.
   *
   * @throws IOException when there is no regular file any more
   */
  public static OpenFilm open(IndexedFilm film) throws IOException {
    FilmFolder.OpenedFile file = FilmFolder.in(film, folder -> FilmFolder.open(folder, film.raw()));
    return new OpenFilm(film, file.channel(), file.attributes());
  }

  @Override
  public Object identity() {
    return film.id();
  }

  @Override
  public String contentType() {
    return FilmContentType.of(film.raw().toString());
  }

  @Override
  public boolean unchanged() {
    try {
      return FilmFolder.same(
          attributes, FilmFolder.in(film, folder -> FilmFolder.regular(folder, film.raw())));
    } catch (IOException | SecurityException _) {
      return false;
    }
  }
}
