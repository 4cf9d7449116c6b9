package dev.watchnchill.party.name;

import dev.watchnchill.party.DisplayName;
import java.util.List;

/** The outcome of reading a name as a user typed it. */
public sealed interface NameCheck {
  /**
   * A name that keeps the rules.
   *
   * @param name the name, trimmed and in its normal form
   */
  record Accepted(DisplayName name) implements NameCheck {}

  /**
   * A text that is no name.
   *
   * @param problems a message for each rule that it breaks, in the order of the rules
   */
  record Rejected(List<String> problems) implements NameCheck {}
}
