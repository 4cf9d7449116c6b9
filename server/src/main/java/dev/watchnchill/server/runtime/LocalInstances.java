package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A server that shares its store with nobody: every other run of it is over. */
public final class LocalInstances implements Instances {
  private final InstanceId self;

  /** Only that one. */
  public LocalInstances(InstanceId self) {
    this.self = self;
  }

  @Override
  public InstanceId self() {
    return self;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public CompletableFuture<?> keep(RoomId id) {
    return Futures.done();
  }

  @Override
  public void release(RoomId id) {}

  @Override
  public Set<InstanceId> dead(Set<InstanceId> asked) {
    return asked.stream().filter(id -> !id.equals(self)).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void onDeath(DeathListener listener) {}

  @Override
  public void close() {}
}
