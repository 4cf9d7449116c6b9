package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.entry.Knock;
import java.util.List;

/** A person who waits at the door, as hosts read it (EN4); {@code at} in server ms. */
public record KnockEntry(String knockId, String userName, long at) {
  static KnockEntry of(Knock knock) {
    return new KnockEntry(knock.id().toString(), knock.name().value(), knock.atMs());
  }

  /** Returns the people who wait, first come first. */
  public static List<KnockEntry> waiting(Room room) {
    return room.entry().knocks().stream()
        .filter(knock -> !knock.accepted())
        .map(KnockEntry::of)
        .toList();
  }
}
