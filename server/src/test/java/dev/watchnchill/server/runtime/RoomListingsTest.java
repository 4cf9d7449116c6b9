package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The listings of live rooms, as their actors keep them. */
final class RoomListingsTest {
  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true).create("Ann");

  private static void change(
      RuntimeHarness.Client client,
      @Nullable String title,
      @Nullable EntryMode entry,
      @Nullable Boolean listed) {
    var change = new RoomSettings.Change(title, false, null, null, null, null, entry, listed, null);
    client.request(
        ClientEvent.SET_SETTINGS,
        new ClientRequest.Command(
            RuntimeHarness.ROOM, (actor, _, _) -> new RoomCommand.SetSettings(actor, change)));
  }

  private static void leave(RuntimeHarness.Client client) {
    client.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
  }

  private static List<String> shown(RuntimeHarness.Instance instance) {
    return instance.service.listings().all().stream()
        .map(room ->
            String.join(
                " ",
                String.valueOf(room.title()),
                room.film() == null ? "none" : room.film().url(),
                "" + room.members(),
                room.entry().name(),
                room.playing() ? "plays" : "stands"))
        .toList();
  }

  @Test
  void EN12_room_is_shown_as_long_as_it_is_listed() {
    ann.play(0);
    ann.chat("hello");
    assertThat(shown(one)).isEmpty();
    assertThat(one.service.listings().changes()).isZero();
    change(ann, "Kino", null, true);
    assertThat(shown(one)).containsExactly("Kino https://films.example/one.mp4 1 LINK plays");
    change(ann, null, EntryMode.CLOSED, null);
    ann.submitPause();
    assertThat(shown(one)).containsExactly("Kino https://films.example/one.mp4 1 CLOSED stands");
    change(ann, null, null, false);
    assertThat(shown(one)).isEmpty();
  }

  @Test
  void EN12_only_what_is_shown_changes_a_listing() {
    change(ann, null, null, true);
    RuntimeHarness.Client bob = one.client(true);
    bob.join("Bob");
    long changes = one.service.listings().changes();
    ann.chat("hello");
    bob.lose();
    assertThat(one.service.listings().changes()).isEqualTo(changes);
    assertThat(shown(one)).containsExactly("null none 2 LINK stands");
  }

  @Test
  void EN12_room_without_members_is_not_listed() {
    change(ann, null, null, true);
    leave(ann);
    assertThat(shown(one)).isEmpty();
    one.client(true).join("Bob");
    assertThat(shown(one)).containsExactly("null none 1 LINK stands");
  }

  @Test
  void EN12_instance_lists_the_rooms_that_it_has_members_in() {
    change(ann, null, null, true);
    RuntimeHarness.Instance two = harness.new Instance();
    assertThat(shown(two)).isEmpty();
    RuntimeHarness.Client bob = two.client(true);
    bob.join("Bob");
    assertThat(shown(two)).isEqualTo(shown(one)).containsExactly("null none 2 LINK stands");
    change(bob, "no host's", null, null);
    change(ann, "Kino", null, null);
    assertThat(shown(two)).isEqualTo(shown(one)).containsExactly("Kino none 2 LINK stands");
  }

  @Test
  void EN12_room_that_expired_is_not_listed() {
    change(ann, null, null, true);
    harness.time.advance(RuntimeHarness.LIMITS.roomLifeMs());
    assertThat(ann.takeEvents()).contains("room-closed");
    assertThat(shown(one)).isEmpty();
  }

  @Test
  void EN12_newest_of_two_listings_counts() {
    var early = listing(1, 9);
    var late = listing(2, 1);
    assertThat(early.newest(late)).isSameAs(late);
    assertThat(late.newest(early)).isSameAs(late);
    assertThat(listing(1, 8).newest(early)).isSameAs(early);
    assertThat(early.newest(listing(1, 8))).isSameAs(early);
  }

  private static RoomListing listing(long epoch, long seq) {
    return new RoomListing(new RoomId("AAAAAA"), epoch, seq, null, null, 1, EntryMode.LINK, false);
  }

  @Test
  void EN12_earlier_listing_of_a_room_does_not_remove_a_later_one() {
    var listings = new RoomListings();
    listings.put(listing(1, 1));
    listings.put(listing(1, 2));
    listings.remove(listing(1, 1));
    assertThat(listings.all()).containsExactly(listing(1, 2));
    listings.remove(listing(1, 2));
    assertThat(listings.isEmpty()).isTrue();
  }
}
