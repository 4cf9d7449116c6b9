package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a live room keeps up with the store: hears what is committed elsewhere, finds what it has
 * missed, sits out an outage and puts back what the store has lost (rules IN5 to IN8).
 *
 * <p>Everything but what the store calls is done in the room's mailbox.
 */
final class StoreLink implements RoomStore.Subscriber {
  private static final Logger log = LoggerFactory.getLogger(StoreLink.class);

  /** How often a store that is away is asked, and one that looks for the newest copy. */
  private static final long PROBE_MS = 200;

  /** Publications are not acknowledged: a room that heard nothing asks all the same. */
  private static final long AUDIT_MS = 10_000;

  private final RoomActor room;
  private final RoomId id;
  private final RoomContext context;
  // What the store has published, in its order, until it is heard.
  private final Queue<Published> inbox = new ConcurrentLinkedQueue<>();
  private RoomStore.@Nullable Subscription subscription;
  private Scheduler.@Nullable Timer probe;
  private Scheduler.@Nullable Timer audit;
  private boolean away;
  private boolean willLook;
  // Whether the room was put back here, and may be older than what was lost.
  private boolean unsure;

  StoreLink(RoomActor room, RoomContext context) {
    this.room = room;
    this.id = room.id();
    this.context = context;
  }

  /** Whether the store behind the room is away: changes are refused. */
  boolean isAway() {
    return away;
  }

  /** Whether the others are still to be asked who is here, after the room was put back. */
  boolean isUnsure() {
    return unsure && room.known() != null;
  }

  /** From now on everything that is published is heard. */
  void open() {
    if (subscription == null) {
      context.instances().keep(id);
      subscription = context.store().subscribe(id, this);
      if (context.instances().shared()) {
        auditLater();
      }
    }
  }

  void close() {
    probe = cancelled(probe);
    audit = cancelled(audit);
    context.instances().release(id);
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  @Override
  public void published(Published published) {
    // By way of one queue, so that they are heard in their order. What is committed is heard when
    // what is going on in the room is done: it may be what others did after a change of ours, and
    // whoever comes in by that change has no place among the hearers yet (rule JN8).
    inbox.add(published);
    if (published instanceof RoomStore.Passed && room.mailbox().isCurrent()) {
      hearAll();
    } else {
      room.inTurn(this::heardAll, room::retireIfUnused);
    }
  }

  /** Whether that is all that is to be done about it. */
  private boolean heardAll() {
    hearAll();
    return !room.seats().isEmpty();
  }

  @Override
  public void away() {
    room.inTurn(this::lost);
  }

  @Override
  public void back() {
    room.inTurn(this::look);
  }

  private void hearAll() {
    for (Published next = inbox.poll(); next != null; next = inbox.poll()) {
      room.hear(next);
    }
  }

  /** The store did not answer. */
  void lost() {
    if (room.known() == null) {
      return;
    }
    if (!away) {
      away = true;
      room.news().availability(false);
    }
    if (probe == null) {
      probe = context.scheduler().after(PROBE_MS, () -> room.inTurn(this::probe));
    }
  }

  private void probe() {
    probe = null;
    look();
  }

  /** A publication was missed: looks what it was when what is going on in the room is done. */
  void missed() {
    if (!willLook) {
      willLook = true;
      room.inTurn(this::look);
    }
  }

  private void look() {
    willLook = false;
    boolean was = away;
    try {
      if (!catchUp()) {
        lost();
        return;
      }
      away = false;
      if (unsure) {
        askWhoIsHere();
      }
    } catch (RuntimeException e) {
      if (!(e instanceof StoreUnavailableException)) {
        log.error("Room {} could not be brought up to date", id, e);
      }
      away = was;
      lost();
      return;
    }
    probe = cancelled(probe);
    if (was) {
      room.news().availability(true);
    }
    room.retireIfUnused();
  }

  /**
   * Brings the room to where the store has it, and the store to where the room was when the store
   * has lost that; false when that takes a moment yet.
   */
  boolean catchUp() {
    hearAll();
    Room known = room.known();
    while (known != null) {
      List<Committed> missed = context.store().since(id, Revision.of(known));
      if (missed != null) {
        missed.forEach(room::hear);
        return true;
      }
      // Too far back for the store, perhaps, while what was missed has just been told after all.
      hearAll();
      Room heard = room.known();
      if (heard != null && Revision.of(heard).equals(Revision.of(known))) {
        return reconcile(known);
      }
      known = heard;
    }
    return true;
  }

  /** The stream cannot say how the store's room and ours go together. */
  private boolean reconcile(Room known) {
    Room stored = context.store().load(id);
    if (stored == null || older(stored, known)) {
      return putBack(known);
    }
    arrive(known, stored);
    return true;
  }

  private boolean putBack(Room known) {
    if (context.clock().nowMs() >= known.lastWriteMs() + context.rules().limits().roomLifeMs()) {
      room.vanished();
      return true;
    }
    Restoration outcome = context.store().restore(known);
    return switch (outcome) {
      case WAIT -> false;
      case RESTORED, OTHER -> {
        Room stored = context.store().load(id);
        if (stored == null) {
          room.vanished();
        } else {
          arrive(known, stored);
        }
        if (outcome == Restoration.RESTORED) {
          unsure = true;
          missed();
        }
        yield true;
      }
    };
  }

  /**
   * What was lost may be that somebody left. Who is connected elsewhere is taken for gone, and
   * their servers say otherwise (rule IN4).
   */
  private void askWhoIsHere() {
    Room known = room.known();
    Set<InstanceId> others = known == null ? Set.of() : holders(known);
    if (!others.isEmpty()) {
      room.apply(new RoomCommand.Orphan(others, context.clock().nowMs()));
    }
    unsure = false;
  }

  private void arrive(Room known, Room stored) {
    if (!Revision.of(stored).equals(Revision.of(known))) {
      room.jump(stored);
    }
  }

  private static boolean older(Room stored, Room known) {
    return stored.epoch() < known.epoch()
        || (stored.epoch() == known.epoch() && stored.seq() < known.seq());
  }

  private void auditLater() {
    audit =
        context
            .scheduler()
            .after(
                AUDIT_MS,
                () ->
                    room.inTurn(() -> {
                      if (subscription != null) {
                        auditLater();
                        look();
                        lookForDead();
                      }
                    }));
  }

  /** Whoever was connected to a server that has died meanwhile is away. */
  void lookForDead() {
    Room known = room.known();
    if (known == null || !context.instances().shared()) {
      return;
    }
    Set<InstanceId> holders = holders(known);
    Set<InstanceId> dead = holders.isEmpty() ? Set.of() : context.instances().dead(holders);
    if (!dead.isEmpty()) {
      room.applyLater(new RoomCommand.Orphan(dead, context.clock().nowMs()));
    }
  }

  /** Whether people are connected to another server, which then looks after the room. */
  boolean othersLookAfter(Room now) {
    if (!context.instances().shared()) {
      return false;
    }
    Set<InstanceId> holders = holders(now);
    return !holders.isEmpty() && !context.instances().dead(holders).containsAll(holders);
  }

  /** The other servers that people are connected to. */
  private Set<InstanceId> holders(Room of) {
    var holders = new HashSet<InstanceId>();
    for (Member member : of.members().list()) {
      if (!member.away() && member.instance() != null) {
        holders.add(member.instance());
      }
    }
    holders.remove(context.instances().self());
    return holders;
  }

  private static Scheduler.@Nullable Timer cancelled(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
    return null;
  }
}
