package dev.watchnchill.party.queue;

import static dev.watchnchill.party.generate.Generators.booleans;
import static dev.watchnchill.party.generate.Generators.integers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.generate.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule QU7: the numbers of votes. */
class VotesTest {
  private static final int STEPS = 120;

  private static UUID item(int number) {
    return new UUID(0, number);
  }

  @Test
  void QU7_numbers_are_those_of_the_ballots() {
    Property.check(
        200,
        choices -> {
          Votes votes = Votes.NONE;
          Map<UserId, Ballot> model = new HashMap<>();
          int users = choices.draw(integers(1, 50));
          for (int i = 0; i < STEPS; i++) {
            UserId user = RoomFixture.user("user " + choices.below(users));
            Ballot before = model.getOrDefault(user, Ballot.EMPTY);
            boolean on = booleans().generate(choices);
            Votes old = votes;
            switch (choices.below(8)) {
              case 0 -> {
                votes = votes.withoutSkips();
                model.replaceAll((_, ballot) -> ballot.withSkip(false));
              }
              case 1 -> {
                UUID gone = item(choices.below(6));
                votes = votes.withoutItems(Set.of(gone));
                model.replaceAll((_, ballot) -> ballot.withItem(gone, false));
              }
              case 2, 3 -> {
                votes = votes.with(user, before.withSkip(on));
                model.put(user, before.withSkip(on));
              }
              default -> {
                Ballot after = before.withItem(item(choices.below(6)), on);
                votes = votes.with(user, after);
                model.put(user, after);
              }
            }
            model.values().removeIf(Ballot::isEmpty);
            same(votes, model);
            assertThat(votes).isEqualTo(Votes.of(model));
            assertThat(old).isEqualTo(Votes.of(old.ballots()));
          }
        });
  }

  private static void same(Votes votes, Map<UserId, Ballot> model) {
    assertThat(votes.ballots()).isEqualTo(model);
    assertThat(votes.isEmpty()).isEqualTo(model.isEmpty());
    assertThat(votes.skips()).isEqualTo((int) model.values().stream().filter(Ballot::skip).count());
    for (int i = 0; i < 6; i++) {
      UUID item = item(i);
      assertThat(votes.count(item))
          .isEqualTo(
              (int) model.values().stream().filter(one -> one.items().contains(item)).count());
      assertThat(votes.items().contains(item)).isEqualTo(votes.count(item) > 0);
    }
  }
}
