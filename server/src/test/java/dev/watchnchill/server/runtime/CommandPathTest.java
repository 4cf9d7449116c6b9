package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the section "A command" of docs/ARCHITECTURE.md with the methods that really run. */
final class CommandPathTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((\\.\\./server/[^)]+/(\\w+)\\.java)\\)");
  private static final int METHODS_MAX = 25;

  private static String section() throws IOException {
    String page = Files.readString(DOCS.resolve("ARCHITECTURE.md"));
    int from = page.indexOf("\n## A command\n");
    return page.substring(from, page.indexOf("\n## ", from + 1));
  }

  private static List<String> methods(String text) {
    return METHOD.matcher(text).results().map(m -> m.group(1) + "." + m.group(2)).toList();
  }

  @Test
  void page_links_to_files_that_have_the_methods_it_names() throws IOException {
    String section = section();
    Set<String> linked = new LinkedHashSet<>();
    for (MatchResult link : LINK.matcher(section).results().toList()) {
      String source = Files.readString(DOCS.resolve(link.group(1)));
      linked.add(link.group(2));
      for (String method : methods(section)) {
        String[] parts = method.split("\\.", 2);
        if (parts[0].equals(link.group(2))) {
          assertThat(source).as(method).containsPattern("[\\w>\\]] " + parts[1] + "\\(");
        }
      }
    }
    assertThat(linked).containsAll(classesOf(methods(section)));
  }

  private static Set<String> classesOf(List<String> methods) {
    return methods.stream().map(m -> m.substring(0, m.indexOf('.'))).collect(Collectors.toSet());
  }

  @Test
  void play_runs_the_methods_that_the_page_names_and_few_others() throws IOException {
    var harness = new RuntimeHarness();
    var instance = harness.new Instance();
    RuntimeHarness.Client host = instance.client(true).create("Ann");
    host.play(0);
    var path = new ArrayList<String>();
    harness.onSend = () -> path.addAll(ownFrames());

    host.submitPause();

    assertThat(path).as("methods on the stack when the event is sent").isNotEmpty();
    Set<String> named = new LinkedHashSet<>(methods(section()));
    named.removeIf(
        method -> method.startsWith("SocketGateway.")); // it is above what is tested here
    named.remove("RoomBroadcaster.broadcast"); // it has returned when the events are sent
    assertThat(path).containsAll(named);
    assertThat(new LinkedHashSet<>(path)).hasSizeLessThanOrEqualTo(METHODS_MAX);
    assertThat(classesOf(path)).hasSizeLessThanOrEqualTo(10);
  }

  /** Returns the methods of the server that are on the stack, lambdas left out, outermost last. */
  private static List<String> ownFrames() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> frame.getClassName().startsWith("dev.watchnchill.server."))
                .filter(frame -> !frame.getMethodName().startsWith("lambda$"))
                .map(frame -> simple(frame.getClassName()) + "." + frame.getMethodName())
                .filter(
                    name -> !name.startsWith("RuntimeHarness") && !name.startsWith("CommandPath"))
                .distinct()
                .toList());
  }

  private static String simple(String className) {
    String name = className.substring(className.lastIndexOf('.') + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }
}
