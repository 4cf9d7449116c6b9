package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.UserId;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.User;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rules PS1 to PS6 in virtual time. */
final class LargeRoomPresenceTest {
  private static final int EACH_MAX = 4;
  private static final int LISTED_MAX = 20;
  private static final long INTERVAL_MS = 1_000;

  private final RuntimeHarness harness =
      new RuntimeHarness(RuntimeHarness.LIMITS.withSizes(5_000, 5).withPresenceEach(EACH_MAX));
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client ann = server.client(true).create("Ann");
  private final List<RuntimeHarness.Client> others = new ArrayList<>();

  private RuntimeHarness.Client enter(boolean extended) {
    RuntimeHarness.Client client = server.client(extended);
    client.join("guest " + others.size());
    others.add(client);
    return client;
  }

  /** Lets a large room send all its batches. */
  private void fill(int people) {
    while (harness.room().members().size() < people) {
      enter(true);
    }
    harness.time.advance(INTERVAL_MS);
    forgetAll();
  }

  private void forgetAll() {
    ann.takeEvents();
    others.forEach(RuntimeHarness.Client::takeEvents);
  }

  private static <T> List<T> received(RuntimeHarness.Client client, Class<T> type) {
    return client.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static ServerMessage.Presence presenceOf(RuntimeHarness.Client client) {
    List<ServerMessage.Presence> all = received(client, ServerMessage.Presence.class);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static ServerMessage.RoomJoined welcome(RuntimeHarness.Client client) {
    return received(client, ServerMessage.RoomJoined.class).getFirst();
  }

  private static List<String> names(List<User> users) {
    return users.stream().map(User::name).toList();
  }

  private static String id(RuntimeHarness.Client client) {
    return Objects.requireNonNull(client.session.seat()).userId().toString();
  }

  private static void leave(RuntimeHarness.Client client) {
    client.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
  }

  @Test
  void PS1_in_a_small_room_each_member_change_is_broadcast() {
    for (int i = 1; i < EACH_MAX; i++) {
      enter(i % 2 == 0);
    }

    assertThat(ann.takeEvents())
        .filteredOn(name -> name.startsWith("user") || name.equals("presence"))
        .containsExactly("user-joined", "user-joined", "user-joined");
    assertThat(welcome(others.getLast()).room().userCount()).isNull();
  }

  @Test
  void PS2_first_change_is_broadcast_at_once_and_the_rest_together() {
    fill(EACH_MAX);

    enter(true);
    assertThat(names(presenceOf(ann).joined())).containsExactly("guest 3");
    ann.takeEvents();
    enter(true);
    enter(false);
    assertThat(ann.takeEvents()).isEmpty();
    harness.time.advance(INTERVAL_MS);

    assertThat(names(presenceOf(ann).joined())).containsExactly("guest 4", "guest 5");
    assertThat(presenceOf(ann).count()).isEqualTo(7);
    assertThat(presenceOf(ann).more()).isFalse();
  }

  @Test
  void PS2_presence_has_the_latest_state_of_each_member() {
    fill(8);
    harness.time.advance(INTERVAL_MS);
    RuntimeHarness.Client brief = enter(true);
    forgetAll();
    leave(brief);
    String lost = id(others.get(1));
    others.get(1).lose();
    String back = id(others.get(2));
    String token = Objects.requireNonNull(others.get(2).session.seat()).token();
    others.get(2).lose();
    leave(others.get(3));
    server.client(true).join("guest 2", token);
    harness.time.advance(INTERVAL_MS);

    ServerMessage.Presence presence = presenceOf(ann);
    assertThat(presence.joined()).isEmpty();
    assertThat(presence.left()).hasSize(2);
    assertThat(presence.away()).containsExactly(lost);
    assertThat(presence.returned()).containsExactly(back);
  }

  @Test
  void PS2_lists_are_bounded_and_marked_when_there_is_more() {
    fill(EACH_MAX + 1);
    for (int i = 0; i <= LISTED_MAX; i++) {
      enter(true);
    }
    harness.time.advance(INTERVAL_MS);

    List<ServerMessage.Presence> all = received(ann, ServerMessage.Presence.class);
    assertThat(all.getLast().joined()).hasSizeLessThanOrEqualTo(LISTED_MAX);
    assertThat(all.getLast().count()).isEqualTo(EACH_MAX + 2 + LISTED_MAX);

    forgetAll();
    for (int i = 0; i <= LISTED_MAX; i++) {
      leave(others.removeLast());
    }
    enter(true);
    harness.time.advance(INTERVAL_MS);
    assertThat(presenceOf(ann).left()).hasSize(LISTED_MAX);
    assertThat(presenceOf(ann).more()).isTrue();
  }

  @Test
  void PS2_new_host_is_broadcast_at_once() {
    fill(EACH_MAX + 2);
    ann.request(
        ClientEvent.PROMOTE_HOST,
        MemberRequests.promote(
            RuntimeHarness.ROOM, new UserId(UUID.fromString(id(others.getFirst())))));

    assertThat(others.getLast().takeEvents()).containsExactly("user-promoted");
  }

  @Test
  void PS3_room_that_is_small_again_is_broadcast_whole_and_not_at_once() {
    fill(EACH_MAX + 2);
    leave(others.removeLast());
    leave(others.removeLast());
    harness.time.advance(INTERVAL_MS);
    assertThat(received(ann, ServerMessage.PresenceSnapshot.class)).isEmpty();
    leave(others.removeLast());

    ServerMessage.PresenceSnapshot all =
        received(ann, ServerMessage.PresenceSnapshot.class).getFirst();
    assertThat(all.big()).isFalse();
    assertThat(names(all.users())).containsExactlyElementsOf(harness.names());
    forgetAll();
    enter(true);
    assertThat(ann.takeEvents()).containsExactly("user-joined");
  }

  @Test
  void PS4_room_is_small_again_by_no_change_that_hosts_have_received() {
    fill(EACH_MAX + 1);
    RuntimeHarness.Client removed = others.removeLast();
    leave(others.removeLast());
    harness.time.advance(INTERVAL_MS);
    forgetAll();
    var target = new UserId(UUID.fromString(id(removed)));
    ann.request(
        ClientEvent.REMOVE_MEMBER,
        new ClientRequest.RemoveMember(RuntimeHarness.ROOM, target, true, null));

    assertThat(harness.room().members().size()).isEqualTo(EACH_MAX - 1);
    assertThat(received(ann, ServerMessage.BansChanged.class)).hasSize(1);
    assertThat(received(ann, ServerMessage.PresenceSnapshot.class)).isEmpty();
    leave(others.removeLast());
    assertThat(received(ann, ServerMessage.PresenceSnapshot.class)).hasSize(1);
  }

  @Test
  void PS3_base_clients_get_base_events_when_the_room_is_small_again() {
    RuntimeHarness.Client early = enter(false);
    fill(8);
    RuntimeHarness.Client late = enter(false);
    assertThat(names(welcome(late).room().users()))
        .containsExactly("Ann", "guest 0", "guest 6", "guest 7");
    forgetAll();
    others.subList(1, 7).forEach(LargeRoomPresenceTest::leave);

    assertThat(harness.names()).containsExactly("Ann", "guest 0", "guest 7");
    // Four were in the room when it became big; of those who came later nobody was presence.
    assertThat(received(early, ServerMessage.SeatChange.class)).hasSize(2);
    assertThat(received(early, ServerMessage.UserJoined.class))
        .extracting(joined -> joined.user().name())
        .containsExactly("guest 7");
    assertThat(received(late, ServerMessage.SeatChange.class)).hasSize(1);
    assertThat(received(late, ServerMessage.UserJoined.class)).isEmpty();
  }

  @Test
  void PS4_events_after_changes_that_were_not_broadcast_have_since() {
    fill(EACH_MAX + 2);
    long before = harness.room().seq();
    enter(true);
    ann.takeEvents();
    harness.time.advance(INTERVAL_MS);
    assertThat(presenceOf(ann).since()).isEqualTo(before);
    assertThat(presenceOf(ann).seq()).isEqualTo(before + 1);
    ann.takeEvents();

    enter(true);
    ann.play(10);
    assertThat(received(others.getFirst(), ServerMessage.VideoSet.class).getFirst().since())
        .isEqualTo(before + 1);
    assertThat(received(others.getFirst(), ServerMessage.TimelineState.class).getFirst().since())
        .isEqualTo(before + 1);
    assertThat(received(others.getFirst(), ServerMessage.PlaybackControl.class).getFirst().since())
        .isNull();
  }

  @Test
  void PS4_clock_answer_has_the_broadcast_position() {
    fill(EACH_MAX + 2);
    long before = harness.room().seq();
    enter(true);
    harness.time.advance(INTERVAL_MS);
    enter(true);

    assertThat(harness.room().seq()).isEqualTo(before + 2);
    var reading =
        (ServerReply.ClockReading)
            ann.request(ClientEvent.CLOCK, new ClientRequest.ReadClock(1, null));
    assertThat(reading.seq()).isEqualTo(before + 1);
  }

  @Test
  void PS4_resume_gives_the_members_after_the_events() {
    fill(EACH_MAX + 2);
    long seq = harness.room().seq();
    long epoch = harness.room().epoch();
    enter(true);
    ann.chat("hello");

    var reply =
        (ServerReply.Replayed)
            ann.request(
                ClientEvent.RESUME, new ClientRequest.Resume(RuntimeHarness.ROOM, epoch, seq));
    assertThat(reply.events())
        .extracting(ServerReply.MissedEvent::name)
        .containsExactly("new-message", "presence");
    assertThat(reply.seq()).isEqualTo(harness.room().seq());
  }

  @Test
  void PS5_joiner_of_a_big_room_is_shown_itself_the_hosts_the_longest_and_the_latest() {
    fill(30);
    RuntimeHarness.Client late = enter(true);

    assertThat(names(welcome(late).room().users()))
        .containsExactly("Ann", "guest 0", "guest 28", "guest 29");
    assertThat(welcome(late).room().userCount()).isEqualTo(31);
  }

  @Test
  void PS6_members_are_returned_in_pages() {
    fill(250);
    var all = new ArrayList<String>();
    UserId after = null;
    for (int page = 0; page < 3; page++) {
      ServerReply.MemberPage answer = people(after, null);
      assertThat(answer.count()).isEqualTo(250);
      List<User> users = answer.users();
      all.addAll(names(users));
      after = new UserId(UUID.fromString(users.getLast().id()));
    }
    assertThat(all).containsExactlyElementsOf(harness.names());
    assertThat(people(after, null).users()).isEmpty();
  }

  @Test
  void PS6_members_are_found_by_a_part_of_their_names() {
    fill(30);
    ServerReply.MemberPage answer = people(null, "UEST 1");
    assertThat(answer.count()).isEqualTo(11);
    assertThat(names(answer.users())).startsWith("guest 1", "guest 10").hasSize(11);
    UserId nobody = new UserId(new UUID(1, 1));
    assertThat(people(nobody, "uest 1").users()).hasSize(11);
  }

  private ServerReply.MemberPage people(@Nullable UserId after, @Nullable String query) {
    return (ServerReply.MemberPage)
        ann.request(
            ClientEvent.GET_PEOPLE, new ClientRequest.GetPeople(RuntimeHarness.ROOM, after, query));
  }

  /** Returns the events of n members who join one after the other. */
  private record Cost(long messages, long bytes) {}

  private static Cost joins(int people) {
    var harness =
        new RuntimeHarness(RuntimeHarness.LIMITS.withSizes(5_000, 5).withPresenceEach(20));
    RuntimeHarness.Instance server = harness.new Instance();
    server.client(true).create("Ann");
    for (int i = 1; i < people; i++) {
      server.client(true).join("guest " + i);
      harness.time.advance(1);
    }
    harness.time.advance(10_000);
    var sizes = new IdentityHashMap<Object, Integer>();
    long messages = 0;
    long bytes = 0;
    for (RuntimeHarness.Client client : server.clients) {
      for (RuntimeHarness.Client.Received received : client.received) {
        messages++;
        bytes += sizes.computeIfAbsent(received.payload(), LargeRoomPresenceTest::size);
      }
    }
    return new Cost(messages, bytes);
  }

  private static int size(Object payload) {
    return JsonMapper.shared().writeValueAsBytes(payload).length;
  }

  @Test
  void PS2_twice_as_many_joins_cost_about_twice_as_much() {
    Cost some = joins(400);
    Cost many = joins(800);

    assertThat(some.messages()).isGreaterThan(400);
    assertThat((double) many.messages() / some.messages()).isBetween(1.8, 2.4);
    assertThat((double) many.bytes() / some.bytes()).isBetween(1.8, 2.4);
  }
}
