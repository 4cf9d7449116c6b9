package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a room from a payload (rules RT3, FR13). */
final class SettingsReader {
  private SettingsReader() {}

  /** Reads the settings that are there; none of them is a change of nothing. */
  static RoomSettings.Change change(@Nullable FieldReader in) {
    if (in == null) {
      return RoomSettings.Change.NONE;
    }
    boolean untitled = in.isNull("title");
    return new RoomSettings.Change(
        untitled ? null : in.optionalTitle(),
        untitled,
        in.optionalOneOf("control", Who.class),
        in.optionalOneOf("queue", Who.class),
        in.optionalOneOf("chat", Who.class),
        in.optionalInt("slowModeMs", 0, RoomSettings.SLOW_MODE_MS_MAX),
        in.optionalOneOf("entry", EntryMode.class),
        in.optionalBool("listed"),
        in.optionalWithin("skipShare", 0, 1));
  }
}
