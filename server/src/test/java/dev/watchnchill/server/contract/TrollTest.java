package dev.watchnchill.server.contract;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A banned person tries to come back, on one server with its rooms in memory (rule EN9). */
class TrollTest extends ContractTest {
  @Test
  void EN9_banned_person_stays_out_whatever_it_tries_and_ten_friends_stay_in() {
    try (var script = new TrollScript(List.of(server()), "198.51.100.66", "198.51.100.66")) {
      script.run();
    }
  }

  @Test
  void EN9_so_it_is_in_a_network_of_ipv6() {
    try (var script =
        new TrollScript(List.of(server()), "2001:db8:6:6::1", "2001:db8:6:6:aaaa:bbbb::1")) {
      script.run();
    }
  }
}
