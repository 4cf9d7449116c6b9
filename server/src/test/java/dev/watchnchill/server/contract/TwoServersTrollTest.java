package dev.watchnchill.server.contract;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A banned person tries to come back on two servers with one Redis (rule EN9). */
final class TwoServersTrollTest extends TwoServers {
  @Test
  void EN9_banned_person_stays_out_of_both_servers_and_ten_friends_stay_in() {
    try (var script = new TrollScript(List.of(first, second), "198.51.100.66", "198.51.100.66")) {
      script.run();
    }
  }
}
