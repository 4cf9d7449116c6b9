package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules RT20 to RT23 on the wire: names in every script. */
class NamesTest extends ContractTest {
  private static final String TAKEN =
      "The name \"%s\" is already taken in this room. Please choose a different name.";

  private TestClient anyScript() {
    return extended(Map.of("resume", true, "names", "unicode"));
  }

  @Test
  void RT20_client_that_asks_for_it_has_a_name_in_any_script_and_base_clients_see_it() {
    TestClient yuki = anyScript();
    yuki.must("create-room", with("hostName", " 山田\u3000Zoe\u0308 "));
    JsonNode created = yuki.take("room-created");
    TestClient bob = base();

    JsonNode joined = bob.join(text(created, "roomId"), "Bob");

    assertThat(users(room(joined))).containsExactly("山田 Zoë", "Bob");
  }

  @Test
  void RT20_client_that_asks_for_nothing_or_another_rule_keeps_the_base_rule() {
    String error =
        "Invalid data: Name can only contain letters, numbers, spaces, and basic punctuation";
    for (Map<String, ?> auth :
        List.of(
            Map.of("resume", true),
            Map.of("names", "base"),
            Map.of("names", true),
            Map.of("names", List.of("unicode")))) {
      TestClient client = extended(auth);
      JsonNode answer = client.call("create-room", with("hostName", "Аня"));
      refused(client, answer, "room-error", "invalid_data", error);
    }
  }

  @Test
  void RT22_name_that_breaks_the_rule_gets_its_message() {
    TestClient client = anyScript();
    JsonNode answer = client.call("create-room", with("hostName", "A\u202e"));
    refused(
        client,
        answer,
        "room-error",
        "invalid_data",
        "Invalid data: Name can only contain letters and numbers of any language, spaces, and"
            + " - _ . ! ? '");
  }

  @Test
  void RT23_look_alike_of_a_present_name_is_rejected_both_ways() {
    TestClient ann = host("Ann");
    guest(ann, "Ivan");
    TestClient copy = anyScript();
    JsonNode answer =
        copy.call("join-room", with("roomId", ann.roomId(), "userName", "\u0406v\u0430n"));
    refused(copy, answer, "room-error", "name_taken", TAKEN.formatted("\u0406v\u0430n"));

    TestClient oleg = anyScript();
    oleg.join(ann.roomId(), "\u041eleg");
    TestClient base = base();
    answer = base.call("join-room", with("roomId", ann.roomId(), "userName", "oleg"));
    refused(base, answer, "room-error", "name_taken", TAKEN.formatted("oleg"));
  }
}
