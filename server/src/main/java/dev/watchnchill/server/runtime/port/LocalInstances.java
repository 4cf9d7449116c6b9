package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The only instance of a store that is not shared: every earlier instance is dead. */
public final class LocalInstances implements Instances {
  private final InstanceId self;

  /** Creates the set of one instance. */
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
  public CompletableFuture<@Nullable Set<InstanceId>> absent(RoomId id, Set<InstanceId> asked) {
    return Futures.<@Nullable Set<InstanceId>>of(Set.of());
  }

  @Override
  public void publishFilms(Set<String> mediaIds) {}

  @Override
  public CompletableFuture<Map<InstanceId, Set<String>>> lackingFilms(
      Set<InstanceId> asked, Collection<String> mediaIds) {
    return Futures.of(Map.of());
  }

  @Override
  public void onDeath(DeathListener listener) {}

  @Override
  public void close() {}
}
