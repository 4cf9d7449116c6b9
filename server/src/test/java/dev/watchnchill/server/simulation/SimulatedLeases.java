package dev.watchnchill.server.simulation;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The leases of all simulated instances, which the shared store keeps. */
final class SimulatedLeases {
  static final long LEASE_MS = 4_000;
  static final long RENEW_MS = 1_000;
  private static final long CLAIM_MS = 5_000;

  private static final class Lease {
    private long seenMs;
    private long claimedMs;
    private Set<RoomId> rooms = new HashSet<>();
  }

  private final Map<InstanceId, Lease> leases = new LinkedHashMap<>();
  private final VirtualTime time;
  private long emptySinceMs;

  SimulatedLeases(VirtualTime time) {
    this.time = time;
  }

  /** Loses all leases. An instance without one is not dead until it had time to renew. */
  void loseEverything() {
    leases.clear();
    emptySinceMs = time.nowMs();
  }

  private boolean runOut(Lease lease) {
    return time.nowMs() - lease.seenMs > LEASE_MS;
  }

  /** The leases as one instance sees them, and its own. */
  final class Holder implements Instances {
    private final InstanceId self;
    private final StoreLink link;
    private final BooleanSupplier alive;
    private final Set<RoomId> kept = new HashSet<>();
    private @Nullable DeathListener listener;

    Holder(InstanceId self, StoreLink link, BooleanSupplier alive) {
      this.self = self;
      this.link = link;
      this.alive = alive;
    }

    Set<RoomId> kept() {
      return kept;
    }

    /** Renews the lease, and takes over from instances whose lease has run out. */
    void renew() {
      try {
        link.call(
            false,
            () -> {
              Lease mine = leases.computeIfAbsent(self, _ -> new Lease());
              mine.seenMs = time.nowMs();
              mine.claimedMs = 0;
              mine.rooms = new HashSet<>(kept);
              return true;
            });
      } catch (StoreUnavailableException e) {
        return;
      }
      for (InstanceId who : List.copyOf(leases.keySet())) {
        Lease lease = leases.get(who);
        if (lease != null && runOut(lease) && time.nowMs() - lease.claimedMs > CLAIM_MS) {
          lease.claimedMs = time.nowMs();
          takeOver(who, lease);
        }
      }
    }

    private void takeOver(InstanceId who, Lease lease) {
      DeathListener registered = listener;
      if (registered == null) {
        return;
      }
      Set<RoomId> orphaned = Set.copyOf(lease.rooms);
      var _ =
          registered
              .died(who, lease.seenMs, orphaned)
              .thenAccept(_ -> { // a failed takeover is repeated, here or elsewhere
                if (alive.getAsBoolean() && runOut(lease)) {
                  leases.remove(who, lease);
                }
              });
    }

    @Override
    public InstanceId self() {
      return self;
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public CompletableFuture<?> keep(RoomId id) {
      kept.add(id);
      return link.answer(() ->
          link.call(
              false,
              () -> {
                Lease mine = leases.computeIfAbsent(self, _ -> new Lease());
                mine.seenMs = time.nowMs();
                return mine.rooms.add(id);
              }));
    }

    @Override
    public void release(RoomId id) {
      kept.remove(id);
      Lease mine = leases.get(self);
      if (mine != null && !link.isCut()) {
        mine.rooms.remove(id);
      }
    }

    @Override
    public Set<InstanceId> dead(Set<InstanceId> asked) {
      if (link.isCut() || time.nowMs() - emptySinceMs <= LEASE_MS) {
        return Set.of();
      }
      var dead = new HashSet<InstanceId>();
      for (InstanceId id : asked) {
        Lease lease = leases.get(id);
        if (!id.equals(self) && (lease == null || runOut(lease))) {
          dead.add(id);
        }
      }
      return dead;
    }

    @Override
    public CompletableFuture<@Nullable Set<InstanceId>> absent(RoomId id, Set<InstanceId> asked) {
      return link.<@Nullable Set<InstanceId>>answer(
          () -> link.<@Nullable Set<InstanceId>>call(false, () -> absentNow(id, asked)));
    }

    private @Nullable Set<InstanceId> absentNow(RoomId id, Set<InstanceId> asked) {
      if (time.nowMs() - emptySinceMs <= LEASE_MS) {
        return null;
      }
      var absent = new HashSet<InstanceId>();
      for (InstanceId one : asked) {
        Lease lease = leases.get(one);
        if (lease != null && !runOut(lease) && !lease.rooms.contains(id)) {
          absent.add(one);
        }
      }
      return absent;
    }

    @Override
    public void publishFilms(Set<String> mediaIds) {}

    @Override
    public CompletableFuture<Map<InstanceId, Set<String>>> lackingFilms(
        Set<InstanceId> asked, Collection<String> mediaIds) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public void onDeath(DeathListener registered) {
      listener = registered;
    }

    @Override
    public void close() {
      leases.remove(self);
    }
  }
}
