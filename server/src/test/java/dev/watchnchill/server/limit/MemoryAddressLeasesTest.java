package dev.watchnchill.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemoryAddressLeasesTest {
  private static MemoryAddressLeases.Lease leased(MemoryAddressLeases limit, ClientKey address) {
    MemoryAddressLeases.Lease lease = limit.acquire(address);
    assertThat(lease).isNotNull();
    return Objects.requireNonNull(lease);
  }

  @Test
  void RL2_address_has_so_many_and_no_more() {
    var limit = new MemoryAddressLeases(2);
    MemoryAddressLeases.Lease first = leased(limit, new ClientKey("a"));
    leased(limit, new ClientKey("a"));
    assertThat(limit.acquire(new ClientKey("a"))).isNull();
    leased(limit, new ClientKey("b"));
    first.close();
    leased(limit, new ClientKey("a"));
    assertThat(limit.acquire(new ClientKey("a"))).isNull();
  }

  @Test
  void RL3_rejection_leaves_no_count_and_a_lease_counts_once() {
    var limit = new MemoryAddressLeases(1);
    MemoryAddressLeases.Lease lease = leased(limit, new ClientKey("a"));
    for (int i = 0; i < 5; i++) {
      assertThat(limit.acquire(new ClientKey("a"))).isNull();
    }
    assertThat(limit.open(new ClientKey("a"))).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(limit.open(new ClientKey("a"))).isZero();
    assertThat(limit.open()).isZero();
  }

  @Test
  void RL3_counts_are_right_under_many_threads() {
    var limit = new MemoryAddressLeases(10);
    var most = new AtomicInteger();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        var _ =
            pool.submit(() -> {
              for (int i = 0; i < 2_000; i++) {
                var leases = new ArrayList<MemoryAddressLeases.Lease>();
                for (int j = 0; j < 3; j++) {
                  MemoryAddressLeases.Lease lease = limit.acquire(new ClientKey("a"));
                  if (lease != null) {
                    leases.add(lease);
                  }
                }
                most.accumulateAndGet(limit.open(new ClientKey("a")), Math::max);
                leases.forEach(MemoryAddressLeases.Lease::close);
              }
            });
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(10);
    assertThat(limit.open()).isZero();
  }
}
