package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The settings of a room, and who may control it and write in it (rules RT3 to RT5, RT7). */
class RoomSettingsTest extends ContractTest {
  private static final String CONTROL_ONLY = "Only hosts can control the video";
  private static final JsonNode DEFAULTS =
      json(
          "{\"title\":null,\"control\":\"hosts\",\"queue\":\"hosts\",\"chat\":\"everyone\","
              + "\"slowModeMs\":0,\"entry\":\"link\",\"listed\":false,\"skipShare\":0.5,"
              + "\"hasPassword\":false}");

  private JsonNode seenByNewcomer(TestClient host) {
    TestClient newcomer = base();
    JsonNode settings = room(newcomer.join(host.roomId(), "New Comer")).get("settings");
    newcomer.must("leave-room", newcomer.here());
    host.take("user-joined");
    host.take("user-left");
    return settings;
  }

  @Test
  void RT3_new_room_has_the_settings_of_the_original() {
    TestClient ann = base();
    ann.must("create-room", with("hostName", "Ann"));
    assertThat(ann.take("room-created").get("room").get("settings")).isEqualTo(DEFAULTS);
    assertThat(room(ann.take("room-joined")).get("settings")).isEqualTo(DEFAULTS);
  }

  @Test
  void RT3_creator_chooses_settings_and_leaves_the_others() {
    TestClient ann = base();
    ann.must(
        "create-room",
        with(
            "hostName",
            "Ann",
            "settings",
            with("title", " Kino ", "control", "everyone", "entry", "approval")));
    JsonNode settings = ann.take("room-created").get("room").get("settings");
    assertThat(text(settings, "title")).isEqualTo("Kino");
    assertThat(text(settings, "control")).isEqualTo("everyone");
    assertThat(text(settings, "entry")).isEqualTo("approval");
    assertThat(text(settings, "queue")).isEqualTo("hosts");
    assertThat(settings.get("skipShare").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void RT3_all_settings_change_at_once_and_all_members_receive_them() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer =
        ann.must(
            "set-settings",
            ann.here(
                "title",
                "\u6620\u753b\u306e\u591c \ud83c\udfac",
                "control",
                "everyone",
                "queue",
                "everyone",
                "chat",
                "hosts",
                "slowModeMs",
                1500,
                "entry",
                "closed",
                "listed",
                true,
                "skipShare",
                0.25));
    JsonNode expected =
        json(
            "{\"title\":\"\u6620\u753b\u306e\u591c \ud83c\udfac\",\"control\":\"everyone\","
                + "\"queue\":\"everyone\",\"chat\":\"hosts\",\"slowModeMs\":1500,"
                + "\"entry\":\"closed\",\"listed\":true,\"skipShare\":0.25,"
                + "\"hasPassword\":false}");
    for (TestClient client : List.of(ann, bob)) {
      JsonNode event = client.take("settings-changed");
      assertThat(event.get("settings")).isEqualTo(expected);
      assertThat(text(event, "userId")).isEqualTo(ann.userId());
      assertThat(event.get("epoch")).isEqualTo(answer.get("epoch"));
      assertThat(event.get("seq")).isEqualTo(answer.get("seq"));
      assertThat(event.has("since")).isFalse();
      client.expectNothing();
    }
    assertThat(room(bob.join(ann.roomId(), "Bob")).get("settings")).isEqualTo(expected);
  }

  @Test
  void RT3_absent_settings_stay_and_a_title_of_null_is_removed() {
    TestClient ann = host("Ann");
    ann.must(
        "set-settings", ann.here("title", "\u0633\u064a\u0646\u0645\u0627", "slowModeMs", 60_000));
    ann.take("settings-changed");
    ann.must("set-settings", ann.here("skipShare", 0));
    JsonNode changed = ann.take("settings-changed").get("settings");
    assertThat(text(changed, "title")).isEqualTo("\u0633\u064a\u0646\u0645\u0627");
    assertThat(changed.get("slowModeMs").intValue()).isEqualTo(60_000);
    assertThat(changed.get("skipShare").doubleValue()).isZero();
    ann.must("set-settings", ann.here("title", null));
    JsonNode untitled = ann.take("settings-changed").get("settings");
    assertThat(untitled.get("title").isNull()).isTrue();
    assertThat(untitled.get("slowModeMs").intValue()).isEqualTo(60_000);
  }

  @Test
  void RT3_settings_that_change_nothing_are_not_broadcast() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("control", "hosts", "title", null));
    ann.must("set-settings", ann.here());
    ann.expectNothing();
    bob.expectNothing();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"title\":\"  \" | Too small: expected string to have >=1 characters",
        "\"title\":\"a\\u202eb\" | Title can only contain visible characters",
        "\"title\":7 | Invalid input: expected string, received number",
        "\"control\":\"nobody\" | Invalid option: expected one of \"hosts\"@\"everyone\"",
        "\"queue\":\"\" | Invalid option: expected one of \"hosts\"@\"everyone\"",
        "\"chat\":null | Invalid input: expected string, received null",
        "\"slowModeMs\":-1 | Too small: expected number to be >=0",
        "\"slowModeMs\":60001 | Too big: expected number to be <=60000",
        "\"slowModeMs\":1.5 | Invalid input: expected int, received number",
        "\"entry\":\"open\""
            + " | Invalid option: expected one of"
            + " \"link\"@\"password\"@\"approval\"@\"closed\"",
        "\"listed\":\"yes\" | Invalid input: expected boolean, received string",
        "\"skipShare\":1.01 | Too big: expected number to be <=1",
        "\"skipShare\":-0.1 | Too small: expected number to be >=0"
      })
  void RT3_value_outside_its_bounds_is_rejected_and_nothing_changes(String field, String problem) {
    TestClient ann = host("Ann");
    JsonNode answer =
        ann.callJson("set-settings", "{\"roomId\":\"" + ann.roomId() + "\"," + field + "}");
    String error = "Invalid data: " + problem.replace('@', '|');
    refused(ann, answer, "room-error", "invalid_data", error);
    assertThat(seenByNewcomer(ann)).isEqualTo(DEFAULTS);
  }

  @Test
  void RT3_title_has_eighty_characters_of_any_script_at_most() {
    TestClient ann = host("Ann");
    String longest = "\ud83c\udfac".repeat(80);
    ann.must("set-settings", ann.here("title", longest));
    assertThat(text(ann.take("settings-changed").get("settings"), "title")).isEqualTo(longest);
    refused(
        ann,
        ann.call("set-settings", ann.here("title", longest + "x")),
        "room-error",
        "invalid_data",
        "Invalid data: Too big: expected string to have <=80 characters");
  }

  @Test
  void RT3_guests_and_strangers_change_no_settings() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    refused(
        bob,
        bob.call("set-settings", bob.here("title", "Mine")),
        "error",
        "not_host",
        "Only hosts can change the settings");
    TestClient stranger = base();
    refused(
        stranger,
        stranger.call("set-settings", ann.here("title", "Mine")),
        "error",
        "not_authenticated",
        "Not authenticated");
    assertThat(seenByNewcomer(ann)).isEqualTo(DEFAULTS);
  }

  private TestClient sharedControl() {
    TestClient ann = host("Ann");
    ann.must("set-settings", ann.here("control", "everyone"));
    ann.must("set-video", ann.here("videoUrl", FILM));
    return ann.forget();
  }

  @ParameterizedTest
  @CsvSource({"play-video,video-played", "pause-video,video-paused", "seek-video,video-seeked"})
  void RT4_RT7_stock_guest_controls_a_room_that_lets_everyone(String event, String heard) {
    TestClient ann = sharedControl();
    TestClient bob = guest(ann, "Bob");
    bob.must(event, bob.here("currentTime", 30));
    JsonNode control = ann.take(heard);
    assertThat(control.get("currentTime").doubleValue()).isEqualTo(30);
    assertThat(text(control, "userId")).isEqualTo(bob.userId());
    assertThat(text(ann.take("timeline"), "by")).isEqualTo(bob.userId());
    bob.expectNothing("error", "room-error", heard);
  }

  @Test
  void RT4_guest_sets_the_rate_and_undoes_a_jump_of_another() {
    TestClient ann = sharedControl();
    TestClient bob = guest(ann, "Bob");
    bob.must("set-rate", bob.here("rate", 1.5));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("rate");
    ann.must("seek-video", ann.here("currentTime", 900));
    ann.take("timeline");
    bob.must("undo-seek", bob.here());
    JsonNode undone = ann.take("timeline");
    assertThat(text(undone, "reason")).isEqualTo("undo");
    assertThat(text(undone, "by")).isEqualTo(bob.userId());
  }

  @ParameterizedTest
  @CsvSource({
    "set-video,Only hosts can set the video",
    "sync-check,Only hosts can send sync checks",
    "report-duration," + CONTROL_ONLY,
    "report-live," + CONTROL_ONLY,
    "set-waiting," + CONTROL_ONLY
  })
  void RT4_other_rights_of_hosts_are_not_shared(String event, String error) {
    TestClient ann = sharedControl();
    TestClient bob = guest(ann, "Bob");
    JsonNode answer =
        bob.call(
            event,
            bob.here(
                "videoUrl",
                FILM,
                "currentTime",
                1,
                "isPlaying",
                true,
                "timestamp",
                1,
                "duration",
                60,
                "item",
                0,
                "delay",
                9_000,
                "mode",
                "never"));
    refused(bob, answer, "error", "not_host", error);
    ann.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"play-video", "pause-video", "seek-video", "set-rate", "undo-seek"})
  void RT4_control_that_hosts_have_taken_back_is_theirs_alone(String event) {
    TestClient ann = sharedControl();
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("control", "hosts"));
    bob.take("settings-changed");
    ann.forget();
    JsonNode answer = bob.call(event, bob.here("currentTime", 30, "rate", 2));
    refused(bob, answer, "error", "not_host", CONTROL_ONLY);
    ann.expectNothing();
  }

  @Test
  void RT5_where_hosts_alone_may_write_a_guest_neither_writes_nor_types() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("chat", "hosts"));
    bob.take("settings-changed");
    ann.forget();
    JsonNode answer = bob.call("send-message", bob.here("message", "hello"));
    assertThat(answer.get("retryable").booleanValue()).isFalse();
    refused(bob, answer, "error", "chat_closed", "Only hosts can write here");
    bob.must("typing-start", bob.here());
    ann.expectNothing();
    ann.must("send-message", ann.here("message", "a host may"));
    assertThat(text(bob.take("new-message").get("message"), "message")).isEqualTo("a host may");
  }

  @Test
  void RT5_slow_mode_makes_a_guest_wait_and_tells_how_long() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("slowModeMs", 60_000));
    bob.take("settings-changed");
    String id = "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f13";
    JsonNode first = bob.must("send-message", bob.here("message", "first", "messageId", id));
    bob.take("new-message");
    JsonNode answer = bob.call("send-message", bob.here("message", "second"));
    assertThat(answer.get("retryInMs").longValue()).isBetween(1L, 60_000L);
    assertThat(answer.get("retryable").booleanValue()).isTrue();
    refused(bob, answer, "error", "slow_mode", "Please wait before you write again");
    // The same message once more is no second one.
    assertThat(bob.must("send-message", bob.here("message", "first", "messageId", id)))
        .isEqualTo(first);
    ann.must("send-message", ann.here("message", "hosts"));
    ann.must("send-message", ann.here("message", "need not wait"));
    ann.must("set-settings", ann.here("slowModeMs", 0));
    bob.must("send-message", bob.here("message", "second"));
  }
}
