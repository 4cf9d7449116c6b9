package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomSettings;
import org.jspecify.annotations.Nullable;

/** The settings of a room as clients read them (RT3); {@code slowModeMs} in ms. */
public record SettingsState(
    @Nullable String title,
    String control,
    String queue,
    String chat,
    int slowModeMs,
    String entry,
    boolean listed,
    double skipShare,
    boolean hasPassword) {
  /** Returns the settings of a room in this form. */
  public static SettingsState of(Room room) {
    return of(room.settings(), room.entry().password() != null);
  }

  static SettingsState of(RoomSettings settings, boolean hasPassword) {
    return new SettingsState(
        settings.title(),
        WireText.name(settings.control()),
        WireText.name(settings.queue()),
        WireText.name(settings.chat()),
        settings.slowModeMs(),
        WireText.name(settings.entry()),
        settings.listed(),
        settings.skipShare(),
        hasPassword);
  }
}
