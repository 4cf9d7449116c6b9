package dev.watchnchill.socketio.packet;

import static dev.watchnchill.socketio.support.ParserCost.assertLinear;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Growth of the cost of reading packets that are hard to parse, with limits that allow them. */
class PacketGrowthTest {
  private static final PacketDecoder DECODER =
      new PacketDecoder(new PacketJson(1_000, 20_000_000, 10_000_000), 10_000);

  private static Packet decode(String text) throws PacketFormatException {
    Packet packet = DECODER.decode(text.substring(1), (type, namespace, length) -> {});
    return packet.type() == PacketType.BINARY_EVENT
        ? PacketAssembler.withoutAttachments(packet)
        : packet;
  }

  private static Map<String, IntFunction<String>> worst() {
    Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
    kinds.put("digits of an acknowledgement id", n -> "42" + "1".repeat(n) + "[\"a\"]");
    kinds.put("digits of an attachment count", n -> "45" + "1".repeat(n) + "-[\"a\"]");
    kinds.put("a namespace without an end", n -> "40/" + "a".repeat(n));
    kinds.put("a namespace with a query", n -> "40/?" + "a=b&".repeat(n / 4) + ",");
    kinds.put("namespaces and commas", n -> "40/" + "/,".repeat(n / 2));
    kinds.put("digits of an integer", n -> "42[\"a\"," + "7".repeat(n) + "]");
    kinds.put("digits of a fraction", n -> "42[\"a\",0." + "7".repeat(n) + "]");
    kinds.put("an exponent", n -> "42[\"a\",1e" + "9".repeat(n) + "]");
    kinds.put(
        "many long numbers", n -> "42[\"a\"" + (",-" + "9".repeat(398)).repeat(n / 400) + "]");
    kinds.put("a number as name", n -> "42[" + "7".repeat(n) + "]");
    kinds.put("arrays in arrays", n -> "42[\"a\"," + "[".repeat(n));
    kinds.put("objects in objects", n -> "42[\"a\"," + "{\"a\":".repeat(n / 5));
    kinds.put("900 deep, over and over", n -> "42[\"a\"" + deep(900).repeat(n / 1_801) + "]");
    kinds.put("empty arrays", n -> "42[\"a\"" + ",[]".repeat(n / 3) + "]");
    kinds.put("one name over and over", n -> "42[\"a\",{\"b\":1" + ",\"b\":1".repeat(n / 6) + "}]");
    kinds.put("names with one hash", PacketGrowthTest::colliding);
    kinds.put("a long name", n -> "42[\"a\",{\"" + "n".repeat(n) + "\":1}]");
    kinds.put("a long text", n -> "42[\"a\",\"" + "x".repeat(n) + "\"]");
    kinds.put("escapes", n -> "42[\"a\",\"" + "\\u0000".repeat(n / 6) + "\"]");
    kinds.put("half surrogates", n -> "42[\"a\",\"" + "\ud83c".repeat(n) + "\"]");
    kinds.put("a text without an end", n -> "42[\"a\",\"" + "\\\"".repeat(n / 2));
    kinds.put("white space", n -> "42[\"a\"" + " ".repeat(n) + "]");
    kinds.put("an event's name", n -> "42[\"" + "connect".repeat(n / 7) + "\"]");
    kinds.put("placeholders", n -> "450-[\"a\"" + ",{\"_placeholder\":0}".repeat(n / 19) + "]");
    kinds.put("auth payload", n -> "40{\"a\":[" + "{},".repeat(n / 3) + "1]}");
    return kinds;
  }

  private static String deep(int depth) {
    return "," + "[".repeat(depth) + "]".repeat(depth);
  }

  /** Returns an object whose names, made of "Aa" and "BB", have the same hash. */
  private static String colliding(int length) {
    List<String> names = new ArrayList<>(List.of(""));
    int count = length / 44;
    for (int i = 0; i < 20 && names.size() < count; i++) {
      List<String> longer = new ArrayList<>(2 * names.size());
      for (String name : names) {
        longer.add(name + "Aa");
        longer.add(name + "BB");
      }
      names = longer;
    }
    var json = new StringBuilder("42[\"a\",{\"b\":1");
    for (String name : names.subList(0, Math.min(count, names.size()))) {
      json.append(",\"").append(name).append("\":1");
    }
    return json.append("}]").toString();
  }

  @Test
  void RL22_packets_are_read_in_linear_time() {
    worst().forEach((what, input) -> assertLinear(what, input, PacketGrowthTest::decode));
  }

  @Test
  void RL22_last_value_of_a_repeated_name_counts() throws PacketFormatException {
    JsonNode data = decode("42[\"a\",{\"b\":1,\"b\":2}]").data();
    assertThat(data.get(1).toString()).isEqualTo("{\"b\":2}");
  }
}
