package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.server.ProcessorTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of the worst kinds for every event, of 10,000 and of 1,000,000 characters: processor time
 * grows a hundredfold when the work is linear, ten-thousandfold when it is quadratic.
 */
final class ReadingGrowthTest {
  private static final RequestDecoder DECODER = new RequestDecoder(1_000);
  private static final List<String> FIELDS =
      List.of(
          "roomId",
          "hostName",
          "userName",
          "hostToken",
          "sessionToken",
          "userId",
          "videoUrl",
          "message",
          "messageId",
          "mode",
          "after",
          "query",
          "currentTime",
          "t1");
  private static final long FLOOR_NANOS = 200_000;
  private static final int TIMES_MAX = 1_500;

  private static String kind(String part, int length) {
    return part.repeat(length / part.length());
  }

  private static ObjectNode payload(String part, int length) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    String text = kind(part, length);
    for (String field : FIELDS) {
      payload.put(field, text);
    }
    return payload;
  }

  private static long nanos(ClientEvent event, ObjectNode payload, NamePolicy names) {
    return ProcessorTime.leastNanos(
        () -> {
          Decoded decoded = DECODER.decode(event, payload, names);
          assertThat(decoded).isNotNull();
        },
        FLOOR_NANOS);
  }

  @Test
  void RL22_fields_are_read_in_linear_time() {
    for (String part :
        List.of(
            " ",
            "A",
            "a ",
            "\u00a0",
            "\ufeff",
            "\ud83c",
            "\u0301",
            "%",
            "[",
            "https://a/",
            "http://a/" + "%41".repeat(300) + "?v=",
            "https://www.youtube.com/embed/",
            "https://www.youtube.com/watch?v=a&",
            UUID.randomUUID() + "-")) {
      ObjectNode shortOnes = payload(part, 10_000);
      ObjectNode longOnes = payload(part, 1_000_000);
      for (ClientEvent event : ClientEvent.values()) {
        long small = nanos(event, shortOnes, NamePolicy.BASE);
        long large = nanos(event, longOnes, NamePolicy.BASE);
        assertThat((double) large / small).as(event + " " + part).isLessThan(TIMES_MAX);
      }
      long small = nanos(ClientEvent.CREATE_ROOM, shortOnes, NamePolicy.UNICODE);
      long large = nanos(ClientEvent.CREATE_ROOM, longOnes, NamePolicy.UNICODE);
      assertThat((double) large / small).as("any script " + part).isLessThan(TIMES_MAX);
    }
  }
}
