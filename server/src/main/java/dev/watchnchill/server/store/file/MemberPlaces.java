package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.MemberDelta;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The places of a room's members in the room file. A place only defines the order: a changed member
 * keeps it, and each new one is higher than all before. So a change of one member is a change of
 * one record.
 */
final class MemberPlaces {
  /**
   * The place of a member.
   *
   * @param number orders the members
   * @param seq number of the change that wrote the member's record
   */
  record Place(long number, long seq) {}

  /**
   * A change of the places that is not made yet.
   *
   * @param delta the change of the members
   * @param places the places of the upserted members
   */
  record Change(MemberDelta delta, Map<UserId, Place> places) {
    Place of(Member member) {
      return Objects.requireNonNull(places.get(member.id()));
    }
  }

  private final Map<UserId, Place> places;
  private long next;

  /** Creates the places of a room whose members are all written together. */
  MemberPlaces(Room room) {
    places = HashMap.newHashMap(room.members().size());
    for (Member member : room.members().list()) {
      places.put(member.id(), new Place(next++, room.seq()));
    }
  }

  /** Returns the place of a member. */
  Place of(Member member) {
    return Objects.requireNonNull(places.get(member.id()));
  }

  /** Returns the change of the places that a change of the room requires. */
  Change change(Room before, Room after) {
    MemberDelta delta = MemberDelta.between(before.members(), after.members());
    if (delta.isEmpty()) {
      return new Change(delta, Map.of());
    }
    Set<UserId> removed = new HashSet<>(delta.removed());
    Map<UserId, Place> changed = HashMap.newHashMap(delta.upserted().size());
    long free = next;
    for (Member member : delta.upserted()) {
      Place old = removed.contains(member.id()) ? null : places.get(member.id());
      changed.put(member.id(), new Place(old == null ? free++ : old.number(), after.seq()));
    }
    return new Change(delta, changed);
  }

  /** Makes a change, once its records are written. */
  void make(Change change) {
    change.delta().removed().forEach(places::remove);
    for (Map.Entry<UserId, Place> changed : change.places().entrySet()) {
      places.put(changed.getKey(), changed.getValue());
      next = Math.max(next, changed.getValue().number() + 1);
    }
  }
}
