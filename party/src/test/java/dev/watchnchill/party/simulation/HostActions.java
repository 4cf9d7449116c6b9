package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomSettings.Change;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.party.simulation.ScenarioContext.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings, demotions, removals and mutes by the hosts, with checks of their results. */
final class HostActions {
  private final ScenarioContext context;
  private final SimulatedRoom room;
  private final List<SimulatedUser> users;
  private boolean controlIsShared;

  HostActions(ScenarioContext context, SimulatedRoom room, List<SimulatedUser> users) {
    this.context = context;
    this.room = room;
    this.users = users;
  }

  /** Returns whether every member may control the film (rule RT4). */
  boolean controlIsShared() {
    return controlIsShared;
  }

  void act(SimulatedUser user) {
    switch (context.random.nextInt(4)) {
      case 0 -> shareControl(user);
      case 1 -> demote(user);
      case 2 -> remove(user);
      default -> mute(user);
    }
  }

  private void shareControl(SimulatedUser user) {
    Who who = controlIsShared ? Who.HOSTS : Who.EVERYONE;
    var change = new Change(null, false, who, null, null, null, null, null, null);
    Decision set = room.act(new RoomCommand.SetSettings(user.id(), change));
    assertThat(set.rejection()).isEqualTo(room.isHost(user) ? null : Rejection.NOT_HOST);
    if (set.rejection() == null) {
      controlIsShared = !controlIsShared;
      context.record(Situation.SHARED_CONTROL, user);
    }
  }

  private void demote(SimulatedUser user) {
    List<SimulatedUser> hosts =
        users.stream().filter(one -> one != user && one.present() && room.isHost(one)).toList();
    if (hosts.isEmpty()) {
      return;
    }
    SimulatedUser target = hosts.get(context.random.nextInt(hosts.size()));
    boolean owner = room.isOwner(user);
    Decision demoted = room.act(new RoomCommand.Demote(user.id(), target.id()));
    assertThat(demoted.rejection()).isEqualTo(owner ? null : Rejection.NOT_OWNER);
    assertThat(room.isHost(target)).isEqualTo(!owner);
    if (owner) {
      context.record(Situation.DEMOTED, target);
    }
  }

  private void remove(SimulatedUser user) {
    SimulatedUser target = presentGuest(user);
    if (target == null) {
      return;
    }
    boolean host = room.isHost(user);
    Decision removed = room.act(new RoomCommand.RemoveMember(user.id(), target.id(), null, null));
    assertThat(removed.rejection()).isEqualTo(host ? null : Rejection.NOT_HOST);
    if (host) {
      assertThat(room.state().members().find(target.id())).isNull();
      target.lostSeat();
      context.record(Situation.REMOVED, target);
    }
  }

  private void mute(SimulatedUser user) {
    SimulatedUser target = presentGuest(user);
    if (target == null || !room.isHost(user)) {
      return;
    }
    boolean muted = !target.muted;
    Decision done = room.act(new RoomCommand.MuteMember(user.id(), target.id(), muted));
    assertThat(done.rejection()).isNull();
    target.muted = muted;
    context.record(Situation.MUTED, target);
  }

  void undo(SimulatedUser user) {
    Jump jump = room.state().jump();
    boolean may = room.isHost(user) || controlIsShared;
    boolean possible = jump != null && room.now() <= jump.undoUntilMs();
    Decision undone = room.act(new RoomCommand.UndoSeek(user.id(), user.extended));
    assertThat(undone.rejection())
        .isEqualTo(!may ? Rejection.NOT_HOST : possible ? null : Rejection.NOTHING_TO_UNDO);
    if (undone.rejection() == null) {
      context.record(Situation.UNDID_A_JUMP, user);
    }
  }

  private @Nullable SimulatedUser presentGuest(SimulatedUser except) {
    List<SimulatedUser> guests =
        users.stream().filter(one -> one != except && one.present() && room.isGuest(one)).toList();
    return guests.isEmpty() ? null : guests.get(context.random.nextInt(guests.size()));
  }
}
