package dev.watchnchill.party.voice;

import org.jspecify.annotations.Nullable;

/**
 * A message of one browser to another by which they agree on their connection (rule VO5). The
 * server reads its form and bounds, and nothing of what it says.
 */
public sealed interface PeerSignal {
  /** Longest session description, in UTF-16 characters. */
  int SDP_MAX = 24 * 1_024;

  /** Longest candidate, in UTF-16 characters. */
  int CANDIDATE_MAX = 1_024;

  /** Longest name of a part of a description, in UTF-16 characters. */
  int MID_MAX = 64;

  /** Longest user name of a candidate, in UTF-16 characters. */
  int USERNAME_MAX = 256;

  /** Most parts of a description. */
  int LINES_MAX = 64;

  /** Returns how many characters it has, nearly. */
  int length();

  /** A session description. */
  record Description(Kind kind, String sdp) implements PeerSignal {
    @Override
    public int length() {
      return sdp.length();
    }

    @Override
    public String toString() {
      return "Description[" + kind + "]";
    }
  }

  /**
   * An address at which the browser may be reached.
   *
   * @param mid the part of the description that it belongs to, or null
   * @param line the same as a number, or null
   * @param username the user name of the description that it belongs to, or null
   */
  record Candidate(
      String candidate, @Nullable String mid, @Nullable Integer line, @Nullable String username)
      implements PeerSignal {
    @Override
    public int length() {
      return candidate.length();
    }

    @Override
    public String toString() {
      return "Candidate[]"; // not an address
    }
  }

  /** The end of the candidates. */
  record LastCandidate() implements PeerSignal {
    @Override
    public int length() {
      return 0;
    }
  }

  /** The kinds of session descriptions that browsers send each other. */
  enum Kind {
    /** A description that asks for an answer. */
    OFFER,
    /** The answer to an offer. */
    ANSWER
  }
}
