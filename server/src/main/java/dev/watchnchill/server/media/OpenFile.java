package dev.watchnchill.server.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** An open file that is sent to a member: a film, or something that was made of one. */
public interface OpenFile extends AutoCloseable {
  /** Returns the file. */
  FileChannel channel();

  /** Returns its attributes when it was opened. */
  BasicFileAttributes attributes();

  /** Returns its content type. */
  String contentType();

  /** Returns whether the path still leads to the same, unchanged file; may wait for the disk. */
  boolean unchanged();

  /** Returns what all openings of one path have in common, and no other file has. */
  default Object identity() {
    return this;
  }

  /** Returns its size, in bytes. */
  default long size() {
    return attributes().size();
  }

  /** Returns when it was changed last. */
  default Instant modified() {
    return attributes().lastModifiedTime().toInstant();
  }

  /** Returns a strong entity tag: of the size and the time to the nanosecond. */
  default String etag() {
    return "\"%x-%x\"".formatted(size(), attributes().lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** Closes the file. */
  @Override
  default void close() {
    try {
      channel().close();
    } catch (IOException _) {
      // it was only read
    }
  }
}
