package dev.watchnchill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SocketLimitTest {
  private static SocketLimit.Lease leased(SocketLimit limit, String address) {
    SocketLimit.Lease lease = limit.acquire(address);
    assertThat(lease).isNotNull();
    return Objects.requireNonNull(lease);
  }

  @Test
  void RL2_address_has_so_many_and_no_more() {
    var limit = new SocketLimit(2);
    SocketLimit.Lease first = leased(limit, "a");
    leased(limit, "a");
    assertThat(limit.acquire("a")).isNull();
    leased(limit, "b");
    first.close();
    leased(limit, "a");
    assertThat(limit.acquire("a")).isNull();
  }

  @Test
  void RL3_refusal_leaves_no_count_and_a_lease_counts_once() {
    var limit = new SocketLimit(1);
    SocketLimit.Lease lease = leased(limit, "a");
    for (int i = 0; i < 5; i++) {
      assertThat(limit.acquire("a")).isNull();
    }
    assertThat(limit.open("a")).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(limit.open("a")).isZero();
    assertThat(limit.open()).isZero();
  }

  @Test
  void RL3_counts_are_right_under_many_threads() {
    var limit = new SocketLimit(10);
    var most = new AtomicInteger();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        var _ =
            pool.submit(() -> {
              for (int i = 0; i < 2_000; i++) {
                var leases = new ArrayList<SocketLimit.Lease>();
                for (int j = 0; j < 3; j++) {
                  SocketLimit.Lease lease = limit.acquire("a");
                  if (lease != null) {
                    leases.add(lease);
                  }
                }
                most.accumulateAndGet(limit.open("a"), Math::max);
                leases.forEach(SocketLimit.Lease::close);
              }
            });
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(10);
    assertThat(limit.open()).isZero();
  }
}
