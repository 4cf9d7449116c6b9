package dev.watchnchill.party.voice;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.entry.RemovalRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the voice group of a room (VO).
 *
 * <p>The commands change the group alone; {@link #follow} adds the event.
 */
public final class VoiceRules {
  private final int voiceMax;

  /**
   * @param voiceMax most members in a voice group; 0 for none at all
   */
  public VoiceRules(int voiceMax) {
    this.voiceMax = voiceMax;
  }

  /** Decides on a command. */
  public Decision decide(Room room, VoiceCommand command) {
    if (voiceMax == 0) {
      return Decision.rejected(room, Rejection.VOICE_OFF);
    }
    return switch (command) {
      case VoiceCommand.JoinVoice join -> join(room, join);
      case VoiceCommand.LeaveVoice leave -> changed(room, room.voice().without(leave.actor()));
      case VoiceCommand.MuteVoice mute -> mute(room, mute);
      case VoiceCommand.SetCamera camera -> camera(room, camera);
      case VoiceCommand.SilenceMember silence -> silence(room, silence);
      case VoiceCommand.SendSignal send -> signal(room, send);
      case VoiceCommand.SetSpeaking speaking -> speaking(room, speaking);
    };
  }

  private Decision join(Room room, VoiceCommand.JoinVoice join) {
    VoiceGroup group = room.voice();
    if (group.find(join.actor()) == null && group.speakers().size() >= voiceMax) {
      return Decision.rejected(room, Rejection.VOICE_FULL);
    }
    return changed(room, group.with(new Speaker(join.actor(), join.peer(), join.muted(), false)));
  }

  private static Decision mute(Room room, VoiceCommand.MuteVoice mute) {
    Speaker speaker = room.voice().find(mute.actor());
    if (speaker == null) {
      return Decision.rejected(room, Rejection.NOT_IN_VOICE);
    }
    if (!mute.muted() && isSilenced(room, mute.actor())) {
      return Decision.rejected(room, Rejection.VOICE_MUTED);
    }
    return changed(room, room.voice().with(speaker.withMuted(mute.muted())));
  }

  private static Decision camera(Room room, VoiceCommand.SetCamera camera) {
    Speaker speaker = room.voice().find(camera.actor());
    if (speaker == null) {
      return Decision.rejected(room, Rejection.NOT_IN_VOICE);
    }
    if (camera.on() && isSilenced(room, camera.actor())) {
      return Decision.rejected(room, Rejection.VOICE_MUTED);
    }
    return changed(room, room.voice().with(speaker.withCamera(camera.on())));
  }

  private static Decision silence(Room room, VoiceCommand.SilenceMember silence) {
    Member target = room.members().find(silence.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    // A muted guest may have become a host, whom no other host could unmute.
    boolean endsOwn = silence.actor().equals(silence.target()) && !silence.muted();
    VoiceGroup next = room.voice();
    for (Member member : RemovalRules.sameBrowser(room.members(), target)) {
      Rejection rejection =
          endsOwn ? null : RemovalRules.missingRightOver(room, silence.actor(), member);
      if (rejection != null) {
        return Decision.rejected(room, rejection);
      }
      next = next.withSilenced(member, silence.muted());
    }
    return changed(room, next);
  }

  /** Returns whether a member is muted by a host, itself or with its browser (rule VO4). */
  public static boolean isSilenced(Room room, UserId user) {
    VoiceGroup group = room.voice();
    if (group.silences(user)) {
      return true;
    }
    Member member = room.members().find(user);
    return member != null && !room.isOwner(user) && group.silencesBrowserOf(member);
  }

  private static Decision signal(Room room, VoiceCommand.SendSignal send) {
    Speaker from = room.voice().find(send.actor());
    if (from == null) {
      return Decision.rejected(room, Rejection.NOT_IN_VOICE);
    }
    Speaker to = room.voice().findPeer(send.to());
    if (to == null || to.userId().equals(send.actor())) {
      return Decision.rejected(room, Rejection.VOICE_PEER_GONE);
    }
    return Decision.done(
        room, List.of(new RoomEvent.VoiceSignalled(from, to.userId(), send.to(), send.signal())));
  }

  private static Decision speaking(Room room, VoiceCommand.SetSpeaking speaking) {
    Speaker speaker = room.voice().find(speaking.actor());
    if (speaker == null) {
      return Decision.rejected(room, Rejection.NOT_IN_VOICE);
    }
    boolean heard = !speaker.muted() && !isSilenced(room, speaking.actor());
    return speaking.on() && !heard
        ? Decision.unchanged(room)
        : Decision.done(
            room, List.of(new RoomEvent.SpeakingChanged(speaking.actor(), speaking.on())));
  }

  private static Decision changed(Room room, VoiceGroup next) {
    return next.equals(room.voice())
        ? Decision.unchanged(room)
        : Decision.done(room.withVoice(next), List.of());
  }

  /**
   * Returns a decision with the event of what it changes in the voice group: who is in it, and
   * which of them are away or muted (rules VO2 to VO4).
   */
  public static Decision follow(Room before, Decision decision, long nowMs) {
    Room after = decision.next();
    if (decision.rejection() != null
        || after.closed()
        || (before.voice().equals(after.voice()) && shownIn(before).equals(shownIn(after)))) {
      return decision;
    }
    Room next = after.changed(nowMs);
    var events = new ArrayList<>(decision.events());
    events.add(new RoomEvent.VoiceChanged(next.seq()));
    return new Decision(next, List.copyOf(events), null, decision.joined(), decision.retryInMs());
  }

  /** The part of a speaker that members see and the group does not hold. */
  private record Shown(boolean away, boolean silenced) {}

  private static List<Shown> shownIn(Room room) {
    return room.voice().speakers().stream()
        .map(Speaker::userId)
        .map(user -> new Shown(isAway(room.members().find(user)), isSilenced(room, user)))
        .toList();
  }

  private static boolean isAway(@Nullable Member member) {
    return member == null || member.away();
  }
}
