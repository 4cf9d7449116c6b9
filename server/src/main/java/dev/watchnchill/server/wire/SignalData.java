package dev.watchnchill.server.wire;

import dev.watchnchill.party.voice.PeerSignal;
import org.jspecify.annotations.Nullable;

/** A signal of one speaker's browser to another's, with the field names of browsers (VO5). */
public sealed interface SignalData {
  /** A session description. */
  record OfDescription(SessionDescription description) implements SignalData {}

  /** A candidate, or null for the end of them. */
  record OfCandidate(@Nullable IceCandidate candidate) implements SignalData {}

  /** A session description, as browsers write it. */
  record SessionDescription(String type, String sdp) {}

  /** A candidate, as browsers write it. */
  record IceCandidate(
      String candidate,
      @Nullable String sdpMid,
      @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment) {}

  /** Returns a signal as clients read it. */
  static SignalData of(PeerSignal signal) {
    return switch (signal) {
      case PeerSignal.Description(PeerSignal.Kind kind, String sdp) ->
          new OfDescription(new SessionDescription(WireText.name(kind), sdp));
      case PeerSignal.Candidate c ->
          new OfCandidate(new IceCandidate(c.candidate(), c.mid(), c.line(), c.username()));
      case PeerSignal.LastCandidate _ -> new OfCandidate(null);
    };
  }
}
