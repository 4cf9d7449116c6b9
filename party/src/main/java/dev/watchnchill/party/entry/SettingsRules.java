package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetPassword;
import dev.watchnchill.party.RoomCommand.SetSettings;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;

/** Decides on the room's settings and its password (rules RT3, EN2). */
public final class SettingsRules {
  private SettingsRules() {}

  /** Changes settings. */
  public static Decision set(Room room, SetSettings set, long nowMs) {
    RoomSettings next = room.settings().with(set.change());
    if (next.equals(room.settings())) {
      return Decision.unchanged(room);
    }
    if (next.entry() == EntryMode.PASSWORD && room.entry().password() == null) {
      return Decision.rejected(room, Rejection.PASSWORD_MISSING);
    }
    return changed(room, next, room.entry(), set.actor(), nowMs);
  }

  /**
   * Sets the password or removes it. A room that was open asks for it from then on, and a room that
   * asked for it is open without one.
   */
  public static Decision password(Room room, SetPassword set, long nowMs) {
    if (set.password() == null && room.entry().password() == null) {
      return Decision.unchanged(room);
    }
    return changed(
        room,
        withPassword(room.settings(), set.password() != null),
        room.entry().withPassword(set.password()),
        set.actor(),
        nowMs);
  }

  /** Returns settings whose entry mode agrees with whether there is a password. */
  public static RoomSettings withPassword(RoomSettings settings, boolean hasPassword) {
    EntryMode mode = settings.entry();
    if (hasPassword && mode == EntryMode.LINK) {
      return settings.with(RoomSettings.Change.entry(EntryMode.PASSWORD));
    }
    return !hasPassword && mode == EntryMode.PASSWORD
        ? settings.with(RoomSettings.Change.entry(EntryMode.LINK))
        : settings;
  }

  private static Decision changed(
      Room room, RoomSettings next, EntryState entry, UserId by, long nowMs) {
    boolean approvalEnds =
        room.settings().entry() == EntryMode.APPROVAL && next.entry() != EntryMode.APPROVAL;
    Room changed = room.changed(nowMs).withSettings(next).withEntry(entry);
    var events = new ArrayList<RoomEvent>();
    events.add(new RoomEvent.SettingsChanged(changed.seq(), next, entry.password() != null, by));
    return Decision.done(approvalEnds ? KnockRules.endWaits(changed, by, events) : changed, events);
  }
}
