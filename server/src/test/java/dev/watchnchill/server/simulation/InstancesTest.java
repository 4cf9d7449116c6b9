package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.MemberRequests;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases that the simulation has found, and the rules of several instances, one by one. */
final class InstancesTest {
  private final SimulatedCluster cluster =
      SimulatedCluster.shared(Choices.seeded(1), SharedStoreSimulationTest.LIMITS);
  private final SimulatedInstance one = cluster.addInstance();
  private final SimulatedInstance two = cluster.addInstance();
  private final SimulatedClient ann = client("ann", one);
  private final SimulatedClient bob = client("bob", two);
  private RoomId room = new RoomId("ROOM01");

  @BeforeEach
  void bothIn() {
    assertThat(create(ann, "Ann")).matches(ServerReply::ok);
    room = view(ann).roomId;
    assertThat(join(bob, "Bob", null)).matches(ServerReply::ok);
    cluster.time.advance(100);
  }

  @AfterEach
  void assertNoInvalidEvents() {
    assertThat(cluster.failures).isEmpty();
  }

  private SimulatedClient client(String id, SimulatedInstance instance) {
    return new SimulatedClient(id, instance, SimulatedClient.Kind.EXTENDED, cluster);
  }

  private static ClientView view(SimulatedClient client) {
    return Objects.requireNonNull(client.view);
  }

  private Room stored() {
    return Objects.requireNonNull(cluster.stored(room));
  }

  private List<String> names() {
    return stored().members().list().stream().map(member -> member.name().value()).toList();
  }

  /** Returns the answer of the instance, however late it comes. */
  private ServerReply request(SimulatedClient client, ClientEvent event, ClientRequest message) {
    var answers = new ArrayList<ServerReply>();
    client.request(event, message, answers::add);
    while (answers.isEmpty()) {
      cluster.time.advance(1);
    }
    return answers.getFirst();
  }

  private ServerReply create(SimulatedClient client, String name) {
    return request(
        client, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(new DisplayName(name)));
  }

  private ServerReply join(SimulatedClient client, String name, @Nullable String token) {
    return request(
        client,
        ClientEvent.JOIN_ROOM,
        new ClientRequest.JoinRoom(room, new DisplayName(name), null, token));
  }

  private ServerReply chat(SimulatedClient client, String text) {
    return request(
        client,
        ClientEvent.SEND_MESSAGE,
        new ClientRequest.SendMessage(room, text, cluster.ids.uuid()));
  }

  @Test
  void QU8_film_ends_once_although_two_instances_are_due_at_the_same_time() {
    List<ClientRequest.NewFilm> films =
        IntStream.range(0, 6)
            .mapToObj(n -> Media.parse("https://films.example/" + n + ".mp4").orElseThrow())
            .map(film -> new ClientRequest.NewFilm(film, null))
            .toList();
    request(
        ann,
        ClientEvent.QUEUE_ADD,
        new ClientRequest.QueueAdd(room, films, QueueCommand.Place.END));
    request(ann, ClientEvent.PLAY_VIDEO, MemberRequests.play(room, 0));
    for (int film = 1; film <= 5; film++) {
      assertThat(stored().timeline().item()).isEqualTo(film);
      request(ann, ClientEvent.REPORT_DURATION, MemberRequests.reportDuration(room, 2));
      cluster.time.advance(4_000);
      assertThat(stored().timeline().item()).isEqualTo(film + 1);
      assertThat(stored().queue().played()).hasSize(film);
      assertThat(view(ann).seq).isEqualTo(stored().seq());
      assertThat(view(bob).seq).isEqualTo(stored().seq());
      for (SimulatedClient client : List.of(ann, bob)) {
        request(client, ClientEvent.READY, MemberRequests.ready(room, stored().timeline().seq()));
      }
      cluster.time.advance(2_000);
    }
  }

  @Test
  void RS6_command_from_a_seat_that_another_instance_has_is_not_applied() {
    one.link.silence();
    join(client("tab", two), "Ann", ann.token);
    assertThat(chat(ann, "from the old page")).isInstanceOf(ServerReply.Failed.class);
    assertThat(stored().chat().messages()).isEmpty();
  }

  @Test
  void IN2_seat_that_is_taken_on_another_instance_is_replaced_here() {
    var tab = client("tab", two);
    join(tab, "Ann", ann.token);
    cluster.time.advance(100);
    assertThat(ann.replaced).isTrue();
    assertThat(ann.session.seat()).isNull();
    assertThat(names()).containsExactly("Ann", "Bob");
    assertThat(stored().members().list()).allMatch(m -> m.presentOn(two.instances.self()));
  }

  @Test
  void IN2_late_loss_of_the_old_socket_does_not_touch_the_new_seat() {
    one.pause();
    ann.disconnect(0);
    var tab = client("tab", two);
    join(tab, "Ann", ann.token);
    long seq = stored().seq();
    cluster.time.advance(500);
    one.unpause();
    cluster.time.advance(500);
    assertThat(stored().seq()).isEqualTo(seq);
    assertThat(stored().members().list()).noneMatch(Member::away);
  }

  @Test
  void IN3_members_of_a_dead_instance_are_away_and_leave_after_the_grace() {
    one.die();
    cluster.time.advance(SimulatedLeases.LEASE_MS + 2_000);
    assertThat(view(bob).away).containsExactly(view(ann).me);
    cluster.time.advance(SharedStoreSimulationTest.LIMITS.reconnectGraceMs());
    assertThat(names()).containsExactly("Bob");
    assertThat(view(bob).names).hasSize(1);
  }

  @Test
  void IN3_member_whose_departure_the_store_has_lost_is_away_and_leaves_after_the_grace() {
    one.link.silence();
    request(bob, ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room));
    assertThat(names()).containsExactly("Ann");
    assertThat(two.service.liveRooms()).isZero();
    cluster.sharedStore.loseLast(1);
    assertThat(names()).containsExactly("Ann", "Bob");
    one.link.cut();
    one.link.mend();
    cluster.time.advance(1_000);
    assertThat(view(ann).away).hasSize(1);
    cluster.time.advance(SharedStoreSimulationTest.LIMITS.reconnectGraceMs());
    assertThat(names()).containsExactly("Ann");
    assertThat(view(ann).names).hasSize(1);
  }

  @Test
  void IN4_member_who_was_removed_while_its_instance_was_paused_is_present_again() {
    one.pause();
    cluster.time.advance(15_000);
    assertThat(names()).containsExactly("Bob");
    one.unpause();
    cluster.time.advance(5_000);
    assertThat(names()).containsExactly("Bob", "Ann");
    assertThat(view(ann).names).containsOnlyKeys(view(bob).me, view(ann).me);
    assertThat(view(ann).away).isEmpty();
    assertThat(view(ann).seq).isEqualTo(stored().seq());
  }

  @Test
  void IN4_member_who_was_wrongly_marked_away_receives_all_messages_sent_meanwhile() {
    one.link.cut();
    cluster.time.advance(SimulatedLeases.LEASE_MS + 2_000);
    assertThat(view(bob).away).containsExactly(view(ann).me);
    var sent = new ArrayList<String>();
    for (int i = 0; i < 2 * SharedStoreSimulationTest.LIMITS.chatHistory(); i++) {
      sent.add("while you were away " + i);
      chat(bob, sent.getLast());
    }
    one.link.mend();
    cluster.time.advance(5_000);
    assertThat(view(bob).away).isEmpty();
    assertThat(view(ann).received).containsExactlyElementsOf(sent);
    assertThat(view(ann).seq).isEqualTo(stored().seq());
  }

  @Test
  void IN5_change_whose_publication_was_lost_is_fetched() {
    two.link.silence();
    chat(ann, "hello");
    assertThat(view(bob).texts()).isEmpty();
    two.link.mend();
    cluster.time.advance(100);
    assertThat(view(bob).texts()).containsExactly("hello");
  }

  @Test
  void IN6_commands_are_rejected_at_once_during_an_outage() {
    one.link.cut();
    assertThat(chat(ann, "hello"))
        .isInstanceOfSatisfying(
            ServerReply.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    one.link.mend();
    cluster.time.advance(StoreLink.SETTLE_MS + 100);
    assertThat(chat(ann, "again")).matches(ServerReply::ok);
    cluster.time.advance(100);
    assertThat(view(bob).texts()).containsExactly("again");
  }

  @Test
  void IN6_resumes_that_are_rejected_during_an_outage_add_no_timers() {
    one.pause();
    cluster.time.advance(15_000);
    one.link.lostCalls = 100;
    one.unpause();
    two.link.silence();
    one.link.mend();
    cluster.time.advance(100);
    one.link.cut();
    ClientView view = view(ann);
    for (int i = 0; i < 50; i++) {
      request(ann, ClientEvent.RESUME, new ClientRequest.Resume(view.roomId, view.epoch, view.seq));
    }
    new ConvergenceChecks(cluster).boundedTimers(one);
  }

  @Test
  void IN8_lost_room_is_put_back_from_the_newest_copy_under_a_new_epoch() {
    two.link.silence();
    chat(ann, "only one has this");
    long epoch = stored().epoch();
    loseAll();
    cluster.time.advance(5_000);
    assertThat(stored().epoch()).isGreaterThan(epoch);
    assertThat(view(ann).texts()).containsExactly("only one has this");
    assertThat(view(bob).texts()).containsExactly("only one has this");
    assertThat(view(bob).epoch).isEqualTo(stored().epoch());
    assertThat(stored().members().list()).noneMatch(Member::away);
  }

  @Test
  void IN8_member_who_left_before_the_store_lost_it_does_not_come_back() {
    two.link.silence();
    request(ann, ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room));
    ann.view = null;
    assertThat(one.service.liveRooms()).as("two looks after the room").isZero();
    loseAll();
    cluster.time.advance(10_000);
    assertThat(names()).containsExactly("Bob");
  }

  @Test
  void IN8_room_that_the_store_loses_twice_does_not_end_under_its_members() {
    for (int i = 0; i < 5; i++) { // until the answer to the restoration is one that comes late
      loseAll();
      one.link.delayMaxMs = 100;
      two.link.delayMaxMs = 100;
      while (cluster.stored(room) == null) {
        cluster.time.advance(1);
      }
      cluster.sharedStore.loseEverything();
      cluster.time.advance(10_000);
      assertThat(names()).containsExactly("Ann", "Bob");
      assertThat(view(ann).names).hasSize(2);
      assertThat(view(bob).names).hasSize(2);
    }
  }

  @Test
  void IN8_restored_room_ends_although_the_instance_that_restored_it_dies_at_once() {
    bob.disconnect(0);
    cluster.time.advance(SharedStoreSimulationTest.LIMITS.reconnectGraceMs());
    cluster.time.advance(
        SimulatedLeases.RENEW_MS - cluster.time.nowMs() % SimulatedLeases.RENEW_MS);
    cluster.time.advance(SimulatedLeases.RENEW_MS / 20);
    loseAll();
    while (cluster.stored(room) == null) {
      cluster.time.advance(1);
    }
    one.die();
    cluster.time.advance(30_000);
    assertThat(cluster.store().active().join()).isEmpty();
  }

  private void loseAll() {
    cluster.sharedStore.loseEverything();
    cluster.leases.loseEverything();
    for (SimulatedInstance instance : List.of(one, two)) {
      instance.link.cut();
      instance.link.mend();
    }
  }

  @Test
  void AK1_join_whose_answer_was_lost_leaves_no_second_member_in_a_resumed_seat() {
    bob.disconnect(0);
    cluster.time.advance(100);
    var tab = client("tab", two);
    two.link.lostAnswers = 100;
    assertThat(join(tab, "Bob", bob.token)).isInstanceOf(ServerReply.Failed.class);
    two.link.mend();
    cluster.time.advance(10_000);
    assertThat(names()).containsExactly("Ann");
  }

  @Test
  void LV2_client_that_is_gone_when_a_slow_store_lets_it_in_leaves_no_member() {
    ServerReply reply;
    int tries = 0;
    do { // until the answer to the commit is one of those that come late
      assertThat(tries++).isLessThan(10);
      var tab = client("tab " + tries, two);
      two.link.delayMaxMs = 20_000;
      reply = join(tab, "Cleo", null);
      two.link.delayMaxMs = 0;
      tab.disconnect(0);
      cluster.time.advance(20_000 + SharedStoreSimulationTest.LIMITS.reconnectGraceMs());
      assertThat(names()).containsExactly("Ann", "Bob");
    } while (reply.ok());
  }

  @Test
  void AK1_room_whose_creation_went_unanswered_ends() {
    var tab = client("tab", two);
    two.link.lostAnswers = 100;
    assertThat(create(tab, "Cleo")).isInstanceOf(ServerReply.Failed.class);
    two.link.mend();
    cluster.time.advance(2_000 + SharedStoreSimulationTest.LIMITS.emptyRoomGraceMs());
    assertThat(cluster.store().active().join()).containsExactly(room);
  }

  @Test
  void LF1_nothing_is_left_when_all_members_have_left() {
    ann.disconnect(0);
    bob.disconnect(0);
    cluster.time.advance(30_000);
    new ConvergenceChecks(cluster).nothingLeft();
  }
}
