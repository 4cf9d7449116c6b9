package dev.watchnchill.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules for every Markdown page, and for rule numbers wherever they are cited. */
final class DocumentationTest {
  private static final int COLUMNS_MAX = 120;

  /** Pages that a benchmark writes. */
  private static final String RESULTS = "bench/results/";

  private static final Pattern DEFINED =
      Pattern.compile("^\\| ([A-Z]{2}\\d+) \\|", Pattern.MULTILINE);

  /** Prefixes of the rules of the module socketio, which its README defines. */
  private static final Set<String> SOCKETIO_PREFIXES = Set.of("EIO", "SIO", "LIM", "GATE");

  private static final Pattern TEST_NAME = Pattern.compile("void ([A-Z]{2,5})\\d*_\\w+\\(");

  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(wish(es|ed)?|whoever|told|halls?|crowds?|the house|evenings?)\\b",
          Pattern.CASE_INSENSITIVE);

  /** A type in code style, alone or with a member of it. */
  private static final Pattern TYPE =
      Pattern.compile("([A-Z][a-z]\\w*)(?:\\.(\\w+))?[\\w.]*(?:\\(.*\\))?");

  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|[mc]?[jt]s|tsx|lua|ya?ml|xml|conf|service)");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

  private static final Predicate<String> MARKDOWN = name -> name.endsWith(".md");

  private static List<MarkdownPage> pages(Predicate<String> wanted) {
    return RepositoryFiles.matching(MARKDOWN.and(wanted)).stream().map(MarkdownPage::of).toList();
  }

  /** Returns the pages whose wording and line lengths are checked. */
  private static List<MarkdownPage> written() {
    return pages(name -> !name.startsWith(RESULTS));
  }

  @Test
  void every_relative_link_and_anchor_leads_somewhere() {
    List<MarkdownPage> pages = pages(_ -> true);
    var broken = new ArrayList<String>();
    int checked = 0;
    for (MarkdownPage page : pages) {
      for (String link : page.links()) {
        if (link.contains("://") || link.startsWith("mailto:")) {
          continue;
        }
        checked++;
        if (!leadsSomewhere(page, link)) {
          broken.add(page.name() + " -> " + link);
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(MarkdownPage page, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path from = RepositoryFiles.ROOT.resolve(page.name());
    Path target = path.isEmpty() ? from : from.resolveSibling(path).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || !target.toString().endsWith(".md")
        || MarkdownPage.of(target).anchors().contains(link.substring(hash + 1));
  }

  @Test
  void lines_are_wrapped_at_120_columns() {
    var tooLong = new ArrayList<String>();
    for (MarkdownPage page : written()) {
      for (MarkdownPage.Line line : page.lines()) {
        if (!line.isTableRow() && line.text().length() > COLUMNS_MAX && canBeBroken(line.text())) {
          tooLong.add(page.name() + ":" + line.number());
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** Returns false for a link or picture that is longer than a line by itself. */
  private static boolean canBeBroken(String line) {
    String text = line.strip();
    int lastBlank = text.lastIndexOf(' ', COLUMNS_MAX);
    int link = text.indexOf("](");
    return lastBlank > text.indexOf(' ') && !(text.startsWith("![") && link > 0);
  }

  @Test
  void pages_use_plain_words() {
    var found = new ArrayList<String>();
    for (MarkdownPage page : written()) {
      for (MarkdownPage.Line line : page.lines()) {
        BANNED
            .matcher(line.prose())
            .results()
            .forEach(word -> found.add(page.name() + ":" + line.number() + " " + word.group()));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void every_type_and_member_that_a_page_names_exists() {
    Map<String, String> javaTypes = new HashMap<>();
    var words = new HashSet<String>();
    for (Path file : RepositoryFiles.matching(name -> SOURCE.matcher(name).matches())) {
      String source = COMMENT.matcher(RepositoryFiles.read(file)).replaceAll(" ");
      WORD.matcher(source).results().map(MatchResult::group).forEach(words::add);
      javaTypes.put(file.getFileName().toString(), source);
    }
    var unknown = new TreeMap<String, Set<String>>();
    int checked = 0;
    for (MarkdownPage page : written()) {
      for (String code : page.code()) {
        Matcher type = TYPE.matcher(code);
        if (!type.matches()) {
          continue;
        }
        checked++;
        String member = type.group(2);
        String source = javaTypes.get(type.group(1) + ".java");
        if (!words.contains(type.group(1))
            || (member != null
                && source != null
                && !WORD.matcher(source).results().anyMatch(w -> w.group().equals(member)))) {
          unknown.computeIfAbsent(page.name(), _ -> new TreeSet<>()).add(code);
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
    assertThat(unknown).isEmpty();
  }

  @Test
  void every_rule_number_that_is_cited_is_defined_in_the_contract() {
    String contract = RepositoryFiles.read("docs/CONTRACT.md");
    List<String> definitions =
        DEFINED.matcher(contract).results().map(rule -> rule.group(1)).toList();
    assertThat(definitions).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    var defined = new HashSet<String>(definitions);
    var undefined = new TreeMap<String, Set<String>>();
    for (Path file : RepositoryFiles.matching(DocumentationTest::mayCite)) {
      citations(definitions)
          .matcher(RepositoryFiles.read(file).replace('_', ' '))
          .results()
          .map(MatchResult::group)
          .filter(rule -> !defined.contains(rule))
          .forEach(rule ->
              undefined
                  .computeIfAbsent(rule, _ -> new TreeSet<>())
                  .add(RepositoryFiles.name(file)));
    }
    assertThat(undefined).isEmpty();
  }

  private static Pattern citations(List<String> definitions) {
    String prefixes =
        definitions.stream()
            .map(rule -> rule.substring(0, 2))
            .distinct()
            .collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\w-])(?:" + prefixes + ")\\d+(?!\\w)");
  }

  private static boolean mayCite(String name) {
    return name.matches(".*\\.(md|java|lua|ts|tsx|mjs|css|html|yaml|conf)")
        && !name.startsWith(RESULTS);
  }

  @Test
  void every_prefix_of_a_test_name_belongs_to_rules() {
    Set<String> prefixes =
        DEFINED
            .matcher(RepositoryFiles.read("docs/CONTRACT.md"))
            .results()
            .map(rule -> rule.group(1).substring(0, 2))
            .collect(Collectors.toCollection(HashSet::new));
    prefixes.addAll(SOCKETIO_PREFIXES);
    var unknown = new TreeSet<String>();
    for (Path file :
        RepositoryFiles.matching(name -> name.matches("(party|server)/src/test/.*\\.java"))) {
      TEST_NAME
          .matcher(RepositoryFiles.read(file))
          .results()
          .filter(test -> !prefixes.contains(test.group(1)))
          .forEach(test -> unknown.add(RepositoryFiles.name(file) + " " + test.group()));
    }
    assertThat(unknown).isEmpty();
  }
}
