package dev.watchnchill.server.media.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A private directory with links to the files that programs read. The name of a film may have any
 * bytes, such as line ends or a leading dash, so a program gets the name of a link instead.
 */
public final class ToolInputs {
  private final Path folder;
  private final AtomicLong next = new AtomicLong();

  /**
   * @param folder where the links are made, and programs run
   */
  public ToolInputs(Path folder) {
    this.folder = folder;
  }

  /** A link to a file, until it is closed. */
  public static final class Input implements AutoCloseable {
    private final Path link;

    private Input(Path link) {
      this.link = link;
    }

    /** Returns the options of ffmpeg and ffprobe that read the file, and nothing else. */
    public List<String> options() {
      return List.of("-i", "file:" + link.getFileName());
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(link);
      } catch (IOException _) {
        // it is made anew with the same number after a restart
      }
    }
  }

  /**
   * Links to a file.
   *
   * @throws IOException when the directory cannot be written
   */
  public Input link(Path file) throws IOException {
    Path link = folder.resolve("input-" + next.incrementAndGet());
    // A process that was killed may have left it behind.
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, file.toAbsolutePath());
    return new Input(link);
  }

  /** Returns the directory. */
  public Path folder() {
    return folder;
  }
}
