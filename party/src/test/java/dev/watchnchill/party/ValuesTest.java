package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.util.HashSet;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules FR1, FR2, ID1, JN7 and TK1: values that cannot hold a wrong value. */
class ValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAA", "Z9Z9Z9", "012345"})
  void FR2_six_capitals_and_digits_are_a_room_id(String id) {
    assertThat(new RoomId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAA",
        "AAAAAAA",
        "aaaaaa",
        "AAAAA ",
        "AAAAAA\n",
        "AAAA-A",
        "ÄAAAAA",
        "٣٣٣٣٣٣"
      })
  void FR2_anything_else_is_no_room_id(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(id));
  }

  @Test
  void ID1_drawn_ids_are_well_formed_and_use_the_whole_alphabet() {
    var random = new SplittableRandom(1);
    var drawn = new HashSet<RoomId>();
    var letters = new TreeSet<Character>();
    for (int i = 0; i < 2_000; i++) {
      RoomId id = RoomId.random(random);
      drawn.add(id);
      id.value().chars().forEach(c -> letters.add((char) c));
    }
    assertThat(letters).hasSize(36);
    assertThat(drawn).hasSizeGreaterThan(1_990);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Bob Smith", "a\u00a0b", "x.y-z_!?"})
  void FR1_trimmed_names_of_two_to_fifty_characters_are_names(String name) {
    assertThat(new DisplayName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", " ab", "ab ", "\u00a0ab", "ab\u00a0", "\ufeffab", "ab\u2007", "ab\n"})
  void FR1_short_and_untrimmed_names_are_none(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DisplayName(name));
  }

  @Test
  void FR1_longest_name_has_fifty_characters() {
    assertThat(new DisplayName("a".repeat(50)).value()).hasSize(50);
    assertThatIllegalArgumentException().isThrownBy(() -> new DisplayName("a".repeat(51)));
  }

  @ParameterizedTest
  @CsvSource({
    "Ben, BEN, true",
    "Ben, ben, true",
    "title, TITLE, true",
    "Ben, Bem, false",
    "Ben, Benn, false",
    "B en, Ben, false"
  })
  void JN7_names_are_compared_without_case(String one, String other, boolean same) {
    var left = new DisplayName(one);
    var right = new DisplayName(other);

    assertThat(left.sameAs(right)).isEqualTo(same);
    assertThat(right.sameAs(left)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice  Cooper",
        "ALICE\t cooper",
        "Alice\nCooper",
        "Alice\r\nCooper",
        "Alice\u00a0Cooper",
        "Alice \u00a0 Cooper",
        "Alice\u3000Cooper",
        "Alice\u2028Cooper",
        "Alice\u2029Cooper",
        "Alice\u200aCooper",
        "Alice\u000bCooper",
        "Alice\ufeffCooper",
        "Alice \ufeffCooper",
        "Al\ufeffice Cooper",
        "A\u000blice\ufeff \ufeffCooper",
        "Al\u200bice\u2060 Coop\u00ader"
      })
  void JN11_names_that_look_alike_are_the_same_and_are_shown_as_typed(String typed) {
    var alike = new DisplayName(typed);
    var host = new DisplayName("Alice Cooper");

    assertThat(alike.sameAs(host)).isTrue();
    assertThat(host.sameAs(alike)).isTrue();
    assertThat(alike).isNotEqualTo(host).hasToString(typed);
  }

  @Test
  void JN11_name_that_is_read_in_two_ways_is_the_same_as_either() {
    var doubtful = new DisplayName("Alice\ufeffCooper");
    var close = new DisplayName("AliceCooper");

    assertThat(doubtful.sameAs(close)).isTrue();
    assertThat(doubtful.sameAs(new DisplayName("Alice\u2028Cooper"))).isTrue();
    assertThat(close.sameAs(new DisplayName("Alice Cooper"))).isFalse();
    assertThat(doubtful.sameAs(new DisplayName("Alice Coopers"))).isFalse();
  }

  @Test
  void JN7_sameness_of_names_that_FR1_allows_is_that_of_their_lower_case() {
    Generator<String> names = Generators.strings("ABCabc", 2, 3);
    Property.check(choices -> sameIsSameLowerCase(choices.draw(names), choices.draw(names)));
  }

  private static void sameIsSameLowerCase(String one, String other) {
    boolean expected = one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    assertThat(new DisplayName(one).sameAs(new DisplayName(other))).isEqualTo(expected);
  }

  @Test
  void TK1_hash_is_sha256_and_shows_nothing() {
    SecretHash hash = SecretHash.of("abc");

    assertThat(hash.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(hash).hasToString("SecretHash[…]");
  }

  @Test
  void TK1_only_the_same_token_matches() {
    SecretHash hash = SecretHash.of("3f0e8c7a-2f7e-4a61-9a55-0d3c5a0b8f11");

    assertThat(hash.matches(SecretHash.of("3F0E8C7A-2F7E-4A61-9A55-0D3C5A0B8F11"))).isTrue();
    assertThat(hash.matches(SecretHash.of("3f0e8c7a-2f7e-4a61-9a55-0d3c5a0b8f12"))).isFalse();
    assertThat(hash.matches(SecretHash.of(""))).isFalse();
  }

  @Test
  void TK1_letter_case_of_an_exact_token_matters() {
    SecretHash hash = SecretHash.ofExact("c2VjcmV0IHRva2VuIDEyMw");

    assertThat(hash.matches(SecretHash.ofExact("c2VjcmV0IHRva2VuIDEyMw"))).isTrue();
    assertThat(hash.matches(SecretHash.ofExact("C2VjcmV0IHRva2VuIDEyMw"))).isFalse();
    assertThat(hash.matches(SecretHash.of("c2VjcmV0IHRva2VuIDEyMw"))).isFalse();
  }

  @Test
  void TK1_room_keeps_no_token_and_shows_no_hash() {
    Room room = RoomFixture.room().state();

    assertThat(room.toString())
        .doesNotContain(RoomFixture.HOST_TOKEN)
        .doesNotContain(SecretHash.of(RoomFixture.HOST_TOKEN).hex())
        .doesNotContain(RoomFixture.secretOf("Hana").hex());
  }

  @Test
  void JN7_sameness_passes_on_even_between_names_that_FR1_forbids() {
    var dotted = new DisplayName("x\u0130");
    var plain = new DisplayName("xi");
    var twoLetters = new DisplayName("xi\u0307");

    assertThat(dotted.sameAs(plain) && dotted.sameAs(twoLetters))
        .isEqualTo(dotted.sameAs(plain) && plain.sameAs(twoLetters));
  }
}
