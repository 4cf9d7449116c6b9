package dev.watchnchill.server.media.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the folders of films and the files in them as a scan does: each folder from the one above
 * it, without following links, so that no link that was made since leads elsewhere (rule LB9).
 */
public final class FilmFolder {
  private static final Set<? extends OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private FilmFolder() {}

  /** An operation on a folder. */
  @FunctionalInterface
  public interface Use<T> {
    /** Performs it while the folder is open. */
    T of(SecureDirectoryStream<Path> folder) throws IOException;
  }

  /** An open file, and what it was when it was opened. */
  public record OpenedFile(FileChannel channel, BasicFileAttributes attributes) {}

  /**
   * Performs an operation on the folder of a film; may wait for the disk.
   *
   * @throws IOException when the folder is gone, or has become a link
   */
  public static <T> T in(IndexedFilm film, Use<T> use) throws IOException {
    var names = new ArrayDeque<Path>();
    FolderPlace place = film.place();
    for (FolderPlace above = place.parent(); above != null; above = place.parent()) {
      names.push(place.raw());
      place = above;
    }
    try (DirectoryStream<Path> root = Files.newDirectoryStream(place.raw())) {
      return in(LibraryScan.secure(root), names, use);
    }
  }

  private static <T> T in(SecureDirectoryStream<Path> folder, Deque<Path> names, Use<T> use)
      throws IOException {
    @Nullable Path name = names.poll();
    if (name == null) {
      return use.of(folder);
    }
    try (SecureDirectoryStream<Path> within =
        folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      return in(within, names, use);
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException when there is no such regular file
   */
  public static OpenedFile open(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    BasicFileAttributes before = regular(folder, name);
    var channel = (FileChannel) folder.newByteChannel(name, READING);
    try {
      BasicFileAttributes after = regular(folder, name);
      if (!same(before, after) || channel.size() != after.size()) {
        throw new IOException("the file was replaced while it was opened");
      }
      return new OpenedFile(channel, after);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns whether two readings are of the same, unchanged file. */
  public static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
    return one.size() == other.size()
        && one.lastModifiedTime().equals(other.lastModifiedTime())
        && Objects.equals(one.fileKey(), other.fileKey());
  }

  /**
   * Returns the attributes of a regular file.
   *
   * @throws IOException when there is none
   */
  public static BasicFileAttributes regular(SecureDirectoryStream<Path> folder, Path name)
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
}
