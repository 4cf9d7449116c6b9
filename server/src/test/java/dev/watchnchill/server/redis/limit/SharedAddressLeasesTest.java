package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SharedAddressLeasesTest extends AddressLeasesContract {
  private static final String ADDRESS = "192.0.2.1";
  private static final String KEY = "sockets:" + ADDRESS;
  private static final SharedAddressLeases.Times QUICK =
      new SharedAddressLeases.Times(250, 2_000, 400);

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final TestLinks links = new TestLinks(REDIS);
  private final List<SharedAddressLeases> limits = new ArrayList<>();

  @BeforeEach
  void empty() {
    REDIS.cli("FLUSHALL");
  }

  @AfterEach
  void close() {
    limits.forEach(SharedAddressLeases::close);
    links.close();
  }

  @Override
  SharedAddressLeases limit(int max) {
    return limit(max, QUICK);
  }

  private SharedAddressLeases limit(int max, SharedAddressLeases.Times times) {
    var limit =
        new SharedAddressLeases(
            links.open(), "sockets:", "server-" + limits.size(), max, times, links.scheduler());
    limits.add(limit);
    return limit;
  }

  @Test
  void RL2_two_instances_together_grant_ten_of_fifty_concurrent_requests() {
    SharedAddressLeases one = limit(10);
    SharedAddressLeases two = limit(10);
    List<AddressLeases.Lease> leases = requestConcurrently(50, ADDRESS, one, two);
    assertThat(leases).hasSize(10);
    assertThat(one.open() + two.open()).isEqualTo(10);
    assertRejected(one, ADDRESS);
    assertRejected(two, ADDRESS);
    leases.forEach(AddressLeases.Lease::close);
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("0"));
    assertThat(requestConcurrently(50, ADDRESS, two, one)).hasSize(10);
  }

  @Test
  void RL3_address_has_one_canonical_key_and_no_client_text_in_it() {
    SharedAddressLeases limit = limit(2);
    assertGranted(limit, "2001:db8::1");
    assertGranted(limit, "2001:DB8:0:0:0:0:0:1%eth0");
    assertRejected(limit, "2001:db8:0::0:1");
    assertThat(REDIS.cli("KEYS", "*")).isEqualTo("sockets:2001:db8:0:0::/64");
    assertGranted(limit, "no address\r\nat all");
    assertGranted(limit, "another");
    assertRejected(limit, "a third");
    assertThat(REDIS.cli("KEYS", "*n*")).isEqualTo("sockets:none");
  }

  @Test
  void RL3_leases_of_a_dead_instance_count_until_they_expire() {
    SharedAddressLeases one = limit(3);
    SharedAddressLeases two = limit(3);
    assertGranted(one, ADDRESS);
    assertGranted(one, ADDRESS);
    assertGranted(two, ADDRESS);
    assertRejected(two, ADDRESS);
    one.close(); // stops renewing
    await().until(() -> request(two, ADDRESS).isPresent());
    assertGranted(two, ADDRESS);
    assertRejected(two, ADDRESS);
    assertThat(REDIS.cli("HKEYS", KEY)).isEqualTo("server-1");
  }

  @Test
  void RL3_renewed_lease_does_not_expire_and_the_key_does() {
    SharedAddressLeases one = limit(1);
    SharedAddressLeases two = limit(1);
    assertGranted(one, ADDRESS);
    String first = REDIS.cli("HGET", KEY, "server-0");
    await().until(() -> end(REDIS.cli("HGET", KEY, "server-0")) > end(first) + QUICK.leaseMs());
    assertRejected(two, ADDRESS);
    assertThat(Long.parseLong(REDIS.cli("PTTL", KEY))).isBetween(1L, QUICK.leaseMs());
  }

  private static long end(String field) {
    return Long.parseLong(field.substring(field.indexOf(':') + 1));
  }

  @Test
  void RL2_during_an_outage_each_instance_counts_alone_and_afterwards_together() {
    SharedAddressLeases one = limit(2);
    SharedAddressLeases two = limit(2);
    AddressLeases.Lease before = assertGranted(one, ADDRESS);
    REDIS.stop();
    var leases = new ArrayList<AddressLeases.Lease>();
    leases.add(assertGranted(one, ADDRESS));
    assertRejected(one, ADDRESS);
    leases.add(assertGranted(two, ADDRESS));
    leases.add(assertGranted(two, ADDRESS));
    assertRejected(two, ADDRESS);
    REDIS.start(); // without its data
    await().until(() -> REDIS.cli("HLEN", KEY).equals("2"));
    assertThat(REDIS.cli("HGET", KEY, "server-0")).startsWith("2:");
    leases.forEach(AddressLeases.Lease::close);
    assertGranted(two, ADDRESS);
    assertRejected(two, ADDRESS);
    before.close();
    await().until(() -> request(two, ADDRESS).isPresent());
    assertRejected(one, ADDRESS);
  }

  @Test
  void RL2_late_answer_of_redis_delays_no_client_and_leaks_no_lease() {
    SharedAddressLeases one =
        limit(
            5, new SharedAddressLeases.Times(50, 60_000, 60_000)); // no renewal corrects the count
    assertGranted(one, ADDRESS).close();
    REDIS.freeze();
    AddressLeases.Lease late = assertGranted(one, ADDRESS);
    REDIS.thaw();
    await().until(() -> REDIS.cli("HGET", KEY, "server-0").startsWith("1:"));
    late.close();
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("0"));
    assertThat(one.open(ClientKey.of(ADDRESS))).isZero();
  }
}
