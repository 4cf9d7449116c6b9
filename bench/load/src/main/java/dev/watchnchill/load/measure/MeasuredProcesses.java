package dev.watchnchill.load.measure;

import dev.watchnchill.load.measure.ProcessStats.Cpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes that are measured: the servers, their Redis, and this one. */
public final class MeasuredProcesses {
  private final @Nullable ProcessStats redis;
  private final ProcessStats self = new ProcessStats(ProcessHandle.current().pid());
  private volatile List<ProcessStats> servers;

  /** Creates the processes of these servers, and of a Redis when there is one. */
  public MeasuredProcesses(List<Long> servers, @Nullable Long redis) {
    this.servers = servers.stream().map(ProcessStats::new).toList();
    this.redis = redis == null ? null : new ProcessStats(redis);
  }

  /** Replaces the servers after a restart. */
  public void restarted(List<Long> pids) {
    servers = pids.stream().map(ProcessStats::new).toList();
  }

  /** Returns the resident memory of each server, KB. */
  public List<Long> rssKb() {
    return servers.stream().map(ProcessStats::rssKb).toList();
  }

  /** Returns the CPU times so far. */
  public Usage usage() {
    return new Usage(
        servers.stream().map(ProcessStats::cpu).toList(),
        redis == null ? null : redis.cpu(),
        self.cpu());
  }

  /** The CPU time of each process. */
  public record Usage(List<Cpu> servers, @Nullable Cpu redis, Cpu load) {}
}
