package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Commands about voice for {@link RoomScripts}. */
final class VoiceScript {
  private static final List<PeerSignal> SIGNALS =
      List.of(
          new PeerSignal.Description(PeerSignal.Kind.OFFER, "v=0\r\n\u2028\\\""),
          new PeerSignal.Description(PeerSignal.Kind.ANSWER, ""),
          new PeerSignal.Candidate("candidate:1", "0", 0, "ab"),
          new PeerSignal.Candidate("", null, null, null),
          new PeerSignal.LastCandidate());

  private VoiceScript() {}

  static RoomCommand command(Room room, Random random, int index, UserId actor) {
    boolean odd = random.nextBoolean();
    List<Speaker> speakers = room.voice().speakers();
    Speaker any = speakers.isEmpty() ? null : speakers.get(random.nextInt(speakers.size()));
    return switch (random.nextInt(10)) {
      case 0 -> new VoiceCommand.LeaveVoice(actor);
      case 1 -> new VoiceCommand.MuteVoice(actor, odd);
      case 2 -> new VoiceCommand.SilenceMember(actor, any == null ? actor : any.userId(), odd);
      case 3, 4, 5 ->
          new VoiceCommand.SendSignal(
              actor,
              any == null ? new UUID(0, 0) : any.peerId(),
              SIGNALS.get(random.nextInt(SIGNALS.size())));
      case 6 -> new VoiceCommand.SetSpeaking(actor, odd);
      case 7 -> new VoiceCommand.SetCamera(actor, odd);
      default -> new VoiceCommand.JoinVoice(actor, new UUID(8, index), odd);
    };
  }
}
