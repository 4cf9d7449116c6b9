package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of an address, counted over two instances. */
final class SharedAbuseTest extends TwoServers {
  private static final String ATTACKER = "198.51.100.7";
  private static final String CREATE = "{\"hostName\":\"Eve Doe\"}";

  SharedAbuseTest() {
    super(
        "RATE_LIMIT_MISS_MAX_PER_IP", "4",
        "RATE_LIMIT_ENTRY_MAX_PER_IP", "12",
        "RATE_LIMIT_ROOM_MAX_PER_IP", "2",
        "RATE_LIMIT_AWAY_MAX_PER_IP", "3");
  }

  private static String join(String room, String name) {
    return "{\"roomId\":\"" + room + "\",\"userName\":\"" + name + "\"}";
  }

  @Test
  void RL9_misses_are_counted_over_both_servers() {
    TestClient ann = stock(first).create("Ann");
    try (var one = new Stranger(first, ATTACKER);
        var two = new Stranger(second, ATTACKER)) {
      var codes = new ArrayList<String>();
      for (int i = 0; i < 6; i++) {
        codes.add((i % 2 == 0 ? one : two).say("join-room", join("ZZZZZ" + i, "Eve Doe")));
      }
      assertThat(codes.subList(0, 4)).containsOnly("room_not_found");
      assertThat(codes.subList(4, 6)).containsOnly("rate_limited");
      assertThat(two.say("join-room", join(ann.roomId(), "Eve Doe"))).isEqualTo("rate_limited");
    }
    stock(second).join(ann.roomId(), "Bob");
  }

  @Test
  void RL8_entries_are_counted_over_both_servers() {
    TestClient ann = stock(first).create("Ann");
    try (var one = new Stranger(first, ATTACKER);
        var two = new Stranger(second, ATTACKER)) {
      var codes = new ArrayList<String>();
      for (int i = 0; i < 14; i++) {
        codes.add((i % 2 == 0 ? one : two).say("join-room", join(ann.roomId(), "Eve " + i % 2)));
      }
      assertThat(codes.subList(0, 12)).containsOnly("ok");
      assertThat(codes.subList(12, 14)).containsOnly("rate_limited");
    }
  }

  @Test
  void RL10_rooms_are_counted_over_both_servers() {
    try (var one = new Stranger(first, ATTACKER);
        var two = new Stranger(second, ATTACKER)) {
      assertThat(List.of(one.say("create-room", CREATE), two.say("create-room", CREATE)))
          .containsOnly("ok");
      assertThat(one.say("create-room", CREATE)).isEqualTo("rate_limited");
      assertThat(two.say("create-room", CREATE)).isEqualTo("rate_limited");
    }
    stock(second).create("Ann");
  }

  @Test
  void RL10_away_seats_are_counted_over_both_instances() {
    TestClient ann = stock(first).create("Ann");
    int connected = 0;
    for (int i = 0; i < 8; i++) {
      TestServer server = i % 2 == 0 ? first : second;
      try (var eve = new Stranger(server, ATTACKER).auth("{\"resume\":true}")) {
        assertThat(eve.say("join-room", join(ann.roomId(), "Guest " + i))).isEqualTo("ok");
        connected++;
      }
      ann.take(i < 3 ? "user-away" : "user-left");
    }
    assertThat(connected).isEqualTo(8);
  }
}
