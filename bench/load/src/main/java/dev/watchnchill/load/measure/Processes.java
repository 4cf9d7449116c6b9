package dev.watchnchill.load.measure;

import dev.watchnchill.load.measure.Proc.Cpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes that are looked at: the servers, their Redis, and this one. */
public final class Processes {
  private final @Nullable Proc redis;
  private final Proc self = new Proc(ProcessHandle.current().pid());
  private volatile List<Proc> servers;

  /** These servers, and a Redis when there is one. */
  public Processes(List<Long> servers, @Nullable Long redis) {
    this.servers = servers.stream().map(Proc::new).toList();
    this.redis = redis == null ? null : new Proc(redis);
  }

  /** The servers were started again, as these. */
  public void restarted(List<Long> pids) {
    servers = pids.stream().map(Proc::new).toList();
  }

  /** What each server holds in memory. */
  public List<Long> rssKb() {
    return servers.stream().map(Proc::rssKb).toList();
  }

  /** What all have used up to now. */
  public Usage usage() {
    return new Usage(
        servers.stream().map(Proc::cpu).toList(), redis == null ? null : redis.cpu(), self.cpu());
  }

  /** CPU time of each. */
  public record Usage(List<Cpu> servers, @Nullable Cpu redis, Cpu load) {}
}
