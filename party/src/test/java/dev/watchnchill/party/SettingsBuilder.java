package dev.watchnchill.party;

import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import org.jspecify.annotations.Nullable;

/** Builds a change of some settings; the others stay as they were. */
public final class SettingsBuilder {
  private @Nullable String title;
  private boolean untitled;
  private @Nullable Who control;
  private @Nullable Who chat;
  private @Nullable Integer slowModeMs;
  private @Nullable EntryMode entry;
  private @Nullable Boolean listed;

  /** Sets the title, or removes it with null. */
  public SettingsBuilder title(@Nullable String text) {
    title = text;
    untitled = text == null;
    return this;
  }

  /** Sets who controls the film. */
  public SettingsBuilder control(Who who) {
    control = who;
    return this;
  }

  /** Sets who may write. */
  public SettingsBuilder chat(Who who) {
    chat = who;
    return this;
  }

  /** Sets slow mode. */
  public SettingsBuilder slowModeMs(int ms) {
    slowModeMs = ms;
    return this;
  }

  /** Sets who may come in. */
  public SettingsBuilder entry(EntryMode mode) {
    entry = mode;
    return this;
  }

  /** Sets whether the directory lists the room. */
  public SettingsBuilder listed(boolean yes) {
    listed = yes;
    return this;
  }

  /** Returns the change. */
  public RoomSettings.Change build() {
    return new RoomSettings.Change(
        title, untitled, control, null, chat, slowModeMs, entry, listed, null);
  }
}
