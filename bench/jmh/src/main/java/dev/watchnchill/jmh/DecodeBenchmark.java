package dev.watchnchill.jmh;

import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.Decoder;
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

/** From the text of a packet to a checked message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  private final PacketDecoder packets = new PacketDecoder(new PacketJson(16, 65_536, 1_000), 0);
  private final Decoder decoder = new Decoder(1_000);
  private String play = "212[\"play-video\",{\"roomId\":\"ABC234\",\"currentTime\":123.456}]";
  private String chat =
      "213[\"send-message\",{\"roomId\":\"ABC234\",\"message\":\"What a film this is, and what a cast!\","
          + "\"messageId\":\"7d1c2d0e-9d0b-4a5e-8a51-0b7a6a1f3c11\"}]";
  private String bad = "214[\"play-video\",{\"roomId\":\"abc\",\"currentTime\":-1}]";

  /** A host plays. */
  @Benchmark
  public Decoder.Decoded play() throws PacketFormatException {
    return decoded(ClientEvent.PLAY_VIDEO, play);
  }

  /** Somebody says something. */
  @Benchmark
  public Decoder.Decoded chat() throws PacketFormatException {
    return decoded(ClientEvent.SEND_MESSAGE, chat);
  }

  /** Somebody sends what is refused. */
  @Benchmark
  public Decoder.Decoded refused() throws PacketFormatException {
    return decoded(ClientEvent.PLAY_VIDEO, bad);
  }

  private Decoder.Decoded decoded(ClientEvent event, String text) throws PacketFormatException {
    Packet packet = packets.decode(text, (type, namespace, length) -> {});
    JsonNode data = packet.data();
    return decoder.decode(event, data.get(1));
  }
}
