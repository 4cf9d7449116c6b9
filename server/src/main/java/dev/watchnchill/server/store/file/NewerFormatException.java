package dev.watchnchill.server.store.file;

import java.io.Serial;
import java.nio.file.Path;

/**
 * A newer server wrote the room file. It is not damaged, so {@code --repair} does not replace it.
 */
final class NewerFormatException extends DataFileException {
  @Serial private static final long serialVersionUID = 1;

  NewerFormatException(Path path, int format) {
    super(
        "The file %s has format %d, and this server reads up to format %d: a newer server wrote it"
            .formatted(path, format, RecordMaps.FORMAT));
  }
}
