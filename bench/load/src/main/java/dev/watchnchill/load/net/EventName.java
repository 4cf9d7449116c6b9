package dev.watchnchill.load.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The events of a server, recognised by their bytes. */
public enum EventName {
  ROOM_CREATED("room-created", true),
  ROOM_JOINED("room-joined", true),
  USER_JOINED("user-joined", true),
  USER_LEFT("user-left", true),
  USER_PROMOTED("user-promoted", true),
  ROOM_ERROR("room-error", true),
  ERROR("error", true),
  VIDEO_SET("video-set", true),
  VIDEO_PLAYED("video-played", true),
  VIDEO_PAUSED("video-paused", true),
  VIDEO_SEEKED("video-seeked", true),
  SYNC_UPDATE("sync-update", true),
  NEW_MESSAGE("new-message", true),
  USER_TYPING("user-typing", true),
  USER_STOPPED_TYPING("user-stopped-typing", true),
  TIMELINE("timeline", false),
  FILM_REACTIONS("film-reactions", false),
  MESSAGE_REACTIONS("message-reactions", false),
  /** All events outside the base contract. */
  OTHER("", false);

  private static final int LENGTH_MAX = 19;
  private static final EventName[][] BY_LENGTH = byLength();

  @SuppressWarnings("ImmutableEnumChecker") // never written, never exposed
  private final byte[] bytes;

  private final boolean base;

  EventName(String name, boolean base) {
    this.bytes = name.getBytes(StandardCharsets.US_ASCII);
    this.base = base;
  }

  /** Returns whether it belongs to the base contract. */
  public boolean base() {
    return base;
  }

  /** Returns the event of a name, or {@link #OTHER}. */
  public static EventName of(byte[] in, int from, int to) {
    int length = to - from;
    if (length <= 0 || length > LENGTH_MAX) {
      return OTHER;
    }
    for (EventName candidate : BY_LENGTH[length]) {
      if (Arrays.equals(candidate.bytes, 0, length, in, from, to)) {
        return candidate;
      }
    }
    return OTHER;
  }

  private static EventName[][] byLength() {
    List<List<EventName>> found = new ArrayList<>();
    for (int length = 0; length <= LENGTH_MAX; length++) {
      found.add(new ArrayList<>());
    }
    for (EventName name : values()) {
      found.get(name.bytes.length).add(name);
    }
    return found.stream().map(names -> names.toArray(EventName[]::new)).toArray(EventName[][]::new);
  }
}
