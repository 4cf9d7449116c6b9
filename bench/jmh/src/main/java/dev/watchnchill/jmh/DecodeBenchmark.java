package dev.watchnchill.jmh;

import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.Decoded;
import dev.watchnchill.server.wire.RequestDecoder;
import dev.watchnchill.socketio.packet.PacketJson;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketDecoder;
import dev.watchnchill.socketio.packet.PacketFormatException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;

/** Decodes a packet's text to a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  private final PacketDecoder packets = new PacketDecoder(new PacketJson(16, 65_536, 1_000), 0);
  private final RequestDecoder decoder = new RequestDecoder(1_000);
  private String play = "212[\"play-video\",{\"roomId\":\"ABC234\",\"currentTime\":123.456}]";
  private String chat =
      "213[\"send-message\",{\"roomId\":\"ABC234\",\"message\":\"What a film this is, and what a cast!\","
          + "\"messageId\":\"7d1c2d0e-9d0b-4a5e-8a51-0b7a6a1f3c11\"}]";
  private String bad = "214[\"play-video\",{\"roomId\":\"abc\",\"currentTime\":-1}]";

  /** Decodes a {@code play-video}. */
  @Benchmark
  public Decoded play() throws PacketFormatException {
    return decoded(ClientEvent.PLAY_VIDEO, play);
  }

  /** Decodes a {@code send-message}. */
  @Benchmark
  public Decoded chat() throws PacketFormatException {
    return decoded(ClientEvent.SEND_MESSAGE, chat);
  }

  /** Decodes a payload that breaks field rules. */
  @Benchmark
  public Decoded rejected() throws PacketFormatException {
    return decoded(ClientEvent.PLAY_VIDEO, bad);
  }

  private Decoded decoded(ClientEvent event, String text) throws PacketFormatException {
    Packet packet = packets.decode(text, (type, namespace, length) -> {});
    JsonNode data = packet.data();
    return decoder.decode(event, data.get(1), NamePolicy.BASE);
  }
}
