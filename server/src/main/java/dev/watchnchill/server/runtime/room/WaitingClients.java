package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.KnockOutcome;
import dev.watchnchill.party.entry.Knock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sockets on this instance that wait for a host to let them in (rule EN4). A knock without a
 * socket waits in the room alone, until its client comes back on any instance.
 */
public final class WaitingClients {
  /** A socket that waits. Its methods are called within the room's tasks and must not wait. */
  public interface Client {
    /** Receives that the knock is accepted, or needed no more: the client tries to join again. */
    void tryAgain();

    /** Receives that the wait ended without a seat. */
    void refused(String reason);
  }

  private final Map<UUID, Client> byKnock = new HashMap<>(2);

  /** Adds a socket that waits; another one of the same knock waits no more. */
  public void add(UUID knock, Client client) {
    byKnock.put(knock, client);
  }

  /** Removes a socket, which may have been replaced already. */
  public void remove(UUID knock, Client client) {
    byKnock.remove(knock, client);
  }

  boolean isEmpty() {
    return byKnock.isEmpty();
  }

  /** Follows an event of the room. */
  void follow(RoomEvent event) {
    if (event instanceof RoomEvent.KnockClosed closed) {
      Client client = byKnock.remove(closed.knock());
      if (client != null) {
        end(client, closed.outcome());
      }
    }
  }

  private static void end(Client client, KnockOutcome outcome) {
    switch (outcome) {
      case ACCEPTED, WITHDRAWN -> client.tryAgain();
      case REFUSED -> client.refused("refused");
      case EXPIRED -> client.refused("expired");
    }
  }

  /** Follows a state of the room that came without the events that led to it. */
  void resynced(Room now) {
    for (Map.Entry<UUID, Client> each : Map.copyOf(byKnock).entrySet()) {
      Knock knock = find(now, each.getKey());
      if (knock == null || knock.accepted()) {
        byKnock.remove(each.getKey());
        each.getValue().tryAgain();
      }
    }
  }

  private static @Nullable Knock find(Room room, UUID id) {
    for (Knock knock : room.entry().knocks()) {
      if (knock.id().equals(id)) {
        return knock;
      }
    }
    return null;
  }

  /** Ends all waits, because the room has ended. */
  void clear() {
    Map<UUID, Client> all = Map.copyOf(byKnock);
    byKnock.clear();
    all.values().forEach(client -> client.refused("ended"));
  }
}
