package dev.watchnchill.party.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the parameters of a query as a browser's {@code URLSearchParams} does. */
public final class QueryParameters {
  private QueryParameters() {}

  /** A name and its value, both decoded. */
  public record Parameter(String name, String value) {}

  /** Returns all parameters in their order; none for null. */
  public static List<Parameter> of(@Nullable String query) {
    var parameters = new ArrayList<Parameter>();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.add(
            new Parameter(
                decoded(equals < 0 ? pair : pair.substring(0, equals)),
                decoded(equals < 0 ? "" : pair.substring(equals + 1))));
      }
    }
    return parameters;
  }

  /** Returns the value of the first parameter of that name, or null. */
  public static @Nullable String first(@Nullable String query, String name) {
    for (Parameter parameter : of(query)) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  private static String decoded(String text) {
    return PercentEncoding.decode(text.replace('+', ' '));
  }
}
