package dev.watchnchill.party.provider;

import dev.watchnchill.party.link.QueryParameters;
import dev.watchnchill.party.link.WebAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of an address that the sites put their identifiers in. */
final class SiteAddress {
  private final WebAddress address;
  private final List<String> path;

  SiteAddress(WebAddress address) {
    this.address = address;
    var segments = new ArrayList<>(Arrays.asList(address.path().split("/", -1)));
    segments.removeFirst(); // before the first slash
    if (segments.getLast().isEmpty()) {
      segments.removeLast(); // after a slash at the end
    }
    this.path = List.copyOf(segments);
  }

  String host() {
    return address.host();
  }

  String origin() {
    return address.origin();
  }

  /** Returns the number of path segments; a slash at the end adds none. */
  int depth() {
    return path.size();
  }

  /** Returns a path segment, or "" when the path is shorter. */
  String segment(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** Returns the last path segment, or "" when there is none. */
  String last() {
    return path.isEmpty() ? "" : path.getLast();
  }

  /** Returns whether the path begins with these segments; {@code *} stands for any. */
  boolean startsWith(String... pattern) {
    if (path.size() < pattern.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (!pattern[i].equals("*") && !pattern[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the value of the first parameter of that name, or null. */
  @Nullable String parameter(String name) {
    return QueryParameters.first(address.query(), name);
  }

  /** Returns the value of a parameter when it has that form, else null. */
  @Nullable String parameter(String name, Pattern form) {
    String value = parameter(name);
    return value != null && form.matcher(value).matches() ? value : null;
  }
}
