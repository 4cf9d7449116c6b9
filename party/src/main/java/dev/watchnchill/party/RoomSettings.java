package dev.watchnchill.party;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a room that its hosts choose (rule RT3).
 *
 * @param title the room's title, 1 to {@link #TITLE_MAX} characters, or null
 * @param control who may play, pause, seek and set the rate
 * @param queue who may change the queue
 * @param chat who may write
 * @param slowModeMs least time between two messages of a guest, ms; 0 for none
 * @param entry who may come in
 * @param listed whether the directory lists the room
 * @param skipShare share of the present members that must vote to skip an item; 0 turns votes off
 */
public record RoomSettings(
    @Nullable String title,
    Who control,
    Who queue,
    Who chat,
    int slowModeMs,
    EntryMode entry,
    boolean listed,
    double skipShare) {

  /** Longest title, in code points. */
  public static final int TITLE_MAX = 80;

  /** Longest time between two messages of a guest, ms. */
  public static final int SLOW_MODE_MS_MAX = 60_000;

  /** The settings of a new room: those of the original. */
  public static final RoomSettings DEFAULT =
      new RoomSettings(null, Who.HOSTS, Who.HOSTS, Who.EVERYONE, 0, EntryMode.LINK, false, 0.5);

  /** The members that may do something. */
  public enum Who {
    /** Hosts alone. */
    HOSTS,
    /** Every member. */
    EVERYONE
  }

  /** The people that may come in. */
  public enum EntryMode {
    /** Everybody with the link. */
    LINK,
    /** Everybody with the password. */
    PASSWORD,
    /** Everybody whom a host lets in. */
    APPROVAL,
    /** Nobody but the members. */
    CLOSED
  }

  /**
   * A change of some settings. A null value stays as it was.
   *
   * @param title the new title
   * @param untitled whether the title is removed
   */
  public record Change(
      @Nullable String title,
      boolean untitled,
      @Nullable Who control,
      @Nullable Who queue,
      @Nullable Who chat,
      @Nullable Integer slowModeMs,
      @Nullable EntryMode entry,
      @Nullable Boolean listed,
      @Nullable Double skipShare) {
    /** A change of nothing. */
    public static final Change NONE =
        new Change(null, false, null, null, null, null, null, null, null);

    /** Returns a change of the entry mode alone. */
    public static Change entry(EntryMode mode) {
      return new Change(null, false, null, null, null, null, mode, null, null);
    }
  }

  /** Returns these settings with a change; the same ones when it changes nothing. */
  public RoomSettings with(Change change) {
    var next =
        new RoomSettings(
            change.untitled() ? null : change.title() == null ? title : change.title(),
            Objects.requireNonNullElse(change.control(), control),
            Objects.requireNonNullElse(change.queue(), queue),
            Objects.requireNonNullElse(change.chat(), chat),
            Objects.requireNonNullElse(change.slowModeMs(), slowModeMs),
            Objects.requireNonNullElse(change.entry(), entry),
            Objects.requireNonNullElse(change.listed(), listed),
            Objects.requireNonNullElse(change.skipShare(), skipShare));
    return next.equals(this) ? this : next;
  }
}
