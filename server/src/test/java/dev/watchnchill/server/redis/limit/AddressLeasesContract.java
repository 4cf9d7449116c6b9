package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The contract of every {@link AddressLeases}. */
abstract class AddressLeasesContract {
  /** Returns new leases with that maximum per address. */
  abstract AddressLeases limit(int max);

  static Optional<AddressLeases.Lease> request(AddressLeases limit, String address) {
    return limit.request(ClientKey.of(address)).toCompletableFuture().join();
  }

  static AddressLeases.Lease assertGranted(AddressLeases limit, String address) {
    return request(limit, address).orElseThrow(() -> new AssertionError("refused"));
  }

  static void assertRejected(AddressLeases limit, String address) {
    assertThat(request(limit, address)).as("one more of %s", address).isEmpty();
  }

  /** Makes concurrent requests, to each of the limits in turn; returns the granted leases. */
  static List<AddressLeases.Lease> requestConcurrently(
      int times, String address, AddressLeases... limits) {
    var answers = new ArrayList<CompletableFuture<Optional<AddressLeases.Lease>>>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < times; i++) {
        AddressLeases limit = limits[i % limits.length];
        answers.add(CompletableFuture.supplyAsync(() -> request(limit, address), pool));
      }
    }
    return answers.stream().flatMap(answer -> answer.join().stream()).toList();
  }

  @Test
  void RL2_address_gets_the_maximum_and_no_more() {
    AddressLeases limit = limit(2);
    AddressLeases.Lease first = assertGranted(limit, "192.0.2.1");
    assertGranted(limit, "192.0.2.1");
    assertRejected(limit, "192.0.2.1");
    assertGranted(limit, "192.0.2.2");
    assertThat(limit.open()).isEqualTo(3);
    first.close();
    await().until(() -> request(limit, "192.0.2.1").isPresent());
    assertRejected(limit, "192.0.2.1");
  }

  @Test
  void RL3_rejection_counts_nothing_and_a_lease_is_released_once() {
    AddressLeases limit = limit(1);
    AddressLeases.Lease lease = assertGranted(limit, "192.0.2.1");
    for (int i = 0; i < 5; i++) {
      assertRejected(limit, "192.0.2.1");
    }
    assertThat(limit.open()).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(limit.open()).isZero();
    await().until(() -> request(limit, "192.0.2.1").isPresent());
    assertRejected(limit, "192.0.2.1");
  }

  @Test
  void RL2_of_fifty_concurrent_requests_ten_are_granted() {
    AddressLeases limit = limit(10);
    List<AddressLeases.Lease> leases = requestConcurrently(50, "192.0.2.1", limit);
    assertThat(leases).hasSize(10);
    assertThat(limit.open()).isEqualTo(10);
    leases.forEach(AddressLeases.Lease::close);
    assertThat(limit.open()).isZero();
    await().until(() -> request(limit, "192.0.2.1").isPresent());
  }
}
