package dev.watchnchill.server.title;

import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.name.VisibleText;
import dev.watchnchill.server.json.BoundedJson;
import dev.watchnchill.server.runtime.port.FilmDescription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of an oEmbed endpoint, which may hold anything (rule MD14). */
final class OembedJson {
  private static final int POSTER_LENGTH_MAX = 500;

  /** A week, in seconds: no film is longer. */
  private static final double DURATION_MAX = 7 * 86_400;

  private OembedJson() {}

  /** Returns the description in an answer; empty when it is no JSON object. */
  static Optional<FilmDescription> read(byte[] body, OembedProvider provider) {
    JsonNode answer = BoundedJson.object(body);
    if (answer == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FilmDescription(
            title(answer.get("title")),
            poster(answer.get("thumbnail_url"), provider),
            duration(answer.get("duration"))));
  }

  private static @Nullable String title(@Nullable JsonNode field) {
    String title = VisibleText.clean(text(field), FilmDescription.TITLE_MAX);
    return title.isEmpty() ? null : title;
  }

  /** Returns the address of a picture at the provider in its normal form, or null. */
  private static @Nullable String poster(@Nullable JsonNode field, OembedProvider provider) {
    return WebAddress.parse(text(field))
        .filter(address -> address.scheme().equals("https"))
        .filter(address -> address.port() < 0 && !address.credentials())
        .filter(address -> provider.hasPostersOn(address.host()))
        .map(WebAddress::href)
        .filter(href -> href.length() <= POSTER_LENGTH_MAX)
        .orElse(null);
  }

  private static double duration(@Nullable JsonNode field) {
    double seconds = field != null && field.isNumber() ? field.doubleValue() : 0;
    return seconds > 0 && seconds <= DURATION_MAX ? seconds : 0;
  }

  private static String text(@Nullable JsonNode field) {
    return field != null && field.isString() ? field.stringValue() : "";
  }
}
