package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.name.NameCheck;
import dev.watchnchill.party.name.NamePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules FR1 and RT20 to RT23: the names of {@code testdata}, which the page's test reads too. */
class NameCorpusTest {
  private static final JsonNode CORPUS =
      JsonMapper.shared().readTree(Path.of("..", "testdata", "names.json").toFile());
  private static final RequestDecoder DECODER = new RequestDecoder(1_000);

  @TestFactory
  Stream<DynamicTest> RT21_name_of_the_corpus_is_accepted_or_gets_its_messages() {
    return CORPUS
        .get("names")
        .valueStream()
        .map(row -> DynamicTest.dynamicTest(title(row, "raw"), () -> isReadAs(row)));
  }

  private static void isReadAs(JsonNode row) {
    NamePolicy policy = NamePolicy.valueOf(text(row, "policy").toUpperCase(Locale.ROOT));
    NameCheck expected =
        row.has("name")
            ? new NameCheck.Accepted(new DisplayName(text(row, "name")))
            : new NameCheck.Rejected(problems(row));

    assertThat(policy.check(text(row, "raw"))).isEqualTo(expected);
    assertThat(decoded(text(row, "raw"), policy)).isEqualTo(asDecoded(expected));
    if (row.has("name") && policy == NamePolicy.UNICODE) {
      assertThat(policy.check(text(row, "name"))).as("its normal form").isEqualTo(expected);
    }
  }

  private static Decoded decoded(String raw, NamePolicy policy) {
    JsonNode payload = JsonMapper.shared().createObjectNode().put("hostName", raw);
    return DECODER.decode(ClientEvent.CREATE_ROOM, payload, policy);
  }

  private static Decoded asDecoded(NameCheck check) {
    return switch (check) {
      case NameCheck.Accepted(DisplayName name) ->
          new Decoded.Accepted(new ClientRequest.CreateRoom(name));
      case NameCheck.Rejected(List<String> problems) ->
          new Decoded.Rejected(ErrorReply.invalid(problems, null));
    };
  }

  @TestFactory
  Stream<DynamicTest> RT23_pair_of_the_corpus_is_the_same_or_not_in_both_directions() {
    return CORPUS
        .get("pairs")
        .valueStream()
        .map(row ->
            DynamicTest.dynamicTest(
                title(row, "one") + " and " + text(row, "other"), () -> isCompared(row)));
  }

  private static void isCompared(JsonNode row) {
    var one = new DisplayName(text(row, "one"));
    var other = new DisplayName(text(row, "other"));
    boolean same = row.get("same").asBoolean();

    assertThat(one.sameAs(other)).isEqualTo(same);
    assertThat(other.sameAs(one)).isEqualTo(same);
  }

  private static List<String> problems(JsonNode row) {
    return row.get("problems").valueStream().map(JsonNode::asString).toList();
  }

  private static String text(JsonNode row, String field) {
    return row.get(field).asString();
  }

  private static String title(JsonNode row, String field) {
    String text = text(row, field);
    String start = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return text(row, "section") + ": '" + start.replaceAll("\\p{C}", "·") + "'";
  }
}
