package dev.watchnchill.server.wire;

import static dev.watchnchill.server.wire.ServerSamples.ANN;
import static dev.watchnchill.server.wire.ServerSamples.BOB;
import static dev.watchnchill.server.wire.ServerSamples.EPOCH;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.voice.PeerSignal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Samples of messages about voice, for {@link ServerSamples} and {@link ClientSamples}. */
final class VoiceMessageSamples {
  static final VoiceStatus SILENT = new VoiceStatus(8, List.of());
  private static final String PEER = "00000000-0000-4000-8000-00000000000a";
  private static final String OTHER_PEER = "00000000-0000-4000-8000-00000000000b";
  private static final List<SpeakerEntry> SPEAKERS =
      List.of(
          new SpeakerEntry(ANN, PEER, false, false, true, null),
          new SpeakerEntry(BOB, OTHER_PEER, true, true, null, true));
  static final VoiceStatus VOICE = new VoiceStatus(8, SPEAKERS);
  private static final String SDP = "v=0\r\ns=-\r\n";
  private static final String CANDIDATE =
      "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0 ufrag x1Yz";

  private VoiceMessageSamples() {}

  static void put(Map<String, ServerMessage> all) {
    all.put("voice-state", new ServerMessage.VoiceState(SPEAKERS, EPOCH, 12, null));
    all.put("voice-state.large-room", new ServerMessage.VoiceState(List.of(), EPOCH, 15, 12L));
    all.put(
        "voice-signal.description",
        new ServerMessage.VoiceSignal(
            PEER, ANN, SignalData.of(new PeerSignal.Description(PeerSignal.Kind.ANSWER, SDP))));
    all.put(
        "voice-signal.candidate",
        new ServerMessage.VoiceSignal(
            PEER, ANN, SignalData.of(new PeerSignal.Candidate(CANDIDATE, "0", 0, null))));
    all.put(
        "voice-signal.last",
        new ServerMessage.VoiceSignal(PEER, ANN, SignalData.of(new PeerSignal.LastCandidate())));
    all.put("voice-speaking", new ServerMessage.VoiceSpeaking(BOB, true));
  }

  static void putReplies(Map<String, ServerReply> all) {
    var stun = new IceServer(List.of("stun:stun.example:3478"), null, null);
    var turn =
        new IceServer(List.of("turn:turn.example?transport=udp"), "1700021600:0001", "c2VjcmV0");
    all.put(
        "voice-join",
        new ServerReply.VoiceJoined(PEER, List.of(stun, turn), 8, SPEAKERS, EPOCH, 3));
    all.put(
        "voice-join.full",
        ServerReply.failed(
            ErrorReply.ofAction(ErrorCode.VOICE_FULL, "As many people speak as can at once")));
    all.put(
        "voice-join.off",
        ServerReply.failed(ErrorReply.ofAction(ErrorCode.VOICE_OFF, "This server has no voice")));
    all.put(
        "voice-signal.gone",
        ServerReply.failed(
            ErrorReply.ofAction(ErrorCode.VOICE_PEER_GONE, "That page does not speak any more")));
  }

  static void putRequests(
      Map<String, Object> all,
      RoomId room,
      UserId me,
      UserId other,
      Function<VoiceCommand, Object> command,
      Function<VoiceCommand, Object> signal) {
    UUID peer = UUID.fromString(PEER);
    all.put("voice-join", new ClientRequest.JoinVoice(room, false));
    all.put("voice-join.muted", new ClientRequest.JoinVoice(room, true));
    all.put("voice-leave", command.apply(new VoiceCommand.LeaveVoice(me)));
    all.put("voice-mute", command.apply(new VoiceCommand.MuteVoice(me, true)));
    all.put("voice-camera", command.apply(new VoiceCommand.SetCamera(me, true)));
    all.put("mute-voice", command.apply(new VoiceCommand.SilenceMember(me, other, true)));
    all.put("voice-speaking", signal.apply(new VoiceCommand.SetSpeaking(me, true)));
    all.put(
        "voice-signal.description",
        new ClientRequest.SendSignal(
            room, peer, new PeerSignal.Description(PeerSignal.Kind.OFFER, SDP)));
    all.put(
        "voice-signal.candidate",
        new ClientRequest.SendSignal(
            room, peer, new PeerSignal.Candidate(CANDIDATE, "0", 0, "x1Yz")));
    all.put(
        "voice-signal.no-mid",
        new ClientRequest.SendSignal(
            room, peer, new PeerSignal.Candidate(CANDIDATE, null, null, null)));
    all.put(
        "voice-signal.last",
        new ClientRequest.SendSignal(room, peer, new PeerSignal.LastCandidate()));
  }
}
