package dev.watchnchill.party.name;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rules RT21 and RT23: what is known of Unicode here is what ICU knows. */
class ConfusablesTableTest {

  @Test
  void RT23_table_is_the_one_that_the_data_of_Unicode_gives() throws IOException {
    try (InputStream resource =
        ConfusablesTable.class.getResourceAsStream(ConfusablesTable.RESOURCE)) {
      byte[] stored = Objects.requireNonNull(resource).readAllBytes();

      assertThat(new String(stored, StandardCharsets.US_ASCII)).isEqualTo(ConfusablesData.table());
    }
  }

  @Test
  void RT23_every_code_point_of_names_is_likened_as_by_ICU() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (ConfusablesData.canOccur(point)) {
        String text = Character.toString(point);
        assertThat(ConfusablesTable.get().likened(text))
            .as(Integer.toHexString(point))
            .isEqualTo(ConfusablesData.skeleton(text));
      }
    }
  }

  @Test
  void RT23_letters_of_ASCII_need_no_table() {
    for (char c = ' '; c < 0x7f; c++) {
      String name = "a" + c + "b";
      if (NameCharacters.allowed(name)) {
        String small = name.toLowerCase(Locale.ROOT);
        assertThat(NameSkeleton.of(name).matchesPlain(small)).as(name).isTrue();
        assertThat(NameSkeleton.of(name).matchesPlain(small + "c")).as(name).isFalse();
      }
    }
  }

  @Test
  void RT21_kinds_of_characters_and_normal_forms_are_those_of_ICU() {
    var nfc = Normalizer2.getNFCInstance();
    int marks =
        1 << ECharacterCategory.NON_SPACING_MARK
            | 1 << ECharacterCategory.ENCLOSING_MARK
            | 1 << ECharacterCategory.COMBINING_SPACING_MARK;
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      assertThat(NameCharacters.isLetterOrDigit(point))
          .isEqualTo(UCharacter.isLetter(point) || UCharacter.isDigit(point));
      assertThat(NameCharacters.isMark(point))
          .isEqualTo((1 << UCharacter.getType(point) & marks) != 0);
      String text = Character.toString(point);
      assertThat(Normalizer.normalize(text, Normalizer.Form.NFC)).isEqualTo(nfc.normalize(text));
    }
  }

  @Test
  void RT21_default_ignorable_letters_and_marks_are_invisible() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if ((NameCharacters.isLetterOrDigit(point) || NameCharacters.isMark(point))
          && UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
        assertThat(NameCharacters.isInvisible(point)).as(Integer.toHexString(point)).isTrue();
      }
    }
  }
}
