package dev.watchnchill.server.runtime.subtitle;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts whose parts are arriving: one for each session, bounded for each client address and for the
 * instance (rule SB2). They are in memory alone; a client whose connection is lost begins again.
 * Any thread.
 */
public final class SubtitleUploads {
  /** The time that an upload may rest before others may take its place, ms. */
  static final long REST_MS_MAX = 30_000;

  /** The compressed bytes that all uploads of one address may take. */
  static final int ADDRESS_BYTES_MAX = 4 << 20;

  /** The compressed bytes that all uploads may take. */
  static final int BYTES_MAX = 32 << 20;

  /** The bytes that each part takes beside its text. */
  private static final int PART_BYTES = 64;

  private final IdentityHashMap<Session, Upload> uploads = new IdentityHashMap<>();
  private final Map<ClientKey, Integer> bytesOfAddress = new HashMap<>();
  private int bytesOfAll;

  /** The outcome of adding a part. */
  public enum Outcome {
    /** The part is kept. */
    ADDED,
    /** The part does not follow the one before it. */
    OUT_OF_ORDER,
    /** The text has more bytes than a text may have. */
    TOO_LARGE,
    /** The uploads take as much memory as they may. */
    FULL
  }

  private static final class Upload {
    private final RoomId room;
    private final List<SubtitleText.Part> parts = new ArrayList<>();
    private int textBytes;
    private int heldBytes;
    private long lastMs;

    Upload(RoomId room) {
      this.room = room;
    }
  }

  /** Adds a part; part 0 begins another text. */
  public synchronized Outcome add(
      Session session, RoomId room, int index, String text, long nowMs) {
    if (index == 0) {
      drop(session);
    }
    Upload upload = uploads.get(session);
    if (index > 0
        && (upload == null || !upload.room.equals(room) || upload.parts.size() != index)) {
      return Outcome.OUT_OF_ORDER;
    }
    SubtitleText.Part part = SubtitleText.Part.of(text);
    if ((upload == null ? 0 : upload.textBytes) + part.bytes() > SubtitleTrack.TEXT_BYTES_MAX) {
      drop(session);
      return Outcome.TOO_LARGE;
    }
    int bytes = PART_BYTES + part.compressed().length;
    if (bytesOfAll + bytes > BYTES_MAX) {
      dropResting(nowMs);
    }
    int ofAddress = bytesOfAddress.getOrDefault(session.client(), 0);
    if (bytesOfAll + bytes > BYTES_MAX || ofAddress + bytes > ADDRESS_BYTES_MAX) {
      drop(session);
      return Outcome.FULL;
    }
    Upload kept = uploads.computeIfAbsent(session, _ -> new Upload(room));
    kept.parts.add(part);
    kept.textBytes += part.bytes();
    kept.lastMs = nowMs;
    count(session, kept, bytes);
    return Outcome.ADDED;
  }

  /** Takes the text of a session away; null when it has not so many parts. */
  public synchronized @Nullable SubtitleText take(Session session, RoomId room, int parts) {
    Upload upload = uploads.get(session);
    if (upload == null || !upload.room.equals(room) || upload.parts.size() != parts) {
      return null;
    }
    drop(session);
    return SubtitleText.of(upload.parts);
  }

  /** Forgets what a session has uploaded. */
  public synchronized void drop(Session session) {
    Upload upload = uploads.remove(session);
    if (upload != null) {
      count(session, upload, -upload.heldBytes);
    }
  }

  private void dropResting(long nowMs) {
    List<Session> resting = new ArrayList<>();
    uploads.forEach((session, upload) -> {
      if (nowMs - upload.lastMs > REST_MS_MAX) {
        resting.add(session);
      }
    });
    resting.forEach(this::drop);
  }

  private void count(Session session, Upload upload, int bytes) {
    upload.heldBytes += bytes;
    bytesOfAll += bytes;
    bytesOfAddress.merge(
        session.client(), bytes, (old, more) -> old + more == 0 ? null : (Integer) (old + more));
  }

  /** Returns what all uploads take now, bytes. */
  synchronized int bytes() {
    return bytesOfAll;
  }
}
