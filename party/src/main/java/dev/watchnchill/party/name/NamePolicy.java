package dev.watchnchill.party.name;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Trim;
import java.util.ArrayList;
import java.util.List;

/** The rule that the names of a connection's user keep. */
public enum NamePolicy {
  /** The rule of the original, for clients that ask for no other (rule FR1). */
  BASE {
    @Override
    public NameCheck check(String raw) {
      String name = Trim.both(raw);
      var problems = new ArrayList<String>(0);
      if (name.length() < DisplayName.LENGTH_MIN) {
        problems.add(TOO_SHORT);
      }
      if (raw.length() > DisplayName.LENGTH_MAX) {
        problems.add(TOO_LONG);
      }
      if (name.isEmpty() || !name.chars().allMatch(NamePolicy::inBaseNames)) {
        problems.add("Name can only contain letters, numbers, spaces, and basic punctuation");
      }
      return outcome(name, problems);
    }
  },

  /** Names in every script, for clients with {@code names: "unicode"} (rules RT20 to RT22). */
  UNICODE {
    @Override
    public NameCheck check(String raw) {
      String typed = Trim.both(raw);
      // Before anything whose cost grows faster than the text.
      if (typed.length() > DisplayName.UNITS_MAX) {
        return new NameCheck.Rejected(List.of(TOO_LONG));
      }
      String name = NameCharacters.normalised(typed);
      int clusters = GraphemeClusters.count(name);
      var problems = new ArrayList<String>(0);
      if (clusters < DisplayName.LENGTH_MIN) {
        problems.add(TOO_SHORT);
      }
      if (clusters > DisplayName.LENGTH_MAX || name.length() > DisplayName.UNITS_MAX) {
        problems.add(TOO_LONG);
      }
      if (!NameCharacters.allowed(name)) {
        problems.add(
            "Name can only contain letters and numbers of any language, spaces, and - _ . ! ? '");
      } else if (!NameCharacters.marksAreBounded(name)) {
        problems.add("Name can only have marks on a letter or number, at most 4 different ones");
      }
      return outcome(name, problems);
    }
  };

  private static final String TOO_SHORT = "Name must be at least 2 characters long";
  private static final String TOO_LONG = "Name must be 50 characters or less";

  /** Reads a name as a user typed it; in linear time for a text of any length. */
  public abstract NameCheck check(String raw);

  private static NameCheck outcome(String name, List<String> problems) {
    return problems.isEmpty()
        ? new NameCheck.Accepted(new DisplayName(name))
        : new NameCheck.Rejected(problems);
  }

  private static boolean inBaseNames(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.!?".indexOf(c) >= 0
        || Trim.isSpace((char) c);
  }
}
