package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.wire.BanEntry;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.InviteEntry;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bans and invitations of a room as a host's client shows them: fetched once, and again when
 * the room says that they have changed (rules EN6, EN10, EN13).
 */
final class HostLists {
  private static final long RETRY_MS = 500;

  private final SimulatedClient client;
  private final SimulatedCluster cluster;
  private @Nullable ClientView of;
  private @Nullable List<BanEntry> bans;
  private @Nullable List<InviteEntry> invitations;

  HostLists(SimulatedClient client, SimulatedCluster cluster) {
    this.client = client;
    this.cluster = cluster;
  }

  private static boolean hostsOnly(ServerMessage message) {
    return message instanceof ServerMessage.KnockReceived
        || message instanceof ServerMessage.KnockClosed
        || message instanceof ServerMessage.Knocks
        || message instanceof ServerMessage.InvitesChanged
        || message instanceof ServerMessage.BansChanged
        || message instanceof ServerMessage.HostTokenIssued;
  }

  /** Begins with a whole state, in which only a host finds who waits. */
  void begun(ClientView view, RoomState room) {
    assertThat(room.knocks() != null)
        .as("%s is sent who waits", client.id())
        .isEqualTo(view.hosts.contains(view.me));
    of = view;
    bans = null;
    invitations = null;
    fetch(view);
  }

  /**
   * Follows a message that the client has applied to its view, and checks whether it may have it.
   */
  void applied(ClientView view, ServerMessage message) {
    if (hostsOnly(message) && client.extended()) {
      assertThat(view.hosts)
          .as("the hosts, when %s receives %s", client.id(), message)
          .contains(view.me);
    }
    if (message instanceof ServerMessage.BansChanged) {
      fetchBans(view);
    } else if (message instanceof ServerMessage.InvitesChanged) {
      fetchInvitations(view);
    } else if (message instanceof ServerMessage.UserPromoted promoted
        && promoted.userId().equals(view.me)) {
      fetch(view);
    }
  }

  private void fetch(ClientView view) {
    fetchBans(view);
    fetchInvitations(view);
  }

  private boolean wanted(ClientView view) {
    return client.connected && client.view == view && view.hosts.contains(view.me);
  }

  private void fetchBans(ClientView view) {
    if (wanted(view)) {
      client.request(
          ClientEvent.GET_BANS,
          new ClientRequest.GetBans(view.roomId),
          reply -> {
            if (reply instanceof ServerReply.BanList list) {
              bans = list.bans();
            } else {
              bans = null;
              cluster.time.after(RETRY_MS, () -> fetchBans(view));
            }
          });
    }
  }

  private void fetchInvitations(ClientView view) {
    if (wanted(view)) {
      client.request(
          ClientEvent.GET_INVITES,
          new ClientRequest.GetInvites(view.roomId),
          reply -> {
            if (reply instanceof ServerReply.InviteList list) {
              invitations = list.invites();
            } else {
              invitations = null;
              cluster.time.after(RETRY_MS, () -> fetchInvitations(view));
            }
          });
    }
  }

  /** Checks the lists of a host against the stored room. */
  void check(ClientView view, Room room) {
    assertThat(of).as("%s: the view of its lists", client.id()).isSameAs(view);
    long nowMs = cluster.time.nowMs();
    assertThat(bans).as("%s: its list of bans", client.id()).isNotNull();
    assertThat(bans)
        .as("%s: bans", client.id())
        .filteredOn(ban -> ban.until() == null || ban.until() > nowMs)
        .isEqualTo(BanEntry.held(room, nowMs));
    assertThat(invitations).as("%s: its list of invitations", client.id()).isNotNull();
    assertThat(invitations)
        .as("%s: invitations", client.id())
        .filteredOn(one -> one.expiresAt() == null || one.expiresAt() > nowMs)
        .isEqualTo(InviteEntry.valid(room, nowMs));
  }
}
