package dev.watchnchill.server.runtime.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.KnockOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class WaitingClientsTest {
  private static final UUID KNOCK = new UUID(0, 1);

  private final WaitingClients waiting = new WaitingClients();
  private final List<String> received = new ArrayList<>();

  private WaitingClients.Client client(String name) {
    return new WaitingClients.Client() {
      @Override
      public void tryAgain() {
        received.add(name + " tries again");
      }

      @Override
      public void refused(String reason) {
        received.add(name + " " + reason);
      }
    };
  }

  private void close(KnockOutcome outcome) {
    waiting.follow(new RoomEvent.KnockClosed(7, KNOCK, outcome, null));
  }

  @Test
  void EN4_socket_whose_browser_has_lost_another_one_at_the_door_is_let_in() {
    var lost = client("lost");
    waiting.add(KNOCK, client("here"));
    waiting.add(KNOCK, lost); // what it had sent came late
    waiting.remove(KNOCK, lost);
    assertThat(waiting.isEmpty()).isFalse();
    close(KnockOutcome.ACCEPTED);
    assertThat(received).containsExactly("here tries again");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void EN4_all_sockets_of_a_knock_receive_its_end() {
    waiting.add(KNOCK, client("first"));
    waiting.add(KNOCK, client("second"));
    close(KnockOutcome.REFUSED);
    assertThat(received).containsExactly("second refused", "first refused");
    assertThat(waiting.isEmpty()).isTrue();
  }
}
