package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients at the door of a room whose store has an outage just when a host lets them in. */
final class KnockOutageTest {
  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client host = server.client(true);
  private final RuntimeHarness.Client guest = server.client(true);

  @BeforeEach
  void guestIsAcceptedAtTheStartOfAnOutage() {
    host.request(
        ClientEvent.CREATE_ROOM,
        new ClientRequest.CreateRoom(
            new DisplayName("Ann"), RoomSettings.Change.entry(EntryMode.APPROVAL), null));
    var waiting = (ServerReply.Failed) guest.join("Bob");
    UUID knock = UUID.fromString(String.valueOf(waiting.knockId()));
    server.store.follow(() ->
        server.store.fail(
            new StoreUnavailableException("away", new IllegalStateException("no line")),
            FaultyStore.Call.values()));
    assertThat(
            host.request(
                ClientEvent.ANSWER_KNOCK,
                new ClientRequest.Command(
                    RuntimeHarness.ROOM,
                    (actor, _, _) -> new RoomCommand.AnswerKnock(actor, knock, true))))
        .matches(ServerReply::ok);
  }

  @Test
  void EN4_accepted_client_comes_in_when_the_outage_is_over() {
    harness.time.advance(10_000);
    assertThat(guest.takeEvents()).doesNotContain("entry-refused", "room-error");
    assertThat(harness.names()).containsExactly("Ann");
    server.store.heal();
    harness.time.advance(2 * KnockHandler.RETRY_MS);
    assertThat(guest.takeEvents()).contains("room-joined");
    assertThat(harness.names()).containsExactly("Ann", "Bob");
  }

  @Test
  void EN4_accepted_client_that_leaves_during_the_outage_does_not_come_in() {
    harness.time.advance(10_000);
    guest.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
    server.store.heal();
    harness.time.advance(10_000);
    assertThat(guest.takeEvents()).doesNotContain("room-joined");
    assertThat(harness.names()).containsExactly("Ann");
  }

  @Test
  void EN4_accepted_client_that_loses_its_connection_in_the_outage_does_not_come_in_alone() {
    harness.time.advance(1_000);
    guest.lose();
    server.store.heal();
    harness.time.advance(10_000);
    assertThat(harness.names()).containsExactly("Ann");
  }
}
