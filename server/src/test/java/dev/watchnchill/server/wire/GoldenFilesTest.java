package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.name.NamePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the messages of both directions with the files of {@code testdata/wire}. */
final class GoldenFilesTest {
  private static final Path WIRE = Path.of("..", "testdata", "wire");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final RequestDecoder DECODER = new RequestDecoder(1_000);

  private static String read(String folder, String name) throws IOException {
    return Files.readString(WIRE.resolve(folder).resolve(name + ".json")).stripTrailing();
  }

  private static Set<String> names(String folder) {
    try (Stream<Path> files = Files.list(WIRE.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the event that a file belongs to: its name up to the variant. */
  private static String eventOf(String name) {
    return name.split("\\.", 2)[0];
  }

  private static ClientEvent clientEvent(String name) {
    ClientEvent event = ClientEvent.named(eventOf(name));
    assertThat(event).as(name).isNotNull();
    return Objects.requireNonNull(event);
  }

  static Set<String> serverFiles() {
    return names("server");
  }

  static Set<String> replyFiles() {
    return names("reply");
  }

  static Set<String> clientFiles() {
    return names("client");
  }

  static Set<String> rejectedFiles() {
    return names("rejected");
  }

  @ParameterizedTest
  @MethodSource("serverFiles")
  void EV_message_is_encoded_byte_for_byte(String name) throws IOException {
    ServerMessage message = Objects.requireNonNull(ServerSamples.messages().get(name));
    assertThat(message.eventName()).isEqualTo(eventOf(name));
    assertThat(JSON.writeValueAsString(message)).isEqualTo(read("server", name));
  }

  @ParameterizedTest
  @MethodSource("replyFiles")
  void AK1_reply_is_encoded_byte_for_byte(String name) throws IOException {
    ServerReply reply = Objects.requireNonNull(ServerSamples.replies().get(name));
    clientEvent(name);
    assertThat(JSON.writeValueAsString(reply)).isEqualTo(read("reply", name));
  }

  @Test
  void EV_AK1_every_record_has_a_file() {
    assertThat(names("server")).isEqualTo(new TreeSet<>(ServerSamples.messages().keySet()));
    assertThat(classes(ServerSamples.messages())).isEqualTo(records(ServerMessage.class));
    assertThat(names("reply")).isEqualTo(new TreeSet<>(ServerSamples.replies().keySet()));
    assertThat(classes(ServerSamples.replies())).isEqualTo(records(ServerReply.class));
  }

  private static Set<Class<?>> classes(Map<String, ?> samples) {
    return samples.values().stream().map(Object::getClass).collect(Collectors.toSet());
  }

  /** Returns the records that a sealed interface permits, directly or through others. */
  private static Set<Class<?>> records(Class<?> sealed) {
    var all = new HashSet<Class<?>>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        all.add(permitted);
      } else {
        all.addAll(records(permitted));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("clientFiles")
  void FR_payload_is_decoded_to_its_request(String name) throws IOException {
    Decoded decoded =
        DECODER.decode(clientEvent(name), JSON.readTree(read("client", name)), NamePolicy.BASE);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    assertThat(ClientSamples.comparable(((Decoded.Accepted) decoded).request()))
        .isEqualTo(ClientSamples.requests().get(name));
  }

  @ParameterizedTest
  @MethodSource("rejectedFiles")
  void FR11_payload_is_rejected_with_its_error(String name) throws IOException {
    JsonNode file = JSON.readTree(read("rejected", name));
    Decoded decoded = DECODER.decode(clientEvent(name), file.get("payload"), NamePolicy.BASE);
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    ErrorReply problem = ((Decoded.Rejected) decoded).problem();
    assertThat(JSON.writeValueAsString(problem.message()))
        .isEqualTo(JSON.writeValueAsString(file.get("room-error")));
    assertThat(JSON.writeValueAsString(ServerReply.failed(problem)))
        .isEqualTo(JSON.writeValueAsString(file.get("reply")));
  }

  @Test
  void FR_every_event_of_the_client_has_files() {
    List<String> events = Stream.of(ClientEvent.values()).map(ClientEvent::wireName).toList();
    assertThat(names("client")).isEqualTo(new TreeSet<>(ClientSamples.requests().keySet()));
    assertThat(eventsOf("client")).containsExactlyInAnyOrderElementsOf(events);
    assertThat(eventsOf("rejected")).containsExactlyInAnyOrderElementsOf(events);
  }

  private static Set<String> eventsOf(String folder) {
    return names(folder).stream().map(GoldenFilesTest::eventOf).collect(Collectors.toSet());
  }
}
