package dev.watchnchill.server.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file of the repository: its lines of prose, links and anchors. */
record MarkdownPage(String name, List<Line> lines) {
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
  private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
  private static final Pattern ID = Pattern.compile("\\b(?:id|name)=\"([^\"]+)\"");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^()\\s]*(?:\\([^()]*\\)[^()\\s]*)*)\\)");
  private static final Pattern MARKUP = Pattern.compile("`|\\*\\*|\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}\\- _]");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  /** A line of a page outside of its code blocks. */
  record Line(int number, String text) {
    boolean isTableRow() {
      return text.stripLeading().startsWith("|");
    }

    /** Returns the text without code, quotations of texts and link targets. */
    String prose() {
      return LINK.matcher(CODE.matcher(text).replaceAll("")).replaceAll("]");
    }
  }

  static MarkdownPage of(Path file) {
    var lines = new ArrayList<Line>();
    boolean code = false;
    int number = 0;
    for (String text : RepositoryFiles.read(file).lines().toList()) {
      number++;
      if (FENCE.matcher(text).matches()) {
        code = !code;
      } else if (!code) {
        lines.add(new Line(number, text));
      }
    }
    return new MarkdownPage(RepositoryFiles.name(file), List.copyOf(lines));
  }

  /** Returns the targets of links and pictures, as they are written. */
  List<String> links() {
    var found = new ArrayList<String>();
    for (Line line : lines) {
      LINK.matcher(CODE.matcher(line.text()).replaceAll("code"))
          .results()
          .map(link -> link.group(1))
          .forEach(found::add);
    }
    return found;
  }

  /** Returns the texts in code style, outside of code blocks. */
  List<String> code() {
    var found = new ArrayList<String>();
    for (Line line : lines) {
      CODE.matcher(line.text())
          .results()
          .map(code -> code.group().substring(1, code.group().length() - 1))
          .forEach(found::add);
    }
    return found;
  }

  /** Returns the anchors of headings, formed as on GitHub, and of elements with an id. */
  Set<String> anchors() {
    var anchors = new HashSet<String>();
    Map<String, Integer> seen = new HashMap<>();
    for (Line line : lines) {
      Matcher heading = HEADING.matcher(line.text());
      if (heading.matches()) {
        String anchor = anchor(heading.group(1));
        int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
      }
      ID.matcher(line.text()).results().forEach(id -> anchors.add(id.group(1)));
    }
    return anchors;
  }

  private static String anchor(String heading) {
    String plain = MARKUP.matcher(heading).replaceAll(found -> found.group(1) == null ? "" : "$1");
    String kept = NOT_IN_ANCHOR.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
    return kept.replace(' ', '-');
  }
}
