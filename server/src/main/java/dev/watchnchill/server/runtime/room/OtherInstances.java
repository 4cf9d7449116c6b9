package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.runtime.port.RoomContext;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The other instances that members of a live room are connected to. Members whose instance is dead,
 * or does not serve the room, are marked away (rule IN3): nobody else would do so.
 *
 * <p>A living instance that does not serve a room has members in it when the store has lost their
 * departure. Only called within the actor's tasks.
 */
final class OtherInstances {
  private final RoomActor room;
  private final RoomContext context;
  // Whether the store may have lost changes since the others were last asked.
  private boolean unsure = true;

  OtherInstances(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Returns the other instances that present members are connected to. */
  Set<InstanceId> of(Room known) {
    var others = new HashSet<InstanceId>();
    for (Member member : known.members().list()) {
      if (!member.away() && member.instance() != null) {
        others.add(member.instance());
      }
    }
    others.remove(context.instances().self());
    return others;
  }

  /** Records that the room is new, so that nothing of it was lost. */
  void created() {
    unsure = false;
  }

  /** Records an outage: the store may have lost changes in it. */
  void outageBegan() {
    unsure = true;
  }

  /** Returns whether other instances are still to be asked whether they serve the room. */
  boolean mustAsk() {
    Room known = room.cachedState();
    return unsure && known != null && context.instances().shared() && !of(known).isEmpty();
  }

  /** Returns whether members are connected to another instance, which then keeps the room. */
  boolean keepGoing(Room now) {
    if (!context.instances().shared()) {
      return false;
    }
    Set<InstanceId> others = of(now);
    return !others.isEmpty() && !context.instances().dead(others).containsAll(others);
  }

  /** Marks members away whose instance has died, or does not serve the room. */
  void check() {
    Room known = room.cachedState();
    if (known == null || !context.instances().shared()) {
      return;
    }
    Set<InstanceId> others = of(known);
    Set<InstanceId> dead = others.isEmpty() ? Set.of() : context.instances().dead(others);
    markAway(dead);
    if (unsure) {
      others.removeAll(dead);
      CompletableFuture<@Nullable Set<InstanceId>> asked =
          context.instances().absent(room.id(), others);
      var _ = asked.whenComplete((absent, _) -> room.enqueue(() -> answered(absent)));
    }
  }

  /**
   * @param absent the instances that do not serve the room, or null when that is not known yet
   */
  private void answered(@Nullable Set<InstanceId> absent) {
    if (absent != null) {
      unsure = false;
      markAway(absent);
      room.retireIfUnused();
    }
  }

  private void markAway(Set<InstanceId> instances) {
    if (!instances.isEmpty()) {
      room.applyLater(new RoomCommand.MarkInstancesDead(instances, context.clock().nowMs()));
    }
  }
}
