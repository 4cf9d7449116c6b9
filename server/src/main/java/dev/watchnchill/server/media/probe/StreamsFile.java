package dev.watchnchill.server.media.probe;

import dev.watchnchill.server.json.BoundedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of what ffprobe has written about films, so that a restart does not examine them again.
 * The first line names its version; each other line is one film. A film that is examined again has
 * another line, of which the last one counts. A file of another version is replaced, and one that
 * is damaged is cut before the damage.
 */
final class StreamsFile {
  private static final Logger log = LoggerFactory.getLogger(StreamsFile.class);

  /** Changes when lines mean something else. */
  private static final String HEAD = "{\"watchnchill\":\"films\",\"version\":1}";

  private static final long BYTES_MAX = 64L << 20;

  private final Path file;
  private final int filmsMax;
  private long bytes;
  private boolean broken;

  StreamsFile(Path file, int filmsMax) {
    this.file = file;
    this.filmsMax = filmsMax;
  }

  /** A film of the file. */
  record Entry(String id, long size, long modified, JsonNode probe) {
    private String line() {
      ObjectNode line = BoundedJson.MAPPER.createObjectNode();
      line.put("id", id).put("size", size).put("modified", modified);
      line.set("probe", probe);
      return BoundedJson.MAPPER.writeValueAsString(line);
    }

    private static @Nullable Entry of(String line) {
      try {
        JsonNode read = BoundedJson.MAPPER.readTree(line);
        boolean whole =
            read.path("id").isString()
                && read.path("size").isIntegralNumber()
                && read.path("modified").isIntegralNumber()
                && read.path("probe").isObject();
        return whole
            ? new Entry(
                read.path("id").stringValue(),
                read.path("size").longValue(),
                read.path("modified").longValue(),
                read.path("probe"))
            : null;
      } catch (JacksonException _) {
        return null;
      }
    }
  }

  /** Returns the films of the file, and makes it whole when it is not; may wait for the disk. */
  synchronized Map<String, Entry> load() {
    var films = new LinkedHashMap<String, Entry>();
    boolean whole = false;
    int lines = 0;
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= BYTES_MAX) {
        // A reader that accepts any bytes: damage shows in the JSON.
        try (var in =
            new BufferedReader(
                new java.io.InputStreamReader(
                    Files.newInputStream(file), StandardCharsets.UTF_8))) {
          whole = HEAD.equals(in.readLine());
          String line = whole ? in.readLine() : null;
          for (; line != null; line = in.readLine()) {
            Entry entry = Entry.of(line);
            if (entry == null) {
              whole = false;
              break;
            }
            lines++;
            films.remove(entry.id());
            films.put(entry.id(), entry);
          }
        }
        bytes = Files.size(file);
      }
    } catch (IOException e) {
      whole = false;
      log.debug("{} cannot be read: {}", file, e.toString());
    }
    while (films.size() > filmsMax) {
      films.pollFirstEntry();
    }
    if (!whole || lines > 2 * films.size() + 1_000) {
      write(films);
    }
    return films;
  }

  private void write(Map<String, Entry> films) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (var out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        out.write(HEAD + "\n");
        for (Entry film : films.values()) {
          out.write(film.line() + "\n");
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      bytes = Files.size(file);
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Adds a film; may wait for the disk. */
  synchronized void add(Entry film) {
    if (broken || bytes > BYTES_MAX / 2) {
      return; // it is made smaller at the next start
    }
    try {
      byte[] line = (film.line() + "\n").getBytes(StandardCharsets.UTF_8);
      Files.write(file, line, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
      bytes += line.length;
    } catch (IOException | UncheckedIOException e) {
      fail(e);
    }
  }

  private void fail(Exception cause) {
    broken = true;
    log.warn(
        "{} cannot be written, so films are examined again after a restart: {}",
        file,
        cause.toString());
  }
}
