package dev.watchnchill.server.media;

import dev.watchnchill.server.media.index.FolderPlace;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryScan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open file of a film (rule LB9). Each folder of its path is opened from the one above it
 * without following links, as a scan does, so that no link that was made since leads elsewhere.
 *
 * @param film what was opened
 * @param channel the file
 * @param attributes of the file when it was opened
 */
public record OpenFilm(IndexedFilm film, FileChannel channel, BasicFileAttributes attributes)
    implements AutoCloseable {
  private static final Set<? extends java.nio.file.OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** An operation on a file in its folder. */
  @FunctionalInterface
  private interface Use<T> {
    T of(SecureDirectoryStream<Path> folder, Path name) throws IOException;
  }

  /**
   * Opens a film; may wait for the disk.
   *
   * @throws IOException when there is no regular file any more
   */
  static OpenFilm open(IndexedFilm film) throws IOException {
    return in(
        film,
        (folder, name) -> {
          BasicFileAttributes before = regular(folder, name);
          var channel = (FileChannel) folder.newByteChannel(name, READING);
          try {
            BasicFileAttributes after = regular(folder, name);
            if (!same(before, after) || channel.size() != after.size()) {
              throw new IOException("the file was replaced while it was opened");
            }
            return new OpenFilm(film, channel, after);
          } catch (IOException e) {
            channel.close();
            throw e;
          }
        });
  }

  /** Returns its size, in bytes. */
  public long size() {
    return attributes.size();
  }

  /** Returns when it was changed last. */
  public Instant modified() {
    return attributes.lastModifiedTime().toInstant();
  }

  /** Returns a strong entity tag: of the size and the time to the nanosecond. */
  public String etag() {
    return "\"%x-%x\"".formatted(size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** Returns its content type, by the ending of its name. */
  public String contentType() {
    return FilmContentType.of(film.raw().toString());
  }

  /** Returns whether the path still leads to the same, unchanged file; may wait for the disk. */
  boolean unchanged() {
    try {
      return same(attributes, in(film, OpenFilm::regular));
    } catch (IOException | SecurityException _) {
      return false;
    }
  }

  private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
    return one.size() == other.size()
        && one.lastModifiedTime().equals(other.lastModifiedTime())
        && Objects.equals(one.fileKey(), other.fileKey());
  }

  private static BasicFileAttributes regular(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    BasicFileAttributes attributes =
        folder
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    // Never opened before this is known: the opening of a pipe waits for its writer.
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException("no regular file");
    }
    return attributes;
  }

  private static <T> T in(IndexedFilm film, Use<T> use) throws IOException {
    var names = new ArrayDeque<Path>();
    FolderPlace place = film.place();
    for (FolderPlace above = place.parent(); above != null; above = place.parent()) {
      names.push(place.raw());
      place = above;
    }
    try (DirectoryStream<Path> root = Files.newDirectoryStream(place.raw())) {
      return in(LibraryScan.secure(root), names, film.raw(), use);
    }
  }

  private static <T> T in(
      SecureDirectoryStream<Path> folder, Deque<Path> names, Path file, Use<T> use)
      throws IOException {
    @Nullable Path name = names.poll();
    if (name == null) {
      return use.of(folder, file);
    }
    try (SecureDirectoryStream<Path> within =
        folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      return in(within, names, file, use);
    }
  }

  /** Closes the file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // it was only read
    }
  }
}
