package dev.watchnchill.server.wire;

import dev.watchnchill.party.playback.WaitPolicy;

/** The bounds within which a room waits for viewers who stall (WT1); seconds, ms, two counts. */
public record WaitingState(String mode, int seconds, int graceMs, int peopleMax, int strikesMax) {
  /** Returns a policy in this form. */
  public static WaitingState of(WaitPolicy policy) {
    return new WaitingState(
        WireText.name(policy.mode()),
        policy.seconds(),
        policy.graceMs(),
        policy.peopleMax(),
        policy.strikesMax());
  }
}
