package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class RequestDecoderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final RequestDecoder DECODER = new RequestDecoder(1_000);
  private static final String NUMBER = "Invalid input: expected number, received ";
  private static final String STRING = "Invalid input: expected string, received ";

  private static final RoomId ROOM = new RoomId("ABC123");
  private static final UserId ACTOR = new UserId(new UUID(0, 7));
  private static final UUID ITEM = new UUID(6, 1);

  private static Decoded decode(ClientEvent event, String json) {
    return DECODER.decode(event, JSON.readTree(json), NamePolicy.BASE);
  }

  private static ClientRequest accepted(ClientEvent event, String json) {
    Decoded decoded = decode(event, json);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).request();
  }

  /** Decodes a command and makes it for a base client's user. */
  private static RoomCommand command(ClientEvent event, String json) {
    var request = (ClientRequest.Command) accepted(event, json);
    assertThat(request.roomId()).isEqualTo(ROOM);
    return request.command().create(ACTOR, false, () -> ITEM);
  }

  private static String rejected(ClientEvent event, String json) {
    return rejected(decode(event, json));
  }

  private static String rejected(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    ErrorReply problem = ((Decoded.Rejected) decoded).problem();
    assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_DATA);
    assertThat(problem.message().eventName()).isEqualTo("room-error");
    assertThat(problem.text()).startsWith("Invalid data: ");
    return problem.text().substring("Invalid data: ".length());
  }

  private static String seek(String position) {
    return "{\"roomId\":\"ABC123\",\"currentTime\":" + position + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1, 1",
    "0.1, 0.1",
    "1e3, 1000",
    "1E-400, 0",
    "4.9e-324, 4.9e-324",
    "9223372036854775808, 9223372036854775808",
    "1e308, 1e308",
    "123456789012345678901234567890, 123456789012345678901234567890"
  })
  void FR6_finite_number_of_any_size_is_accepted(String json, double value) {
    var seek = (RoomCommand.Seek) command(ClientEvent.SEEK_VIDEO, seek(json));
    assertThat(seek.position()).isEqualByComparingTo(value);
  }

  @Test
  void FR6_minus_zero_is_not_negative() {
    assertThat(command(ClientEvent.SEEK_VIDEO, seek("-0.0")))
        .isEqualTo(new RoomCommand.Seek(ACTOR, -0.0, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e400|Infinity",
        "-1e400|Infinity",
        "null|null",
        "true|boolean",
        "\"1\"|string",
        "[]|array",
        "[1]|array",
        "{}|object",
        "{\"valueOf\":1}|object"
      })
  void FR6_FR10_value_that_is_no_finite_number_is_rejected(String json, String type) {
    assertThat(rejected(ClientEvent.SEEK_VIDEO, seek(json))).isEqualTo(NUMBER + type);
  }

  @ParameterizedTest
  @CsvSource({"-1", "-1e-300", "-1e308", "-9223372036854775809"})
  void FR6_negative_number_is_rejected(String json) {
    assertThat(rejected(ClientEvent.SEEK_VIDEO, seek(json)))
        .isEqualTo("Too small: expected number to be >=0");
  }

  @Test
  void FR6_integer_too_long_for_a_double_is_rejected() {
    assertThat(rejected(ClientEvent.SEEK_VIDEO, seek("9".repeat(400))))
        .isEqualTo(NUMBER + "Infinity");
  }

  @ParameterizedTest
  @CsvSource({"0", "-0.0", "-5"})
  void FR8_time_has_to_be_above_zero(String json) {
    assertThat(
            rejected(
                ClientEvent.SYNC_CHECK,
                "{\"roomId\":\"ABC123\",\"currentTime\":1,\"isPlaying\":true,\"timestamp\":"
                    + json
                    + "}"))
        .isEqualTo("Too small: expected number to be >0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7.9, 7",
    "1e300, 9223372036854775807",
    "9223372036854775808, 9223372036854775807"
  })
  void FR12_place_in_the_stream_beyond_a_long_is_the_largest(String json, long value) {
    assertThat(
            accepted(
                ClientEvent.RESUME,
                "{\"roomId\":\"ABC123\",\"epoch\":" + json + ",\"seq\":" + json + "}"))
        .isEqualTo(new ClientRequest.Resume(ROOM, value, value));
  }

  private static String clock(String report) {
    return "{\"t1\":1,\"report\":" + report + "}";
  }

  @Test
  void TL7_report_is_read_part_by_part() {
    assertThat(accepted(ClientEvent.CLOCK, "{\"t1\":-1.5}"))
        .isEqualTo(new ClientRequest.ReadClock(-1.5, null));
    assertThat(accepted(ClientEvent.CLOCK, clock("{}")))
        .isEqualTo(new ClientRequest.ReadClock(1, ViewerReport.EMPTY));
    assertThat(accepted(ClientEvent.CLOCK, clock("{\"drift\":null,\"x\":[]}")))
        .isEqualTo(new ClientRequest.ReadClock(1, ViewerReport.EMPTY));
    assertThat(
            accepted(
                ClientEvent.CLOCK,
                clock(
                    "{\"rtt90\":60000,\"start\":0,\"startDev\":1.5,\"seek\":2,"
                        + "\"drift\":-3600000,\"bound\":4,\"state\":\"free\","
                        + "\"seeks\":1000000000}")))
        .isEqualTo(
            new ClientRequest.ReadClock(
                1,
                new ViewerReport(
                    60_000.0,
                    0.0,
                    1.5,
                    2.0,
                    -3.6e6,
                    4.0,
                    ViewerReport.State.FREE,
                    1_000_000_000L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null|Invalid input: expected object, received null",
        "[]|Invalid input: expected object, received array",
        "7|Invalid input: expected object, received number",
        "{\"rtt90\":-0.1}|Too small: expected number to be >=0",
        "{\"rtt90\":60000.1}|Too big: expected number to be <=60000",
        "{\"start\":1e400}|Invalid input: expected number, received Infinity",
        "{\"startDev\":null}|Invalid input: expected number, received null",
        "{\"seek\":\"1\"}|Invalid input: expected number, received string",
        "{\"drift\":3600001}|Too big: expected number to be <=3600000",
        "{\"drift\":-3600001}|Too small: expected number to be >=-3600000",
        "{\"drift\":[]}|Invalid input: expected number, received array",
        "{\"bound\":{}}|Invalid input: expected number, received object",
        "{\"seeks\":-1}|Too small: expected number to be >=0",
        "{\"seeks\":0.5}|Invalid input: expected int, received number",
        "{\"seeks\":1e300}|Too big: expected number to be <=1000000000",
        "{\"state\":null}|Invalid input: expected string, received null"
      })
  void TL7_broken_report_is_rejected(String report, String message) {
    assertThat(rejected(ClientEvent.CLOCK, clock(report))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SYNCED", "synced ", "asleep", "__proto__", "ınone"})
  void TL7_state_is_one_of_the_defined_values(String state) {
    assertThat(rejected(ClientEvent.CLOCK, clock("{\"state\":\"" + state + "\"}")))
        .isEqualTo(
            "Invalid option: expected one of \"none\"|\"loading\"|\"ready\"|\"synced\""
                + "|\"correcting\"|\"buffering\"|\"blocked\"|\"free\"|\"failed\"|\"stuck\"|\"live\""
                + "|\"ended\"|\"no_copy\"");
  }

  @Test
  void FR11_messages_of_a_report_come_in_field_order() {
    assertThat(
            rejected(
                ClientEvent.CLOCK,
                "{\"report\":{\"seeks\":true,\"bound\":-1,\"rtt90\":\"x\"},\"t1\":null}"))
        .isEqualTo(
            NUMBER
                + "null, "
                + NUMBER
                + "string, Too small: expected number to be >=0, "
                + NUMBER
                + "boolean");
  }

  @ParameterizedTest
  @CsvSource({
    "seconds, 0, Too small: expected number to be >=1",
    "seconds, 31, Too big: expected number to be <=30",
    "graceMs, -1, Too small: expected number to be >=0",
    "graceMs, 5001, Too big: expected number to be <=5000",
    "peopleMax, 0, Too small: expected number to be >=1",
    "peopleMax, 21, Too big: expected number to be <=20",
    "strikesMax, 0, Too small: expected number to be >=1",
    "strikesMax, 1e300, Too big: expected number to be <=20",
    "strikesMax, 1.5, 'Invalid input: expected int, received number'",
    "seconds, null, 'Invalid input: expected number, received null'",
    "seconds, '\"5\"', 'Invalid input: expected number, received string'"
  })
  void WT1_bounds_of_the_policy(String field, String json, String message) {
    assertThat(
            rejected(
                ClientEvent.SET_WAITING,
                "{\"roomId\":\"ABC123\",\"mode\":\"everyone\",\"" + field + "\":" + json + "}"))
        .isEqualTo(message);
  }

  @Test
  void WT1_policy_may_be_the_mode_alone() {
    assertThat(command(ClientEvent.SET_WAITING, "{\"roomId\":\"ABC123\",\"mode\":\"everyone\"}"))
        .isEqualTo(
            new RoomCommand.SetWaiting(ACTOR, WaitPolicy.Mode.EVERYONE, null, null, null, null));
    assertThat(
            command(
                ClientEvent.SET_WAITING,
                "{\"roomId\":\"ABC123\",\"mode\":\"never\",\"seconds\":30,\"graceMs\":0,"
                    + "\"peopleMax\":20.0,\"strikesMax\":1e0}"))
        .isEqualTo(new RoomCommand.SetWaiting(ACTOR, WaitPolicy.Mode.NEVER, 30, 0, 20, 1));
  }

  @Test
  void PS6_members_may_be_requested_without_arguments() {
    assertThat(accepted(ClientEvent.GET_PEOPLE, "{\"roomId\":\"ABC123\",\"query\":\" \"}"))
        .isEqualTo(new ClientRequest.GetPeople(ROOM, null, null));
    assertThat(accepted(ClientEvent.GET_PEOPLE, "{\"roomId\":\"ABC123\",\"query\":\" An \"}"))
        .isEqualTo(new ClientRequest.GetPeople(ROOM, null, "An"));
  }

  @ParameterizedTest
  @CsvSource({
    "after, '\"x\"', Invalid UUID",
    "after, 1, 'Invalid input: expected string, received number'",
    "query, null, 'Invalid input: expected string, received null'",
    "query, '\"123456789012345678901234567890123456789012345678901\"', "
        + "Too big: expected string to have <=50 characters"
  })
  void PS6_bounds_of_the_question(String field, String json, String message) {
    assertThat(
            rejected(
                ClientEvent.GET_PEOPLE, "{\"roomId\":\"ABC123\",\"" + field + "\":" + json + "}"))
        .isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"null, null", "1, number", "true, boolean", "[], array", "{}, object"})
  void FR10_value_that_is_no_string_is_rejected(String json, String type) {
    assertThat(rejected(ClientEvent.LEAVE_ROOM, "{\"roomId\":" + json + "}"))
        .isEqualTo(STRING + type);
  }

  @Test
  void FR11_prototype_keys_are_fields_like_any_unknown_one() {
    String polluted =
        "{\"__proto__\":{\"roomId\":\"ABC123\"},\"constructor\":{\"prototype\":{}},"
            + "\"toString\":1,\"hasOwnProperty\":null";
    assertThat(rejected(ClientEvent.LEAVE_ROOM, polluted + "}")).isEqualTo(STRING + "undefined");
    accepted(ClientEvent.LEAVE_ROOM, polluted + ",\"roomId\":\"ABC123\"}");
  }

  @Test
  void FR11_last_of_two_equal_keys_counts() {
    assertThat(accepted(ClientEvent.LEAVE_ROOM, "{\"roomId\":7,\"roomId\":\"ABC123\"}"))
        .isEqualTo(new ClientRequest.LeaveRoom(ROOM));
    assertThat(rejected(ClientEvent.LEAVE_ROOM, "{\"roomId\":\"ABC123\",\"roomId\":7}"))
        .isEqualTo(STRING + "number");
  }

  @ParameterizedTest
  @CsvSource({
    "null, null",
    "[], array",
    "[{}], array",
    "\"x\", string",
    "1, number",
    "true, boolean"
  })
  void FR11_payload_is_an_object(String json, String type) {
    for (ClientEvent event : ClientEvent.values()) {
      assertThat(rejected(event, json))
          .isEqualTo("Invalid input: expected object, received " + type);
    }
  }

  @Test
  void FR11_payload_is_there() {
    assertThat(rejected(DECODER.decode(ClientEvent.CLOCK, null, NamePolicy.BASE)))
        .isEqualTo("Invalid input: expected object, received undefined");
  }

  @Test
  void FR9_half_a_surrogate_pair_is_text() {
    var message =
        (ClientRequest.SendMessage)
            accepted(
                ClientEvent.SEND_MESSAGE,
                "{\"roomId\":\"ABC123\",\"message\":\"\\ud83c \\udf7f \\ud83c\\udf7f\"}");
    assertThat(message.text()).isEqualTo("\ud83c \udf7f \ud83c\udf7f");
  }

  @Test
  void FR9_length_counts_both_halves_of_a_pair() {
    String pair = "\ud83c\udf7f";
    String start = "{\"roomId\":\"ABC123\",\"message\":\"";
    accepted(ClientEvent.SEND_MESSAGE, start + pair.repeat(500) + "\"}");
    assertThat(rejected(ClientEvent.SEND_MESSAGE, start + pair.repeat(500) + "x\"}"))
        .isEqualTo("Too big: expected string to have <=1000 characters");
  }

  @Test
  void FR1_surrogates_are_no_part_of_a_name() {
    assertThat(rejected(ClientEvent.CREATE_ROOM, "{\"hostName\":\"Ann \\ud83c\\udf7f\"}"))
        .isEqualTo("Name can only contain letters, numbers, spaces, and basic punctuation");
  }

  @Test
  void FR11_deep_nesting_in_an_unknown_field_is_ignored() {
    accepted(
        ClientEvent.LEAVE_ROOM,
        "{\"x\":" + "[".repeat(400) + "]".repeat(400) + ",\"roomId\":\"ABC123\"}");
  }
}
