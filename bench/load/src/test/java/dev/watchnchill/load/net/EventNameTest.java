package dev.watchnchill.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNameTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void every_event_is_known_by_its_bytes(EventName event) {
    String name = event.name().toLowerCase(Locale.ROOT).replace('_', '-');
    assertThat(of("[\"" + name + "\",{}]", 2, 2 + name.length())).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "user-away", "room-joinee", "new-messages", "a-name-that-is-longer-than-any"})
  void any_other_name_is_none_of_the_base_contract(String name) {
    assertThat(of(name, 0, name.length())).isEqualTo(EventName.OTHER);
    assertThat(EventName.OTHER.base()).isFalse();
  }

  @Test
  void the_timeline_is_an_extension() {
    assertThat(EventName.TIMELINE.base()).isFalse();
    assertThat(EventName.SYNC_UPDATE.base()).isTrue();
  }

  private static EventName of(String text, int from, int to) {
    return EventName.of(JsonScanner.of(text), from, to);
  }
}
