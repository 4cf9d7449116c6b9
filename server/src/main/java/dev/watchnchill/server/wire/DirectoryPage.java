package dev.watchnchill.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page of the directory (EN12).
 *
 * @param next the id to ask with for the next page, or null on the last one
 */
public record DirectoryPage(List<ListedRoom> rooms, @Nullable String next) {
  private static final JsonMapper WRITER = JsonMapper.builder().build();

  /** Returns the page as JSON in UTF-8. */
  public byte[] json() {
    // By way of a string: half a surrogate pair in a title becomes a question mark, not an error.
    return WRITER.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
  }
}
