package dev.watchnchill.party.entry;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room's entry control: who may join, and who may not; immutable.
 *
 * @param secret the key of the hashes
 * @param password the stored form of the password, or null for none
 * @param knocks the clients that wait, or were accepted and have not joined yet; oldest first
 * @param invitations those that may be valid still, oldest first
 * @param bans those that may hold still, oldest first
 * @param exempt hashes of the browsers that shared the address of somebody who was banned while
 *     they were members: no address bans them (rule EN9)
 * @param muted hashes of the browsers of muted members, who stay muted when they come again
 * @param removed the users that hosts have removed, the last at the end: no instance that was taken
 *     for dead puts them back (rule IN4)
 */
public record EntryState(
    RoomSecret secret,
    @Nullable String password,
    List<Knock> knocks,
    List<Invitation> invitations,
    List<Ban> bans,
    List<KeyedHash> exempt,
    List<KeyedHash> muted,
    List<UserId> removed) {

  /** Creates a state with copies of the lists. */
  public EntryState {
    knocks = List.copyOf(knocks);
    invitations = List.copyOf(invitations);
    bans = List.copyOf(bans);
    exempt = List.copyOf(exempt);
    muted = List.copyOf(muted);
    removed = List.copyOf(removed);
  }

  /** Returns the state of a new room. */
  public static EntryState of(RoomSecret secret, @Nullable String password) {
    return new EntryState(
        secret, password, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Returns whether the state holds nothing but the secret. */
  public boolean isPlain() {
    return password == null
        && knocks.isEmpty()
        && invitations.isEmpty()
        && bans.isEmpty()
        && exempt.isEmpty()
        && muted.isEmpty()
        && removed.isEmpty();
  }

  /** Returns this state with another password. */
  public EntryState withPassword(@Nullable String stored) {
    return new EntryState(secret, stored, knocks, invitations, bans, exempt, muted, removed);
  }

  /** Returns this state with other people waiting. */
  public EntryState withKnocks(List<Knock> next) {
    return new EntryState(secret, password, next, invitations, bans, exempt, muted, removed);
  }

  /** Returns this state with other invitations. */
  public EntryState withInvitations(List<Invitation> next) {
    return new EntryState(secret, password, knocks, next, bans, exempt, muted, removed);
  }

  /** Returns this state with other bans, and other browsers that no address bans. */
  public EntryState withBans(List<Ban> next, List<KeyedHash> exemptions) {
    return new EntryState(secret, password, knocks, invitations, next, exemptions, muted, removed);
  }

  /** Returns this state with other muted browsers. */
  public EntryState withMuted(List<KeyedHash> next) {
    return new EntryState(secret, password, knocks, invitations, bans, exempt, next, removed);
  }

  /** Returns this state with other removed users. */
  public EntryState withRemoved(List<UserId> next) {
    return new EntryState(secret, password, knocks, invitations, bans, exempt, muted, next);
  }

  /** Returns whether a host has removed the user. */
  public boolean wasRemoved(UserId user) {
    return removed.contains(user);
  }

  /** Returns two lists together, without the oldest elements of those that are too many. */
  static <T> List<T> newest(List<T> before, List<T> added, int max) {
    var all = new ArrayList<>(before);
    all.addAll(added);
    return all.subList(Math.max(0, all.size() - max), all.size());
  }

  @Override
  public String toString() {
    return "EntryState[%d waiting, %d invitations, %d bans]"
        .formatted(knocks.size(), invitations.size(), bans.size());
  }
}
