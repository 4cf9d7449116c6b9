package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import org.junit.jupiter.api.Test;

/** Three sockets at once for an address, wherever they are. */
final class SharedLimitTest extends TwoServers {
  SharedLimitTest() {
    super("RATE_LIMIT_SOCKET_MAX_PER_IP", "3");
  }

  @Test
  void RL2_RL3_sockets_of_an_address_are_counted_over_both_servers() {
    TestClient one = stock(first).create("Ann");
    stock(first).settle();
    stock(second).settle();
    for (TestServer server : new TestServer[] {first, second}) {
      TestClient fourth = kept(TestClient.options().open(server));
      assertThat(fourth.awaitEnd()).isEqualTo("io server disconnect");
    }
    one.close();
    await().until(() -> first.leases() == 1);
    stock(second).create("Bob");
  }
}
