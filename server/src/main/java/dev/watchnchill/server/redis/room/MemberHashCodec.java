package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The people of a room as Redis keeps them: each in a field {@code m:<id>} of the room's hash, as
 * {@code <place> <JSON>}. Places only order them; each new one is higher than all before.
 */
final class MemberHashCodec {
  private record Placed(long place, Member member) {}

  private MemberHashCodec() {}

  /** Gives a script those people: how many, and of each who and what. */
  static void add(List<RoomDelta.Person> people, List<Object> arguments) {
    arguments.add(people.size());
    for (RoomDelta.Person person : people) {
      arguments.add(person.id());
      arguments.add(person.json());
    }
  }

  /** The same for all people of a room. */
  static void add(Members all, List<Object> arguments) {
    add(all.list().stream().map(RoomDelta.Person::of).toList(), arguments);
  }

  /**
   * Reads the fields, in any order.
   *
   * @throws CorruptRecordException when they make no sense
   */
  static Members read(List<?> fields) {
    return Members.of(
        fields.stream()
            .map(field -> placed((byte[]) field))
            .sorted(Comparator.comparingLong(Placed::place))
            .map(Placed::member)
            .toList());
  }

  private static Placed placed(byte[] field) {
    int end = 0;
    while (end < field.length && field[end] != ' ') {
      end++;
    }
    try {
      long place = Long.parseLong(RedisLink.text(Arrays.copyOf(field, end)));
      return new Placed(place, RoomCodec.readMember(Arrays.copyOfRange(field, end, field.length)));
    } catch (NumberFormatException e) {
      throw new CorruptRecordException("a member has no place", e);
    }
  }
}
