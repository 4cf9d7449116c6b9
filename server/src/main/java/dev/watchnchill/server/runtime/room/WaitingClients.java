package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.KnockOutcome;
import dev.watchnchill.party.entry.Knock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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

  // Several sockets of one browser have one knock, such as a lost connection and the next one.
  // Made when it is needed, because most rooms never ask for approval.
  private Map<UUID, List<Client>> byKnock = Collections.emptyMap();

  /** Adds a socket that waits. */
  public void add(UUID knock, Client client) {
    if (byKnock.isEmpty()) {
      byKnock = new HashMap<>(2);
    }
    byKnock.computeIfAbsent(knock, _ -> new ArrayList<>(1)).addFirst(client);
  }

  /** Removes a socket, which may have received its answer already. */
  public void remove(UUID knock, Client client) {
    List<Client> clients = byKnock.get(knock);
    if (clients != null && clients.remove(client) && clients.isEmpty()) {
      byKnock.remove(knock);
    }
  }

  boolean isEmpty() {
    return byKnock.isEmpty();
  }

  /** Follows an event of the room. */
  void follow(RoomEvent event) {
    if (event instanceof RoomEvent.KnockClosed closed) {
      List<Client> clients = byKnock.remove(closed.knock());
      if (clients != null) { // the last one first: an acceptance is for one join
        clients.forEach(client -> end(client, closed.outcome()));
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
    for (Map.Entry<UUID, List<Client>> each : Map.copyOf(byKnock).entrySet()) {
      Knock knock = find(now, each.getKey());
      if (knock == null || knock.accepted()) {
        byKnock.remove(each.getKey());
        each.getValue().forEach(Client::tryAgain);
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
    List<List<Client>> all = List.copyOf(byKnock.values());
    byKnock.clear();
    all.forEach(clients -> clients.forEach(client -> client.refused("ended")));
  }
}
