package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.playback.Media;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules MD1 to MD3: the links of {@code testdata}, which the page's own test reads as well. */
class LinkCorpusTest {
  private static final Path TESTDATA = Path.of("..", "testdata");
  private static final JsonMapper JSON = JsonMapper.shared();

  @TestFactory
  Stream<DynamicTest> MD2_link_of_the_corpus_is_read_as_the_page_reads_it() {
    return JSON.readTree(TESTDATA.resolve("links.json").toFile())
        .get("links")
        .valueStream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get("section").asString() + ": " + shown(row.get("link")), () -> holds(row)));
  }

  private static void holds(JsonNode row) {
    Optional<Media> media = Media.parse(row.get("link").asString());
    if (row.has("refused")) {
      assertThat(media).isEmpty();
      return;
    }
    assertThat(media).isPresent();
    Media found = media.get();
    assertThat(found.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(row.get("kind").asString());
    assertThat(WebAddress.parse(found.url()).map(WebAddress::href))
        .contains(row.get("url").asString());
    assertThat(found.startSeconds()).isEqualTo(row.path("start").asDouble(0));
  }

  @Test
  void MD2_addresses_at_random_have_the_normal_form_that_a_browser_gives_them() {
    List<String> wrong = new ArrayList<>();
    JsonNode cases = JSON.readTree(TESTDATA.resolve("links-fuzz.json").toFile());
    assertThat(cases.size()).isGreaterThan(3_000);
    for (JsonNode pair : cases) {
      String expected = pair.get(1).asString(null);
      String found = WebAddress.parse(pair.get(0).asString()).map(WebAddress::href).orElse(null);
      if (!Objects.equals(expected, found)) {
        wrong.add(shown(pair.get(0)) + " is " + expected + ", read as " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String shown(JsonNode link) {
    String text = link.asString();
    String start = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return start.isEmpty() ? "(nothing)" : start.replaceAll("\\p{C}", "·");
  }
}
