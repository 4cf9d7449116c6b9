package dev.watchnchill.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.redis.client.RedisCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rights of a Redis user are enough on a Cluster, with those that the page adds for it. */
final class ClusterPermissionsTest extends RedisPermissions {
  @RegisterExtension static final RedisCluster CLUSTER = new RedisCluster();

  private static final Pattern ADDED =
      Pattern.compile("A\\s+Cluster\\s+also\\s+needs\\s+`([^`]+)`");
  private static final Pattern PORT = Pattern.compile(":(\\d+)");

  /** Runs redis-cli on every node and returns what it printed. */
  private static List<String> onEveryNode(List<String> words) {
    return PORT.matcher(CLUSTER.url()).results().map(port -> cli(port.group(1), words)).toList();
  }

  private static String cli(String port, List<String> words) {
    var command = new ArrayList<String>(List.of("redis-cli", "-p", port));
    command.addAll(words);
    try {
      Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void rights_are_enough_on_a_cluster() {
    var words = new ArrayList<String>(acl());
    var added = ADDED.matcher(RepositoryFiles.read("docs/OPERATING.md"));
    assertThat(added.find()).as("rights for a Cluster on the page").isTrue();
    words.addAll(List.of(added.group(1).split(" ", -1)));
    assertThat(onEveryNode(words)).containsOnly("OK");
    String url = CLUSTER.url().replace("//", "//" + SIGN_ON);
    Pair members = useRoom(server(url), server(url));
    members.bob().must("leave-room", members.bob().here());
    for (String log : onEveryNode(List.of("acl", "log"))) {
      assertThat(refused(log)).isSubsetOf("client");
    }
  }
}
