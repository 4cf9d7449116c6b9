package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.playback.Media;
import org.jspecify.annotations.Nullable;

/** A room of the directory as clients read it (EN12). */
public record ListedRoom(
    String roomId,
    @Nullable String title,
    @Nullable ListedFilm film,
    int members,
    String entry,
    boolean playing) {
  /** The film of a listed room. */
  public record ListedFilm(String videoUrl, String videoType) {}

  /** Returns a room in this form. */
  public static ListedRoom of(
      RoomId id,
      @Nullable String title,
      @Nullable Media film,
      int members,
      EntryMode entry,
      boolean playing) {
    return new ListedRoom(
        id.value(),
        title,
        film == null ? null : new ListedFilm(film.url(), WireText.name(film.kind())),
        members,
        WireText.name(entry),
        playing);
  }
}
