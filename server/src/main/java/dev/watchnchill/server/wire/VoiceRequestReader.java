package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.server.wire.ClientRequest.CommandFactory;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the requests about voice (rules VO1 to VO7, VO9, FR18). */
final class VoiceRequestReader {
  private static final PeerSignal NO_SIGNAL = new PeerSignal.LastCandidate();

  private VoiceRequestReader() {}

  static ClientRequest join(FieldReader in) {
    return new ClientRequest.JoinVoice(
        in.roomId(), Objects.requireNonNullElse(in.optionalBool("muted"), false));
  }

  static CommandFactory leave() {
    return (actor, _, _) -> new VoiceCommand.LeaveVoice(actor);
  }

  static CommandFactory mute(FieldReader in) {
    boolean muted = in.bool("muted");
    return (actor, _, _) -> new VoiceCommand.MuteVoice(actor, muted);
  }

  static CommandFactory camera(FieldReader in) {
    boolean on = in.bool("on");
    return (actor, _, _) -> new VoiceCommand.SetCamera(actor, on);
  }

  static CommandFactory silence(FieldReader in) {
    UserId target = in.userId();
    boolean muted = in.bool("muted");
    return (actor, _, _) -> new VoiceCommand.SilenceMember(actor, target, muted);
  }

  static CommandFactory speaking(FieldReader in) {
    boolean on = in.bool("on");
    return (actor, _, _) -> new VoiceCommand.SetSpeaking(actor, on);
  }

  static ClientRequest signal(FieldReader in) {
    RoomId room = in.roomId();
    UUID to = in.uuid("to");
    FieldReader data = in.object("data");
    return new ClientRequest.SendSignal(room, to, data == null ? NO_SIGNAL : signalOf(data));
  }

  private static PeerSignal signalOf(FieldReader data) {
    boolean described = data.has("description");
    data.check(
        described != data.has("candidate"),
        "Exactly one of description and candidate must be there");
    if (described) {
      FieldReader in = data.object("description");
      return in == null
          ? NO_SIGNAL
          : new PeerSignal.Description(
              in.oneOf("type", PeerSignal.Kind.class, PeerSignal.Kind.OFFER),
              text(in, "sdp", PeerSignal.SDP_MAX));
    }
    FieldReader in = data.isNull("candidate") ? null : data.optionalObject("candidate");
    return in == null
        ? NO_SIGNAL
        : new PeerSignal.Candidate(
            text(in, "candidate", PeerSignal.CANDIDATE_MAX),
            optional(in, "sdpMid", PeerSignal.MID_MAX),
            in.isNull("sdpMLineIndex")
                ? null
                : in.optionalInt("sdpMLineIndex", 0, PeerSignal.LINES_MAX),
            optional(in, "usernameFragment", PeerSignal.USERNAME_MAX));
  }

  private static @Nullable String optional(FieldReader in, String field, int lengthMax) {
    return !in.has(field) || in.isNull(field) ? null : text(in, field, lengthMax);
  }

  /** Reads a text of lines of visible characters, as both forms are (RFC 8866, RFC 8839). */
  private static String text(FieldReader in, String field, int lengthMax) {
    String raw = in.string(field);
    if (raw == null) {
      return "";
    }
    if (raw.length() > lengthMax) {
      in.problems().add("Too big: expected string to have <=" + lengthMax + " characters");
      return "";
    }
    in.check(raw.chars().allMatch(VoiceRequestReader::isText), "Invalid characters");
    return raw;
  }

  private static boolean isText(int c) {
    return c >= ' ' ? c != 0x7f : c == '\r' || c == '\n' || c == '\t';
  }
}
