package dev.watchnchill.server.runtime.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.runtime.SilentSessions;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.runtime.subtitle.SubtitleUploads.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of the texts whose parts are arriving (rule SB2). */
final class SubtitleUploadsTest {
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final RoomId OTHER = new RoomId("DEF456");

  /** A part that cannot be compressed much. */
  private static final String NOISE =
      new Random(1)
          .ints(16_000, 'a', 'z' + 1)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();

  private final SubtitleUploads uploads = new SubtitleUploads();
  private final Session session = SilentSessions.of("192.0.2.1", null);

  private Outcome add(Session from, int part, String text, long nowMs) {
    return uploads.add(from, ROOM, part, text, nowMs);
  }

  /** Uploads noise until that is rejected; returns the outcome. */
  private Outcome fill(Session from, long nowMs) {
    for (int part = 0; ; part++) {
      Outcome outcome = add(from, part, NOISE, nowMs);
      if (outcome != Outcome.ADDED || part == 50) {
        return outcome;
      }
    }
  }

  @Test
  void SB2_parts_in_their_order_are_one_text() {
    assertThat(add(session, 0, "one ", 0)).isEqualTo(Outcome.ADDED);
    assertThat(add(session, 1, "two", 0)).isEqualTo(Outcome.ADDED);
    assertThat(uploads.take(session, ROOM, 3)).isNull();
    assertThat(uploads.take(session, OTHER, 2)).isNull();
    SubtitleText text = Objects.requireNonNull(uploads.take(session, ROOM, 2));
    assertThat(text.size()).isEqualTo(new SubtitleTrack.Text(2, 7));
    assertThat(uploads.take(session, ROOM, 2)).isNull();
    assertThat(uploads.bytes()).isZero();
  }

  @Test
  void SB2_part_that_does_not_follow_is_rejected() {
    assertThat(add(session, 1, "two", 0)).isEqualTo(Outcome.OUT_OF_ORDER);
    add(session, 0, "one", 0);
    assertThat(add(session, 2, "three", 0)).isEqualTo(Outcome.OUT_OF_ORDER);
    assertThat(uploads.add(session, OTHER, 1, "two", 0)).isEqualTo(Outcome.OUT_OF_ORDER);
    assertThat(add(session, 0, "again", 0)).isEqualTo(Outcome.ADDED);
    assertThat(Objects.requireNonNull(uploads.take(session, ROOM, 1)).size().bytes()).isEqualTo(5);
  }

  @Test
  void SB2_text_is_bounded_and_leaves_nothing_behind() {
    String part = "\u5b57".repeat(16_000);
    Outcome last = Outcome.ADDED;
    int parts = 0;
    while (last == Outcome.ADDED) {
      last = add(session, parts++, part, 0);
    }
    assertThat(last).isEqualTo(Outcome.TOO_LARGE);
    assertThat(parts).isEqualTo(SubtitleTrack.TEXT_BYTES_MAX / 48_000 + 1);
    assertThat(uploads.bytes()).isZero();
  }

  @Test
  void SB2_uploads_of_an_address_are_bounded_and_others_go_on() {
    var sessions = new ArrayList<Session>();
    Outcome last = Outcome.ADDED;
    while (last == Outcome.ADDED && sessions.size() < 20) {
      Session one = SilentSessions.of("192.0.2.1", null);
      sessions.add(one);
      last = fill(one, 0);
    }
    assertThat(last).isEqualTo(Outcome.FULL);
    assertThat(uploads.bytes()).isLessThanOrEqualTo(SubtitleUploads.ADDRESS_BYTES_MAX);
    assertThat(add(SilentSessions.of("192.0.2.2", null), 0, NOISE, 0)).isEqualTo(Outcome.ADDED);
    sessions.forEach(uploads::drop);
    assertThat(fill(SilentSessions.of("192.0.2.1", null), 0)).isEqualTo(Outcome.ADDED);
  }

  @Test
  void SB2_uploads_of_all_are_bounded_and_resting_ones_give_way() {
    List<Session> resting = new ArrayList<>();
    Outcome last = Outcome.ADDED;
    while (last == Outcome.ADDED) {
      Session one = SilentSessions.of("198.51.100." + resting.size(), null);
      resting.add(one);
      last = fill(one, 0);
    }
    assertThat(last).isEqualTo(Outcome.FULL);
    assertThat(uploads.bytes()).isLessThanOrEqualTo(SubtitleUploads.BYTES_MAX);
    assertThat(fill(session, SubtitleUploads.REST_MS_MAX)).isEqualTo(Outcome.FULL);
    assertThat(fill(session, SubtitleUploads.REST_MS_MAX + 1)).isEqualTo(Outcome.ADDED);
    assertThat(uploads.take(resting.getFirst(), ROOM, 51)).isNull();
  }
}
