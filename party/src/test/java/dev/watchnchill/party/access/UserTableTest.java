package dev.watchnchill.party.access;

import static dev.watchnchill.party.generate.Generators.integers;
import static dev.watchnchill.party.generate.Generators.longs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.generate.Property;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UserTableTest {
  private static final int STEPS = 300;

  private static UserId user(int number) {
    return new UserId(new UUID(0x1234_4000L, number * 0x9E37_79B9L));
  }

  @Test
  void PS1_table_is_a_map_whatever_its_size_and_its_old_values_stay() {
    Property.check(
        200,
        choices ->
            tableIsAMap(
                new Random(choices.draw(longs())),
                choices.draw(integers(1, 4 * UserTable.WHOLE_MAX))));
  }

  @Test
  void users_whose_values_differ_are_those_of_maps() {
    var random = new Random(9);
    for (int round = 0; round < 200; round++) {
      Map<UserId, Integer> one = entries(random);
      Map<UserId, Integer> other = random.nextBoolean() ? entries(random) : new HashMap<>(one);
      UserTable<Integer> table = UserTable.of(one);
      UserTable<Integer> changed = random.nextBoolean() ? UserTable.of(other) : table;
      for (int i = random.nextInt(4); i > 0; i--) {
        UserId user = user(random.nextInt(200));
        changed = random.nextBoolean() ? changed.without(user) : changed.with(user, 1_000 + i);
      }
      var expected = new HashSet<>(one.keySet());
      expected.addAll(changed.all().keySet());
      Map<UserId, Integer> now = changed.all();
      expected.removeIf(user -> Objects.equals(one.get(user), now.get(user)));
      assertThat(changed.differingFrom(table)).isEqualTo(expected);
      assertThat(table.differingFrom(changed)).isEqualTo(expected);
    }
  }

  private static Map<UserId, Integer> entries(Random random) {
    var entries = new HashMap<UserId, Integer>();
    for (int i = random.nextInt(100); i > 0; i--) {
      entries.put(user(random.nextInt(200)), random.nextInt(3));
    }
    return entries;
  }

  private static void tableIsAMap(Random random, int users) {
    Map<UserId, Integer> model = new HashMap<>();
    UserTable<Integer> table = UserTable.empty();
    for (int i = 0; i < STEPS; i++) {
      UserId user = user(random.nextInt(users));
      UserTable<Integer> before = table;
      Map<UserId, Integer> was = Map.copyOf(model);
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          table = table.without(user);
          model.remove(user);
        }
        case 2 -> {
          table = table.mapAll(value -> value + 1);
          model.replaceAll((_, value) -> value + 1);
        }
        case 3 -> {
          if (random.nextInt(20) == 0) {
            table = table.filter(each -> each.hashCode() % 2 == 0);
            model.keySet().removeIf(each -> each.hashCode() % 2 != 0);
          }
        }
        default -> {
          table = table.with(user, i);
          model.put(user, i);
        }
      }
      same(table, model, users);
      same(before, was, users);
    }
  }

  private static void same(UserTable<Integer> table, Map<UserId, Integer> model, int users) {
    assertThat(table.size()).isEqualTo(model.size());
    for (int i = 0; i < users; i++) {
      assertThat(table.find(user(i))).isEqualTo(model.get(user(i)));
    }
  }

  @Test
  void equal_tables_are_equal_however_they_came_about() {
    Property.check(50, choices -> tablesAreEqual(choices.draw(integers(0, 90))));
  }

  private static void tablesAreEqual(int users) {
    UserTable<Integer> up = UserTable.empty();
    UserTable<Integer> down = UserTable.empty();
    for (int i = 0; i < users; i++) {
      up = up.with(user(i), i);
    }
    for (int i = 2 * users - 1; i >= 0; i--) {
      down = down.with(user(i), i);
    }
    for (int i = users; i < 2 * users; i++) {
      down = down.without(user(i));
    }
    assertThat(down).isEqualTo(up).hasSameHashCodeAs(up);
    assertThat(up.with(user(0), 99)).isNotEqualTo(down);
  }
}
