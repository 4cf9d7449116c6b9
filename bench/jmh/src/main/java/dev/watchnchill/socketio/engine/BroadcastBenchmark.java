package dev.watchnchill.socketio.engine;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.wire.RoomEventEncoder;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketEncoder;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From an event of a room to the bytes for its members; in the engine's package because frames give
 * their bytes to nobody else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BroadcastBenchmark {
  private static final int MEMBERS = 2_000;

  private final RoomEventEncoder encoder = new RoomEventEncoder(() -> 1_000_000.5);
  private final RoomId room = new RoomId("ABC234");
  private final EmbeddedChannel[] channels = new EmbeddedChannel[MEMBERS];
  private final RoomEvent.BroadcastEvent message =
      new RoomEvent.MessageSent(
          41,
          new ChatMessage(
              new UUID(7, 7),
              new UserId(new UUID(1, 1)),
              new DisplayName("Ana"),
              "What a film this is, and what a cast!",
              1_000_000,
              41));

  /** Opens the channels. */
  @Setup
  public void open() {
    for (int i = 0; i < MEMBERS; i++) {
      channels[i] = new EmbeddedChannel();
    }
  }

  /** Event to frame: what is done once for each broadcast. */
  @Benchmark
  public int encode() {
    EncodedFrame frame = frame();
    int size = frame.size();
    frame.release();
    return size;
  }

  /** Encodes an event and writes it to 2,000 channels with no kernel below them. */
  @Benchmark
  public void fanOutTo2000() {
    EncodedFrame frame = frame();
    for (EmbeddedChannel channel : channels) {
      channel.writeOneOutbound(frame.websocketBytes());
      channel.flushOutbound();
      ReferenceCountUtil.release(channel.readOutbound());
    }
    frame.release();
  }

  private EncodedFrame frame() {
    ServerMessage event = encoder.encode(room, 3, message).message();
    return PacketEncoder.event(
        "/", Packet.NO_ACK, event.eventName(), new Object[] {event}, null);
  }
}
