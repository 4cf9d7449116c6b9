package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.VideoKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listed room as the directory shows it (rule EN12).
 *
 * @param id the id in the room's link
 * @param epoch the epoch of the room
 * @param seq a revision at which the room looked like this
 * @param title the room's title, or null
 * @param film the film, or null before one is set and for a viewer's own copy, whose name is for
 *     the room alone (rule OC5)
 * @param members the number of members, away ones included
 * @param entry who may come in
 * @param playing whether the film plays
 */
public record RoomListing(
    RoomId id,
    long epoch,
    long seq,
    @Nullable String title,
    @Nullable Media film,
    int members,
    EntryMode entry,
    boolean playing) {

  /** Returns whether the directory shows a room: it is listed and has a member. */
  public static boolean isListed(Room room) {
    return room.settings().listed() && !room.members().isEmpty() && !room.closed();
  }

  /** Returns how the directory shows a room. */
  public static RoomListing of(Room room) {
    return new RoomListing(
        room.id(),
        room.epoch(),
        room.seq(),
        room.settings().title(),
        shownFilm(room),
        room.members().size(),
        room.settings().entry(),
        room.timeline().playing());
  }

  /** Returns whether a room still looks like this. */
  public boolean shows(Room room) {
    return epoch == room.epoch()
        && members == room.members().size()
        && playing == room.timeline().playing()
        && entry == room.settings().entry()
        && Objects.equals(title, room.settings().title())
        && Objects.equals(film, shownFilm(room));
  }

  private static @Nullable Media shownFilm(Room room) {
    Media film = room.media();
    return film != null && film.kind() == VideoKind.LOCAL ? null : film;
  }

  /** Returns the later one of two listings of the same room. */
  public RoomListing newest(RoomListing other) {
    boolean later = other.epoch == epoch ? other.seq > seq : other.epoch > epoch;
    return later ? other : this;
  }
}
