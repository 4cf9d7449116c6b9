package dev.watchnchill.server.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StoredPasswordTest {
  private static final byte[] SALT = new byte[StoredPassword.SALT_BYTES];
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static StoredPassword parsed(String text) {
    return Objects.requireNonNull(StoredPassword.parse(text));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The first block of the examples in section 11 of RFC 7914. */
  @ParameterizedTest
  @CsvSource({
    "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
    "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
  })
  void hash_is_that_of_the_standard(String password, String salt, int iterations, String hash) {
    StoredPassword made = StoredPassword.of(password, bytes(salt), iterations);
    String text =
        "pbkdf2-sha256$%d$%s$%s"
            .formatted(iterations, base64(bytes(salt)), base64(HexFormat.of().parseHex(hash)));
    assertThat(made.text()).isEqualTo(text);
    assertThat(parsed(text).matches(password)).isTrue();
  }

  @Test
  void text_is_read_back_and_tells_right_from_wrong() {
    Generator<String> passwords = Generators.anyStrings(40);
    Property.check(
        200,
        choices -> {
          String password = choices.draw(passwords);
          byte[] salt = new byte[StoredPassword.SALT_BYTES];
          for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) choices.below(256);
          }
          String text = StoredPassword.of(password, salt, 1 + choices.below(3)).text();
          assertThat(parsed(text).text()).isEqualTo(text);
          assertThat(parsed(text).matches(password)).isTrue();
          assertThat(parsed(text).matches(password + "x")).isFalse();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "é, e\u0301", // one character, or a letter and an accent
    "\uff50\uff41\uff53\uff53, pass", // full-width letters
    "ﬁlm, film", // a ligature
    "\u212b, \u00c5", // the sign of a unit, and the letter
    "\uac00, \u1100\u1161" // a syllable, or its parts
  })
  void password_is_the_same_however_a_keyboard_composes_it(String one, String other) {
    StoredPassword stored = StoredPassword.of(one, SALT, 1);
    assertThat(stored.matches(other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"password, Password", "password, 'password '", "e, é", "password, ''"})
  void other_password_is_another_one(String one, String other) {
    assertThat(StoredPassword.of(one, SALT, 1).matches(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "pbkdf2-sha256",
        "pbkdf2-sha256$1$AAAA",
        "pbkdf2-sha256$1$AAAA$",
        "pbkdf2-sha256$0$AAAA$" + HASH,
        "pbkdf2-sha256$-1$AAAA$" + HASH,
        "pbkdf2-sha256$+1$AAAA$" + HASH,
        "pbkdf2-sha256$01$AAAA$" + HASH,
        "pbkdf2-sha256$1e6$AAAA$" + HASH,
        "pbkdf2-sha256$\u0661$AAAA$" + HASH,
        "pbkdf2-sha256$6000001$AAAA$" + HASH,
        "pbkdf2-sha256$2147483647$AAAA$" + HASH,
        "pbkdf2-sha256$99999999999999999999$AAAA$" + HASH,
        "pbkdf2-sha256$1$$" + HASH,
        "pbkdf2-sha256$1$AAAAA$" + HASH, // no length of base64
        "pbkdf2-sha256$1$AA==$" + HASH,
        "pbkdf2-sha256$1$AA+/$" + HASH,
        "pbkdf2-sha256$1$AAAA$" + HASH + "A",
        "pbkdf2-sha256$1$AAAA$" + HASH + "\n",
        "pbkdf2-sha256$1$AAAA$" + HASH + "$",
        " pbkdf2-sha256$1$AAAA$" + HASH,
        "PBKDF2-SHA256$1$AAAA$" + HASH,
        "pbkdf2-sha1$1$AAAA$" + HASH
      })
  void other_texts_are_no_stored_password(String text) {
    assertThat(StoredPassword.parse(text)).isNull();
  }

  @Test
  void salt_and_iterations_have_bounds() {
    assertThat(StoredPassword.parse("pbkdf2-sha256$6000000$AAAA$" + HASH)).isNotNull();
    assertThat(StoredPassword.parse("pbkdf2-sha256$1$" + "A".repeat(86) + "$" + HASH)).isNotNull();
    assertThat(StoredPassword.parse("pbkdf2-sha256$1$" + "A".repeat(87) + "$" + HASH)).isNull();
    assertThat(StoredPassword.parse("pbkdf2-sha256$1$" + "A".repeat(10_000_000) + "$" + HASH))
        .isNull();
  }

  @Test
  void no_text_makes_the_reader_throw_and_none_costs_more_than_the_bound() {
    Generator<String> any = Generators.anyStrings(80);
    Generator<String> likely = StoredPasswordTest::likely;
    Property.check(
        20_000,
        choices -> {
          String text = choices.draw(choices.nextBoolean() ? likely : any);
          StoredPassword form = StoredPassword.parse(text);
          if (form != null) {
            assertThat(text).matches("pbkdf2-sha256\\$[1-9][0-9]{0,6}\\$[\\w-]{2,86}\\$[\\w-]{43}");
            assertThat(Integer.parseInt(text.split("\\$", -1)[1])).isLessThanOrEqualTo(6_000_000);
          }
        });
  }

  /** Returns a text of four parts, each of which may be right. */
  private static String likely(Choices choices) {
    return Generators.oneOf("pbkdf2-sha256", "pbkdf2-sha512", "").generate(choices)
        + "$"
        + Generators.oneOf("1", "600000", "6000001", "9999999", "-5", "00", "x").generate(choices)
        + Generators.oneOf("$", "$$", "").generate(choices)
        + Generators.strings("Az09-_=+ ", 0, 90).generate(choices)
        + "$"
        + Generators.strings("Az09-_", 42, 44).generate(choices);
  }

  @Test
  void form_does_not_show_its_hash() {
    assertThat(StoredPassword.of("password", SALT, 1)).hasToString("StoredPassword[…]");
  }
}
