package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.wire.ClientEvent;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BaseClientSyncTest {
  private static final long PERIOD_MS = 5_000;

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client host = server.client(true);
  private final RuntimeHarness.Client guest = server.client(false);

  @BeforeEach
  void film() {
    host.create("Ann");
    guest.join("Bob");
    host.request(
        ClientEvent.SET_VIDEO,
        MemberRequests.setVideo(
            RuntimeHarness.ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
  }

  private void play(RuntimeHarness.Client client) {
    client.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 10));
  }

  private void pause(RuntimeHarness.Client client) {
    client.request(ClientEvent.PAUSE_VIDEO, MemberRequests.pause(RuntimeHarness.ROOM, 10, null));
  }

  private int updatesWithin(long ms) {
    guest.takeEvents();
    host.takeEvents();
    harness.time.advance(ms);
    assertThat(host.takeEvents())
        .as("clients that follow the timeline")
        .doesNotContain("sync-update");
    return Collections.frequency(guest.takeEvents(), "sync-update");
  }

  @Test
  void TL8_one_update_each_period_however_often_it_is_paused_and_played_within_one() {
    play(host);
    for (int i = 0; i < 20; i++) {
      harness.time.advance(100);
      pause(host);
      harness.time.advance(50);
      play(host);
    }
    assertThat(updatesWithin(PERIOD_MS)).isEqualTo(1);
    assertThat(updatesWithin(10 * PERIOD_MS)).isEqualTo(10);
  }

  @Test
  void TL8_seeks_and_second_plays_start_no_second_chain() {
    play(host);
    for (int i = 0; i < 10; i++) {
      harness.time.advance(100);
      play(host);
      host.request(ClientEvent.SEEK_VIDEO, MemberRequests.seek(RuntimeHarness.ROOM, i));
    }
    assertThat(updatesWithin(10 * PERIOD_MS)).isEqualTo(10);
  }

  @Test
  void TL8_no_update_while_it_stands() {
    play(host);
    harness.time.advance(PERIOD_MS);
    pause(host);
    assertThat(updatesWithin(10 * PERIOD_MS)).isZero();
  }

  @Test
  void TL8_base_driver_sends_its_own() {
    host.request(
        ClientEvent.PROMOTE_HOST,
        MemberRequests.promote(
            RuntimeHarness.ROOM, harness.room().members().list().getLast().id()));
    play(host);
    assertThat(updatesWithin(2 * PERIOD_MS)).isEqualTo(2);
    play(guest);
    assertThat(updatesWithin(2 * PERIOD_MS)).isZero();
    play(host);
    assertThat(updatesWithin(2 * PERIOD_MS)).isEqualTo(2);
  }

  @Test
  void TL8_no_timer_of_an_empty_room_outlives_it() {
    play(host);
    guest.lose();
    host.lose();
    harness.time.advance(2 * RuntimeHarness.LIMITS.roomLifeMs());
    assertThat(harness.time.timers()).isZero();
    assertThat(server.service.liveRooms()).isZero();
  }
}
