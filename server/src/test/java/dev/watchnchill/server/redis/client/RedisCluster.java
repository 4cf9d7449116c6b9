package dev.watchnchill.server.redis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Redis Cluster of three masters and a replica of each: the smallest that can fail over. */
public final class RedisCluster implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisServer> nodes = new ArrayList<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    for (int i = 0; i < 2 * MASTERS; i++) {
      var node =
          new RedisServer(
              "--cluster-enabled", "yes",
              "--cluster-node-timeout", "1000",
              "--cluster-replica-validity-factor", "0",
              "--repl-diskless-sync-delay", "0",
              "--repl-ping-replica-period", "1");
      node.start();
      nodes.add(node);
    }
    for (int i = 0; i < MASTERS; i++) {
      int from = i * SLOTS / MASTERS;
      int to = (i + 1) * SLOTS / MASTERS - 1;
      nodes.get(i).cli("cluster", "addslotsrange", "" + from, "" + to);
      nodes.get(i).cli("cluster", "set-config-epoch", "" + (i + 1));
    }
    RedisServer first = nodes.getFirst();
    nodes.stream()
        .skip(1)
        .forEach(node -> first.cli("cluster", "meet", "127.0.0.1", "" + node.port()));
    await("all nodes know each other")
        .until(() -> nodes.stream().allMatch(node -> knownNodes(node) == nodes.size()));
    for (int i = 0; i < MASTERS; i++) {
      String master = nodes.get(i).cli("cluster", "myid");
      RedisServer replica = nodes.get(MASTERS + i);
      await("a replica knows its master")
          .until(() -> replica.cli("cluster", "replicate", master).equals("OK"));
    }
    await("the cluster is whole").until(this::isComplete);
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(100, TimeUnit.MILLISECONDS);
  }

  private static long knownNodes(RedisServer node) {
    return node.cli("cluster", "nodes").lines().filter(line -> !line.contains("handshake")).count();
  }

  private boolean isComplete() {
    return nodes.stream().allMatch(node -> node.cli("cluster", "info").contains("cluster_state:ok"))
        && nodes.stream()
            .skip(MASTERS)
            .allMatch(node -> node.cli("info", "replication").contains("master_link_status:up"));
  }

  /** Returns a URL with all nodes. */
  public String url() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis+cluster://", ""));
  }

  /** Returns the master that serves a key. */
  public RedisServer masterOf(String key) {
    RedisServer any = nodes.stream().filter(RedisServer::runs).findFirst().orElseThrow();
    int slot = Integer.parseInt(any.cli("cluster", "keyslot", key));
    return nodes.stream()
        .filter(RedisServer::runs)
        .filter(node -> servesSlot(node.cli("cluster", "nodes"), slot))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether a master lists the slot among its own. */
  private static boolean servesSlot(String nodes, int slot) {
    String myself =
        nodes.lines().filter(line -> line.contains("myself,master")).findFirst().orElse("");
    String[] fields = myself.split(" ", -1);
    for (int i = 8; i < fields.length; i++) {
      String[] range = fields[i].split("-", -1);
      if (Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1])) {
        return true;
      }
    }
    return false;
  }

  /** Deletes all keys. */
  public void flush() {
    nodes.stream().filter(RedisServer::runs).forEach(node -> node.cli("flushall"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
    nodes.clear();
  }
}
