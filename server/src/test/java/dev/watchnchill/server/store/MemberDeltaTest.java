package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MemberDeltaTest {
  private static final Members MANY = many(5_000);

  private static Member member(int number) {
    var id = new UserId(new UUID(1, number));
    return new Member(id, new DisplayName("P" + number), false, number, null, null, null);
  }

  private static Members many(int size) {
    var all = new ArrayList<Member>();
    for (int i = 0; i < size; i++) {
      all.add(member(i));
    }
    return Members.of(all);
  }

  @Test
  void join_in_a_large_room_is_one_upserted_member() {
    Members next = MANY.plus(member(5_000));
    MemberDelta change = MemberDelta.between(MANY, next);
    assertThat(change).isEqualTo(new MemberDelta(List.of(), List.of(member(5_000))));
    assertThat(change.applyTo(MANY)).isEqualTo(next);
  }

  @Test
  void departure_from_a_large_room_is_one_removed_id() {
    UserId who = member(17).id();
    MemberDelta change = MemberDelta.between(MANY, MANY.minus(who));
    assertThat(change).isEqualTo(new MemberDelta(List.of(who), List.of()));
    assertThat(change.applyTo(MANY)).isEqualTo(MANY.minus(who));
  }

  @Test
  void changed_member_keeps_its_place() {
    Member away = member(17).asAway(1);
    MemberDelta change = MemberDelta.between(MANY, MANY.with(away));
    assertThat(change).isEqualTo(new MemberDelta(List.of(), List.of(away)));
    assertThat(change.applyTo(MANY)).isEqualTo(MANY.with(away));
  }

  @Test
  void equal_lists_give_an_empty_delta() {
    assertThat(MemberDelta.between(MANY, many(5_000)).isEmpty()).isTrue();
  }
}
