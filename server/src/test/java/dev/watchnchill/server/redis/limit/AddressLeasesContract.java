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

/** What every count of sockets does. */
abstract class AddressLeasesContract {
  /** A new one that lets an address have so many. */
  abstract AddressLeases limit(int max);

  static Optional<AddressLeases.Lease> ask(AddressLeases limit, String address) {
    return limit.request(ClientKey.of(address)).toCompletableFuture().join();
  }

  static AddressLeases.Lease granted(AddressLeases limit, String address) {
    return ask(limit, address).orElseThrow(() -> new AssertionError("refused"));
  }

  static void refused(AddressLeases limit, String address) {
    assertThat(ask(limit, address)).as("one more of %s", address).isEmpty();
  }

  /** Asks so many times at once, of each in turn; gives what was granted. */
  static List<AddressLeases.Lease> askAtOnce(int times, String address, AddressLeases... limits) {
    var answers = new ArrayList<CompletableFuture<Optional<AddressLeases.Lease>>>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < times; i++) {
        AddressLeases limit = limits[i % limits.length];
        answers.add(CompletableFuture.supplyAsync(() -> ask(limit, address), pool));
      }
    }
    return answers.stream().flatMap(answer -> answer.join().stream()).toList();
  }

  @Test
  void RL2_address_has_so_many_and_no_more() {
    AddressLeases limit = limit(2);
    AddressLeases.Lease first = granted(limit, "192.0.2.1");
    granted(limit, "192.0.2.1");
    refused(limit, "192.0.2.1");
    granted(limit, "192.0.2.2");
    assertThat(limit.open()).isEqualTo(3);
    first.close();
    await().until(() -> ask(limit, "192.0.2.1").isPresent());
    refused(limit, "192.0.2.1");
  }

  @Test
  void RL3_refusal_leaves_no_count_and_a_lease_counts_once() {
    AddressLeases limit = limit(1);
    AddressLeases.Lease lease = granted(limit, "192.0.2.1");
    for (int i = 0; i < 5; i++) {
      refused(limit, "192.0.2.1");
    }
    assertThat(limit.open()).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(limit.open()).isZero();
    await().until(() -> ask(limit, "192.0.2.1").isPresent());
    refused(limit, "192.0.2.1");
  }

  @Test
  void RL2_fifty_at_once_are_ten() {
    AddressLeases limit = limit(10);
    List<AddressLeases.Lease> leases = askAtOnce(50, "192.0.2.1", limit);
    assertThat(leases).hasSize(10);
    assertThat(limit.open()).isEqualTo(10);
    leases.forEach(AddressLeases.Lease::close);
    assertThat(limit.open()).isZero();
    await().until(() -> ask(limit, "192.0.2.1").isPresent());
  }
}
