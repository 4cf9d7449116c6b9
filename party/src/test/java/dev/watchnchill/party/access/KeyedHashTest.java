package dev.watchnchill.party.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyedHashTest {
  @Test
  void hash_is_written_as_32_digits_and_read_back() {
    var hash = new KeyedHash(0x00000000_00000abcL, 0xffffffff_fffffff1L);

    assertThat(hash.hex()).isEqualTo("0000000000000abcfffffffffffffff1");
    assertThat(KeyedHash.ofHex(hash.hex())).isEqualTo(hash);
    Property.check(choices -> {
      var any = new KeyedHash(choices.draw(Generators.longs()), choices.draw(Generators.longs()));
      assertThat(any.hex()).matches("[0-9a-f]{32}");
      assertThat(KeyedHash.ofHex(any.hex())).isEqualTo(any);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000000000000abcfffffffffffffff",
        "0000000000000abcfffffffffffffff11",
        "0000000000000abcfffffffffffffffg",
        "-000000000000abcfffffffffffffff1",
        "+000000000000abcfffffffffffffff1",
        "0x00000000000abcfffffffffffffff1",
        "\u0660000000000000abcfffffffffffffff1"
      })
  void other_texts_are_no_hash(String text) {
    assertThatThrownBy(() -> KeyedHash.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_the_same_bits_match_and_no_text_shows_them() {
    var hash = new KeyedHash(1, 2);

    assertThat(hash.matches(new KeyedHash(1, 2))).isTrue();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertThat(hash.matches(new KeyedHash(1 ^ 1L << bit, 2))).isFalse();
      assertThat(hash.matches(new KeyedHash(1, 2 ^ 1L << bit))).isFalse();
    }
    assertThat(hash.matches(new KeyedHash(2, 1))).isFalse();
    assertThat(hash).hasToString("KeyedHash[…]");
  }
}
