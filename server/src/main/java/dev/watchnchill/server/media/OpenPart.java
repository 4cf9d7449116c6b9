package dev.watchnchill.server.media;

import dev.watchnchill.server.media.index.FilmFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * An open file that belongs to a film: a poster, subtitles or a part of a converted film. It is
 * small, or in the server's own cache, and never looked at again while it is sent.
 */
public record OpenPart(FileChannel channel, BasicFileAttributes attributes, String contentType)
    implements OpenFile {
  /**
   * Opens a file of the cache; may wait for the disk.
   *
   * @throws IOException when there is no such regular file
   */
  public static OpenPart ofCache(Path file, String contentType) throws IOException {
    var channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() || attributes.size() != channel.size()) {
        throw new IOException("no regular file");
      }
      return new OpenPart(channel, attributes, contentType);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns a file beside a film. */
  public static OpenPart of(FilmFolder.OpenedFile file, String contentType) {
    return new OpenPart(file.channel(), file.attributes(), contentType);
  }

  @Override
  public boolean unchanged() {
    return true;
  }
}
