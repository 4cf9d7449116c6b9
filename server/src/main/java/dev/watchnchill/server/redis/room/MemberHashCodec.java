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
 * Encodes and decodes the members in a room's hash: each in a field {@code m:<id>}, as {@code
 * <place> <JSON>}. The place only defines the order; each new one is higher than all before.
 */
final class MemberHashCodec {
  private record OrderedMember(long order, Member member) {}

  private MemberHashCodec() {}

  /** Adds members to a script's arguments: their number, then each one's id and JSON. */
  static void add(List<RoomDelta.EncodedMember> members, List<Object> arguments) {
    arguments.add(members.size());
    for (RoomDelta.EncodedMember member : members) {
      arguments.add(member.id());
      arguments.add(member.json());
    }
  }

  /** Adds all members of a room to a script's arguments. */
  static void add(Members members, List<Object> arguments) {
    add(members.list().stream().map(RoomDelta.EncodedMember::of).toList(), arguments);
  }

  /**
   * Reads the fields, in any order.
   *
   * @throws CorruptRecordException when a field is corrupt
   */
  static Members read(List<?> fields) {
    return Members.of(
        fields.stream()
            .map(field -> parse((byte[]) field))
            .sorted(Comparator.comparingLong(OrderedMember::order))
            .map(OrderedMember::member)
            .toList());
  }

  private static OrderedMember parse(byte[] field) {
    int end = 0;
    while (end < field.length && field[end] != ' ') {
      end++;
    }
    try {
      long order = Long.parseLong(RedisLink.text(Arrays.copyOf(field, end)));
      return new OrderedMember(
          order, RoomCodec.readMember(Arrays.copyOfRange(field, end, field.length)));
    } catch (NumberFormatException e) {
      throw new CorruptRecordException("a member has no place", e);
    }
  }
}
