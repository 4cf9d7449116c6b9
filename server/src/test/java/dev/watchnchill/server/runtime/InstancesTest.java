package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases that the simulation has found, and the rules of several instances, one by one. */
final class InstancesTest {
  private final SimWorld world = new SimWorld(1);
  private final SimServer one = world.newServer();
  private final SimServer two = world.newServer();
  private final SimClient ann = new SimClient("ann", one, true, world);
  private final SimClient bob = new SimClient("bob", two, true, world);
  private RoomId room = new RoomId("ROOM01");

  @BeforeEach
  void bothIn() {
    world.close();
    assertThat(create(ann, "Ann")).matches(ServerReply::ok);
    room = view(ann).roomId;
    assertThat(join(bob, "Bob", null)).matches(ServerReply::ok);
    world.time.advance(100);
  }

  @AfterEach
  void assertNoInvalidEvents() {
    assertThat(world.failures).isEmpty();
  }

  private static SimView view(SimClient client) {
    return Objects.requireNonNull(client.view);
  }

  private Room stored() {
    return Objects.requireNonNull(world.store.load(room));
  }

  private List<String> names() {
    return stored().members().list().stream().map(member -> member.name().value()).toList();
  }

  /** Returns what the server answers, sooner or later. */
  private ServerReply say(SimClient client, ClientEvent event, ClientRequest message) {
    var answers = new ArrayList<ServerReply>();
    client.say(event, message, answers::add);
    while (answers.isEmpty()) {
      world.time.advance(1);
    }
    return answers.getFirst();
  }

  private ServerReply create(SimClient client, String name) {
    return say(
        client, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(new DisplayName(name)));
  }

  private ServerReply join(SimClient client, String name, @Nullable String token) {
    return say(
        client,
        ClientEvent.JOIN_ROOM,
        new ClientRequest.JoinRoom(room, new DisplayName(name), null, token));
  }

  private ServerReply chat(SimClient client, String text) {
    return say(client, ClientEvent.SEND_MESSAGE, SimWorld.message(room, text, world.ids.uuid()));
  }

  @Test
  void RS6_command_from_a_seat_that_another_instance_has_is_not_applied() {
    one.link.deafen();
    join(new SimClient("tab", two, true, world), "Ann", ann.token);
    assertThat(chat(ann, "from the old page")).isInstanceOf(ServerReply.Failed.class);
    assertThat(stored().chat().messages()).isEmpty();
  }

  @Test
  void IN2_seat_that_is_taken_on_another_server_is_replaced_here() {
    var tab = new SimClient("tab", two, true, world);
    join(tab, "Ann", ann.token);
    world.time.advance(100);
    assertThat(ann.replaced).isTrue();
    assertThat(ann.session.seat()).isNull();
    assertThat(names()).containsExactly("Ann", "Bob");
    assertThat(stored().members().list()).allMatch(m -> m.presentOn(two.instances.self()));
  }

  @Test
  void IN2_late_loss_of_the_old_socket_does_not_touch_the_new_seat() {
    one.pause();
    ann.lose(0);
    var tab = new SimClient("tab", two, true, world);
    join(tab, "Ann", ann.token);
    long seq = stored().seq();
    world.time.advance(500);
    one.goOn();
    world.time.advance(500);
    assertThat(stored().seq()).isEqualTo(seq);
    assertThat(stored().members().list()).noneMatch(Member::away);
  }

  @Test
  void IN3_members_of_a_dead_instance_are_away_and_leave_after_the_grace() {
    one.die();
    world.time.advance(SimLeases.LEASE_MS + 2_000);
    assertThat(view(bob).away).containsExactly(view(ann).me);
    world.time.advance(SimWorld.LIMITS.reconnectGraceMs());
    assertThat(names()).containsExactly("Bob");
    assertThat(view(bob).names).hasSize(1);
  }

  @Test
  void IN4_member_who_was_removed_while_its_instance_was_paused_is_present_again() {
    one.pause();
    world.time.advance(15_000);
    assertThat(names()).containsExactly("Bob");
    one.goOn();
    world.time.advance(5_000);
    assertThat(names()).containsExactly("Bob", "Ann");
    assertThat(view(ann).names).containsOnlyKeys(view(bob).me, view(ann).me);
    assertThat(view(ann).away).isEmpty();
    assertThat(view(ann).seq).isEqualTo(stored().seq());
  }

  @Test
  void IN4_member_who_was_wrongly_marked_away_receives_all_messages_sent_meanwhile() {
    one.link.cut();
    world.time.advance(SimLeases.LEASE_MS + 2_000);
    assertThat(view(bob).away).containsExactly(view(ann).me);
    var said = new ArrayList<String>();
    for (int i = 0; i < 2 * SimWorld.LIMITS.chatHistory(); i++) {
      said.add("while you were away " + i);
      chat(bob, said.getLast());
    }
    one.link.mend();
    world.time.advance(5_000);
    assertThat(view(bob).away).isEmpty();
    assertThat(view(ann).received).containsExactlyElementsOf(said);
    assertThat(view(ann).seq).isEqualTo(stored().seq());
  }

  @Test
  void IN5_change_whose_publication_was_lost_is_fetched() {
    two.link.deafen();
    chat(ann, "hello");
    assertThat(view(bob).chat).isEmpty();
    two.link.mend();
    world.time.advance(100);
    assertThat(view(bob).chat).containsExactly("hello");
  }

  @Test
  void IN6_commands_are_rejected_at_once_during_an_outage() {
    one.link.cut();
    assertThat(chat(ann, "hello"))
        .isInstanceOfSatisfying(
            ServerReply.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    one.link.mend();
    world.time.advance(SimLink.SETTLE_MS + 100);
    assertThat(chat(ann, "again")).matches(ServerReply::ok);
    world.time.advance(100);
    assertThat(view(bob).chat).containsExactly("again");
  }

  @Test
  void IN8_lost_room_is_put_back_from_the_newest_copy_under_a_new_epoch() {
    two.link.deafen();
    chat(ann, "only one has this");
    long epoch = stored().epoch();
    loseAll();
    world.time.advance(5_000);
    assertThat(stored().epoch()).isGreaterThan(epoch);
    assertThat(view(ann).chat).containsExactly("only one has this");
    assertThat(view(bob).chat).containsExactly("only one has this");
    assertThat(view(bob).epoch).isEqualTo(stored().epoch());
    assertThat(stored().members().list()).noneMatch(Member::away);
  }

  @Test
  void IN8_member_who_left_before_the_store_lost_it_does_not_come_back() {
    two.link.deafen();
    say(ann, ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(room));
    ann.view = null;
    assertThat(one.service.liveRooms()).as("two looks after the room").isZero();
    loseAll();
    world.time.advance(10_000);
    assertThat(names()).containsExactly("Bob");
  }

  private void loseAll() {
    world.store.loseEverything();
    world.leases.loseEverything();
    for (SimServer server : List.of(one, two)) {
      server.link.cut();
      server.link.mend();
    }
  }

  @Test
  void AK1_join_whose_answer_was_lost_leaves_no_second_member_in_a_resumed_seat() {
    bob.lose(0);
    world.time.advance(100);
    var tab = new SimClient("tab", two, true, world);
    two.link.lostAnswers = 100;
    assertThat(join(tab, "Bob", bob.token)).isInstanceOf(ServerReply.Failed.class);
    two.link.mend();
    world.time.advance(10_000);
    assertThat(names()).containsExactly("Ann");
  }

  @Test
  void AK1_room_whose_creation_went_unanswered_ends() {
    var tab = new SimClient("tab", two, true, world);
    two.link.lostAnswers = 100;
    assertThat(create(tab, "Cleo")).isInstanceOf(ServerReply.Failed.class);
    two.link.mend();
    world.time.advance(2_000 + SimWorld.LIMITS.emptyRoomGraceMs());
    assertThat(world.store.active()).containsExactly(room);
  }

  @Test
  void LF1_nothing_is_left_when_all_members_have_left() {
    ann.lose(0);
    bob.lose(0);
    world.time.advance(30_000);
    new SimChecks(world).over();
  }
}
