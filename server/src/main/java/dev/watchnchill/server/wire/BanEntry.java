package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.entry.Ban;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ban as hosts read it (EN10); times in server ms, {@code until} null for no end. */
public record BanEntry(
    String banId, String userName, String by, String byName, long at, @Nullable Long until) {
  /** Returns the bans that hold, oldest first. */
  public static List<BanEntry> held(Room room, long nowMs) {
    return room.entry().bans().stream()
        .filter(ban -> !ban.expired(nowMs))
        .map(BanEntry::of)
        .toList();
  }

  private static BanEntry of(Ban ban) {
    return new BanEntry(
        ban.id().toString(),
        ban.name().value(),
        ban.by().toString(),
        ban.byName().value(),
        ban.atMs(),
        ban.untilMs());
  }
}
