package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of the header, whose names instances of other versions read too. */
final class PublishedMessageTest {
  private static final RoomEvent TYPING =
      new RoomEvent.Typing(new UserId(new UUID(1, 2)), new DisplayName("Ann"), true);

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void transient_events_keep_their_stored_name_and_round_trip() {
    byte[] bytes = PublishedMessage.encodeTransient(List.of(TYPING), "one:7");
    assertThat(text(bytes)).startsWith("PASSING 0 0 0 one:7\n{\"events\":[");
    PublishedMessage message = PublishedMessage.read(bytes);
    assertThat(message.kind()).isEqualTo(PublishedMessage.Kind.TRANSIENT);
    assertThat(message.decodeTransient().events()).containsExactly(TYPING);
  }

  @Test
  void restoration_is_a_header_alone() {
    byte[] bytes = PublishedMessage.encodeRestored(new Revision(9, 4), "one:8");
    assertThat(text(bytes)).isEqualTo("RESTORED 9 0 4 one:8\n");
    assertThat(PublishedMessage.read(bytes).after()).isEqualTo(new Revision(9, 4));
  }

  @Test
  void unknown_kind_is_corrupt() {
    byte[] bytes = "APPLAUSE 0 0 0 one:9\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> PublishedMessage.read(bytes))
        .isInstanceOf(CorruptRecordException.class);
  }
}
