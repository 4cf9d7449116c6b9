package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A host whose instance was taken for dead, in a large room. */
final class PutBackHostTest {
  private final SimulatedCluster cluster =
      SimulatedCluster.shared(
          Choices.seeded(1), SharedStoreSimulationTest.LIMITS.withPresenceEach(1));
  private final SimulatedInstance one = cluster.addInstance();
  private final SimulatedInstance two = cluster.addInstance();

  private SimulatedClient client(String id, SimulatedInstance instance) {
    return new SimulatedClient(id, instance, SimulatedClient.Kind.EXTENDED, cluster);
  }

  private void request(SimulatedClient client, ClientEvent event, ClientRequest request) {
    client.request(event, request, _ -> {});
    cluster.time.advance(100);
  }

  private static ClientView view(SimulatedClient client) {
    return Objects.requireNonNull(client.view);
  }

  @Test
  void EN13_host_who_is_put_back_receives_what_hosts_were_sent_meanwhile() {
    SimulatedClient ann = client("ann", one);
    SimulatedClient bob = client("bob", two);
    request(ann, ClientEvent.CREATE_ROOM, new ClientRequest.CreateRoom(new DisplayName("Ann")));
    var room = view(ann).roomId;
    request(
        bob,
        ClientEvent.JOIN_ROOM,
        new ClientRequest.JoinRoom(room, new DisplayName("Bob"), null, null));
    one.pause();
    cluster.time.advance(15_000);
    request(bob, ClientEvent.CREATE_INVITE, new ClientRequest.CreateInvite(room, null, null));
    one.unpause();
    cluster.time.advance(5_000);
    Room stored = Objects.requireNonNull(cluster.stored(room));
    assertThat(stored.entry().invitations()).hasSize(1);
    assertThat(view(ann).hosts).contains(view(ann).me);
    ann.lists.check(view(ann), stored);
    bob.lists.check(view(bob), stored);
    assertThat(cluster.failures).isEmpty();
  }
}
