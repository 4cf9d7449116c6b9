package dev.watchnchill.server.media;

import java.nio.file.Path;

/** The answer to a request for a part of a film that is converted while it is watched. */
public sealed interface StreamAnswer {
  /** A short answer in memory, such as a playlist; its bytes are never changed. */
  @SuppressWarnings("ArrayRecordComponent") // handed over to the network, and never compared
  record Text(String contentType, byte[] body) implements StreamAnswer {}

  /**
   * A file to be sent. The receiver opens it at once, so it may be deleted while it is being sent.
   * A file that no longer exists has the same effect as {@link NotFound}.
   */
  record FileBody(Path file, String contentType) implements StreamAnswer {}

  /** The film has no such part. */
  record NotFound() implements StreamAnswer {}

  /** As many conversions run as may; the client should ask again after so many seconds. */
  record Busy(int retryAfterSeconds) implements StreamAnswer {}

  /**
   * The film cannot be converted.
   *
   * @param why for the log
   */
  record Failed(String why) implements StreamAnswer {}
}
