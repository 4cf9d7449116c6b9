package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.playback.LinkReading;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.provider.LinkProblem;
import dev.watchnchill.party.provider.ProviderVideo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rules MD1 to MD3, MD6: the links of {@code testdata}, which the page's own test reads as well.
 */
class LinkCorpusTest {
  private static final Path TESTDATA = Path.of("..", "testdata");
  private static final JsonMapper JSON = JsonMapper.shared();

  @TestFactory
  Stream<DynamicTest> MD2_link_of_the_corpus_is_read_as_the_page_reads_it() {
    return read("links.json")
        .get("links")
        .valueStream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get("section").asString() + ": " + shown(row.get("link")), () -> holds(row)));
  }

  private static void holds(JsonNode row) {
    switch (Media.read(row.get("link").asString())) {
      case LinkReading.Film(Media media) -> {
        assertThat(row.has("refused")).isFalse();
        assertThat(WireText.name(media.kind())).isEqualTo(row.get("kind").asString());
        assertThat(WebAddress.parse(media.url()).map(WebAddress::href))
            .contains(row.get("url").asString());
        assertThat(media.startSeconds()).isEqualTo(row.path("start").asDouble(0));
        List<String> parts = row.path("parts").valueStream().map(JsonNode::asString).toList();
        assertThat(parts(media)).isEqualTo(parts);
      }
      case LinkReading.Rejected(LinkProblem problem) -> {
        assertThat(row.has("refused")).isTrue();
        String name = WireText.name(problem);
        assertThat(name).isEqualTo(row.path("reason").asString(name));
      }
    }
  }

  @Test
  void MD2_addresses_at_random_have_the_normal_form_that_a_browser_gives_them() {
    List<String> wrong = new ArrayList<>();
    JsonNode cases = read("links-fuzz.json");
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

  @Test
  void MD1_links_of_providers_at_random_are_read_as_the_page_reads_them() {
    List<String> wrong = new ArrayList<>();
    JsonNode cases = read("links-fuzz-sites.json");
    assertThat(cases.size()).isGreaterThan(3_000);
    for (JsonNode pair : cases) {
      String expected = pair.get(1).asString();
      String found = reading(pair.get(0).asString());
      if (!found.equals(expected)) {
        wrong.add(shown(pair.get(0)) + " is " + expected + ", read as " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Returns the kind and the parts of a link, or the reason after an exclamation mark. */
  private static String reading(String link) {
    return switch (Media.read(link)) {
      case LinkReading.Film(Media media) -> {
        var words = new ArrayList<>(List.of(WireText.name(media.kind())));
        words.addAll(parts(media));
        yield String.join(" ", words);
      }
      case LinkReading.Rejected(LinkProblem problem) -> "!" + WireText.name(problem);
    };
  }

  private static List<String> parts(Media media) {
    return media.providerVideo().map(LinkCorpusTest::parts).orElse(List.of());
  }

  private static List<String> parts(ProviderVideo video) {
    return switch (video) {
      case ProviderVideo.Youtube(String id) -> List.of(id);
      case ProviderVideo.Vimeo(String id, String hash) ->
          hash == null ? List.of(id) : List.of(id, hash);
      case ProviderVideo.Twitch(ProviderVideo.Twitch.Type type, String id) ->
          List.of(WireText.name(type), id);
      case ProviderVideo.Dailymotion(String id) -> List.of(id);
      case ProviderVideo.Peertube(String origin, String id) -> List.of(origin, id);
    };
  }

  private static JsonNode read(String file) {
    return JSON.readTree(TESTDATA.resolve(file).toFile());
  }

  private static String shown(JsonNode link) {
    String text = link.asString();
    String start = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return start.isEmpty() ? "(nothing)" : start.replaceAll("\\p{C}", "·");
  }
}
