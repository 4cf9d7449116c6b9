package dev.watchnchill.party;

import dev.watchnchill.party.voice.PeerSignal;
import java.util.UUID;

/** A command about the members who speak with each other (VO). */
public sealed interface VoiceCommand extends RoomCommand {

  /**
   * Joins the voice group, or replaces the page that speaks for the member (rule VO1).
   *
   * @param peer the random id of the page
   */
  record JoinVoice(UserId actor, UUID peer, boolean muted) implements SpeakersCommand {}

  /** Leaves the voice group (rule VO1). */
  record LeaveVoice(UserId actor) implements SpeakersCommand {}

  /** Mutes oneself, or ends that (rule VO4). */
  record MuteVoice(UserId actor, boolean muted) implements SpeakersCommand {}

  /** Shows the camera picture of the member's page, or ends that (rule VO9). */
  record SetCamera(UserId actor, boolean on) implements SpeakersCommand {}

  /** Mutes a member for everybody, or ends that (rule VO4). */
  record SilenceMember(UserId actor, UserId target, boolean muted) implements VoiceCommand {
    @Override
    public Right right() {
      return Right.HOST;
    }
  }

  /** Sends a signal to the page of another speaker (rule VO5). */
  record SendSignal(UserId actor, UUID to, PeerSignal signal) implements SpeakersCommand {}

  /** Reports that a speaker began or stopped speaking (rule VO7). */
  record SetSpeaking(UserId actor, boolean on) implements SpeakersCommand {}

  /** A command that any member may give. */
  sealed interface SpeakersCommand extends VoiceCommand {
    @Override
    default Right right() {
      return Right.MEMBER;
    }
  }

  @Override
  UserId actor();
}
