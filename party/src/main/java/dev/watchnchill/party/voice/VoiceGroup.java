package dev.watchnchill.party.voice;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members of a room who speak with each other, and those whom a host has muted there;
 * immutable.
 *
 * @param speakers in the order of joining
 * @param silenced members who are muted by a host, whether they are in the group or not (rule VO4)
 * @param browsers hashes of their browsers, whose next members are muted too
 */
public record VoiceGroup(List<Speaker> speakers, List<UserId> silenced, List<KeyedHash> browsers) {
  /** The group of a room in which nobody speaks. */
  public static final VoiceGroup NONE = new VoiceGroup(List.of(), List.of(), List.of());

  /** Most members, and most browsers, that are muted; the oldest makes room for another one. */
  static final int SILENCED_MAX = 100;

  /** Creates a group with copies of the lists. */
  public VoiceGroup {
    speakers = List.copyOf(speakers);
    silenced = List.copyOf(silenced);
    browsers = List.copyOf(browsers);
  }

  /** Returns whether there is nothing to store. */
  public boolean isEmpty() {
    return speakers.isEmpty() && silenced.isEmpty() && browsers.isEmpty();
  }

  /** Returns the entry of a member, or null when it is not in the group. */
  public @Nullable Speaker find(UserId user) {
    for (Speaker speaker : speakers) {
      if (speaker.userId().equals(user)) {
        return speaker;
      }
    }
    return null;
  }

  /** Returns the entry of a page, or null when it is not in the group. */
  public @Nullable Speaker findPeer(UUID peerId) {
    for (Speaker speaker : speakers) {
      if (speaker.peerId().equals(peerId)) {
        return speaker;
      }
    }
    return null;
  }

  /** Returns whether a host has muted a member itself, and not only its browser. */
  boolean silences(UserId user) {
    return silenced.contains(user);
  }

  /** Returns whether a host has muted a member's browser. */
  boolean silencesBrowserOf(Member member) {
    KeyedHash browser = member.identity().browser();
    return browser != null && browsers.stream().anyMatch(browser::matches);
  }

  /** Returns the group with a member's entry in place of the one it has, or at the end. */
  VoiceGroup with(Speaker speaker) {
    var next = new ArrayList<>(speakers);
    next.replaceAll(old -> old.userId().equals(speaker.userId()) ? speaker : old);
    if (!next.contains(speaker)) {
      next.add(speaker);
    }
    return new VoiceGroup(next, silenced, browsers);
  }

  /** Returns the group without a member's entry. */
  VoiceGroup without(UserId user) {
    return new VoiceGroup(
        speakers.stream().filter(speaker -> !speaker.userId().equals(user)).toList(),
        silenced,
        browsers);
  }

  /**
   * Returns the group with a member and its browser muted by a host, or not. A mute ends the camera
   * picture.
   */
  VoiceGroup withSilenced(Member member, boolean on) {
    KeyedHash browser = member.identity().browser();
    Speaker speaker = find(member.id());
    VoiceGroup group = on && speaker != null ? with(speaker.withCamera(false)) : this;
    return new VoiceGroup(
        group.speakers,
        withNewest(silenced, member.id(), on),
        browser == null ? browsers : withNewest(browsers, browser, on));
  }

  private static <T> List<T> withNewest(List<T> before, T one, boolean on) {
    var next = new ArrayList<>(before);
    next.remove(one);
    if (on) {
      next.add(one);
    }
    return next.subList(Math.max(0, next.size() - SILENCED_MAX), next.size());
  }

  /** Returns the group reduced to the members of a room. */
  public VoiceGroup within(Members members) {
    if (isEmpty()) {
      return this;
    }
    List<Speaker> there =
        speakers.stream().filter(speaker -> members.find(speaker.userId()) != null).toList();
    List<UserId> muted = silenced.stream().filter(user -> members.find(user) != null).toList();
    return there.size() == speakers.size() && muted.size() == silenced.size()
        ? this
        : new VoiceGroup(there, muted, browsers);
  }
}
