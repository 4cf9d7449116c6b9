package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.integers;
import static dev.watchnchill.party.generate.Generators.longs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.generate.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ViewerTableTest {
  private static final int STEPS = 300;

  private static UserId user(int number) {
    return new UserId(new UUID(0x1234_4000L, number * 0x9E37_79B9L));
  }

  private static Viewer viewer(int strikes) {
    return new Viewer(null, 0, 0, null, strikes, false);
  }

  @Test
  void PS1_table_is_a_map_whatever_its_size_and_its_old_values_stay() {
    Property.check(
        200,
        choices ->
            tableIsAMap(
                new Random(choices.draw(longs())),
                choices.draw(integers(1, 4 * ViewerTable.WHOLE_MAX))));
  }

  private static void tableIsAMap(Random random, int users) {
    Map<UserId, Viewer> model = new HashMap<>();
    ViewerTable table = ViewerTable.EMPTY;
    for (int i = 0; i < STEPS; i++) {
      UserId user = user(random.nextInt(users));
      ViewerTable before = table;
      Map<UserId, Viewer> was = Map.copyOf(model);
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          table = table.without(user);
          model.remove(user);
        }
        case 2 -> {
          table = table.mapAll(Viewer::withStrike);
          model.replaceAll((_, viewer) -> viewer.withStrike());
        }
        case 3 -> {
          if (random.nextInt(20) == 0) {
            table = table.filter(each -> each.hashCode() % 2 == 0);
            model.keySet().removeIf(each -> each.hashCode() % 2 != 0);
          }
        }
        default -> {
          table = table.with(user, viewer(i));
          model.put(user, viewer(i));
        }
      }
      same(table, model, users);
      same(before, was, users);
    }
  }

  private static void same(ViewerTable table, Map<UserId, Viewer> model, int users) {
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
    ViewerTable up = ViewerTable.EMPTY;
    ViewerTable down = ViewerTable.EMPTY;
    for (int i = 0; i < users; i++) {
      up = up.with(user(i), viewer(i));
    }
    for (int i = 2 * users - 1; i >= 0; i--) {
      down = down.with(user(i), viewer(i));
    }
    for (int i = users; i < 2 * users; i++) {
      down = down.without(user(i));
    }
    assertThat(down).isEqualTo(up).hasSameHashCodeAs(up);
    assertThat(up.with(user(0), viewer(99))).isNotEqualTo(down);
  }
}
