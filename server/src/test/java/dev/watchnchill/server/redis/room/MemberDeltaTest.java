package dev.watchnchill.server.redis.room;

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
  void who_comes_into_a_room_of_thousands_is_all_there_is_to_say() {
    Members next = MANY.plus(member(5_000));
    MemberDelta change = MemberDelta.between(MANY, next);
    assertThat(change).isEqualTo(new MemberDelta(List.of(), List.of(member(5_000))));
    assertThat(change.applyTo(MANY)).isEqualTo(next);
  }

  @Test
  void who_leaves_a_room_of_thousands_is_all_there_is_to_say() {
    UserId who = member(17).id();
    MemberDelta change = MemberDelta.between(MANY, MANY.minus(who));
    assertThat(change).isEqualTo(new MemberDelta(List.of(who), List.of()));
    assertThat(change.applyTo(MANY)).isEqualTo(MANY.minus(who));
  }

  @Test
  void who_is_away_stays_in_the_same_place() {
    Member away = member(17).asAway(1);
    MemberDelta change = MemberDelta.between(MANY, MANY.with(away));
    assertThat(change).isEqualTo(new MemberDelta(List.of(), List.of(away)));
    assertThat(change.applyTo(MANY)).isEqualTo(MANY.with(away));
  }

  @Test
  void same_people_are_nothing_to_say() {
    assertThat(MemberDelta.between(MANY, many(5_000)).isEmpty()).isTrue();
  }
}
