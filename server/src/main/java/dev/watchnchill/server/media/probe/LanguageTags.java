package dev.watchnchill.server.media.probe;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the language codes of files into BCP 47 tags (rules LB10, LB14). */
final class LanguageTags {
  /** The tag of an unknown language. */
  static final String UNKNOWN = "und";

  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}");

  /** Codes of two letters by those of three, which files have. */
  private static final Map<String, String> SHORT = new HashMap<>();

  static {
    for (String code : Locale.getISOLanguages()) {
      if (code.length() == 2) {
        SHORT.put(Locale.of(code).getISO3Language(), code);
      }
    }
    // The other codes of ISO 639-2, by the English name of the language.
    String[][] bibliographic = {
      {"alb", "sq"}, {"arm", "hy"}, {"baq", "eu"}, {"bur", "my"}, {"chi", "zh"},
      {"cze", "cs"}, {"dut", "nl"}, {"fre", "fr"}, {"geo", "ka"}, {"ger", "de"},
      {"gre", "el"}, {"ice", "is"}, {"mac", "mk"}, {"mao", "mi"}, {"may", "ms"},
      {"per", "fa"}, {"rum", "ro"}, {"slo", "sk"}, {"tib", "bo"}, {"wel", "cy"}
    };
    for (String[] each : bibliographic) {
      SHORT.put(each[0], each[1]);
    }
  }

  private LanguageTags() {}

  /** Returns the tag for a code such as {@code ger}, {@code en} or {@code pt-BR}. */
  static String of(String code) {
    String tag = known(code);
    return tag == null ? UNKNOWN : tag;
  }

  /** Returns the tag for a code of a language that exists, or null. */
  static @Nullable String known(String code) {
    if (!TAG.matcher(code).matches()) {
      return null;
    }
    String[] parts = code.replace('_', '-').split("-", 2);
    String language = parts[0].toLowerCase(Locale.ROOT);
    String plain = SHORT.getOrDefault(language, language);
    if (plain.equals(UNKNOWN) || name(plain).isEmpty()) {
      return null;
    }
    String tag =
        Locale.forLanguageTag(parts.length > 1 ? plain + "-" + parts[1] : plain).toLanguageTag();
    return tag.startsWith(plain) ? tag : plain;
  }

  /** Returns the English name of the language of a tag, or "" when it has none. */
  static String name(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    String name = locale.getDisplayName(Locale.ENGLISH);
    return name.equals(tag) || tag.equals(UNKNOWN) ? "" : name;
  }
}
