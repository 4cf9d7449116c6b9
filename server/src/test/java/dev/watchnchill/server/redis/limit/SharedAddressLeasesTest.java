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
  void RL2_two_servers_count_together_and_fifty_at_once_are_ten() {
    SharedAddressLeases one = limit(10);
    SharedAddressLeases two = limit(10);
    List<AddressLeases.Lease> leases = askAtOnce(50, ADDRESS, one, two);
    assertThat(leases).hasSize(10);
    assertThat(one.open() + two.open()).isEqualTo(10);
    refused(one, ADDRESS);
    refused(two, ADDRESS);
    leases.forEach(AddressLeases.Lease::close);
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("0"));
    assertThat(askAtOnce(50, ADDRESS, two, one)).hasSize(10);
  }

  @Test
  void RL3_one_address_has_one_name_and_no_text_of_others_gets_into_a_key() {
    SharedAddressLeases limit = limit(2);
    granted(limit, "2001:db8::1");
    granted(limit, "2001:DB8:0:0:0:0:0:1%eth0");
    refused(limit, "2001:db8:0::0:1");
    assertThat(REDIS.cli("KEYS", "*")).isEqualTo("sockets:2001:db8:0:0::/64");
    granted(limit, "no address\r\nat all");
    granted(limit, "another");
    refused(limit, "a third");
    assertThat(REDIS.cli("KEYS", "*n*")).isEqualTo("sockets:none");
  }

  @Test
  void RL3_what_a_server_had_that_died_counts_until_its_lease_has_run_out() {
    SharedAddressLeases one = limit(3);
    SharedAddressLeases two = limit(3);
    granted(one, ADDRESS);
    granted(one, ADDRESS);
    granted(two, ADDRESS);
    refused(two, ADDRESS);
    one.close(); // renews no more
    await().until(() -> ask(two, ADDRESS).isPresent());
    granted(two, ADDRESS);
    refused(two, ADDRESS);
    assertThat(REDIS.cli("HKEYS", KEY)).isEqualTo("server-1");
  }

  @Test
  void RL3_lease_that_is_renewed_does_not_run_out_and_the_key_has_an_end() {
    SharedAddressLeases one = limit(1);
    SharedAddressLeases two = limit(1);
    granted(one, ADDRESS);
    String first = REDIS.cli("HGET", KEY, "server-0");
    await().until(() -> end(REDIS.cli("HGET", KEY, "server-0")) > end(first) + QUICK.leaseMs());
    refused(two, ADDRESS);
    assertThat(Long.parseLong(REDIS.cli("PTTL", KEY))).isBetween(1L, QUICK.leaseMs());
  }

  private static long end(String field) {
    return Long.parseLong(field.substring(field.indexOf(':') + 1));
  }

  @Test
  void RL2_without_redis_each_server_counts_its_own_and_together_again_when_it_is_back() {
    SharedAddressLeases one = limit(2);
    SharedAddressLeases two = limit(2);
    AddressLeases.Lease before = granted(one, ADDRESS);
    REDIS.stop();
    var leases = new ArrayList<AddressLeases.Lease>();
    leases.add(granted(one, ADDRESS));
    refused(one, ADDRESS);
    leases.add(granted(two, ADDRESS));
    leases.add(granted(two, ADDRESS));
    refused(two, ADDRESS);
    REDIS.start(); // without its data
    await().until(() -> REDIS.cli("HLEN", KEY).equals("2"));
    assertThat(REDIS.cli("HGET", KEY, "server-0")).startsWith("2:");
    leases.forEach(AddressLeases.Lease::close);
    granted(two, ADDRESS);
    refused(two, ADDRESS);
    before.close();
    await().until(() -> ask(two, ADDRESS).isPresent());
    refused(one, ADDRESS);
  }

  @Test
  void RL2_redis_that_does_not_answer_keeps_nobody_waiting_and_its_late_answer_leaks_nothing() {
    SharedAddressLeases one =
        limit(5, new SharedAddressLeases.Times(50, 60_000, 60_000)); // no renewal heals it
    granted(one, ADDRESS).close();
    REDIS.freeze();
    AddressLeases.Lease late = granted(one, ADDRESS);
    REDIS.thaw();
    await().until(() -> REDIS.cli("HGET", KEY, "server-0").startsWith("1:"));
    late.close();
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("0"));
    assertThat(one.open(ClientKey.of(ADDRESS))).isZero();
  }
}
