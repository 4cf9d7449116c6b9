package dev.watchnchill.party.entry;

import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Join;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who may come in by the room's entry mode (rules EN1, EN2, EN4 to EN6). */
public final class AdmissionRules {
  private AdmissionRules() {}

  /**
   * The result for one joiner.
   *
   * @param rejection why the joiner may not come in, or null
   * @param entry the state of the entry afterwards
   * @param invited whether that used an invitation up, or one use of it
   */
  public record Admission(@Nullable Rejection rejection, EntryState entry, boolean invited) {
    private static Admission rejected(Room room, Rejection why) {
      return new Admission(why, room.entry(), false);
    }
  }

  /** Returns whether a new member may come in. */
  public static Admission admit(Room room, Join join, long nowMs) {
    return switch (room.settings().entry()) {
      case LINK -> new Admission(null, room.entry(), false);
      case PASSWORD -> withPassword(room, join, nowMs);
      case APPROVAL -> withApproval(room, join, nowMs);
      case CLOSED -> Admission.rejected(room, Rejection.ENTRY_CLOSED);
    };
  }

  private static Admission withPassword(Room room, Join join, long nowMs) {
    if (join.proof().hasPassword(room.entry().password())) {
      return new Admission(null, room.entry(), false);
    }
    return join.proof().invitation() != null
        ? invited(room, join.proof().invitation(), nowMs)
        : Admission.rejected(
            room,
            join.proof().password() == EntryProof.Password.NONE
                ? Rejection.PASSWORD_REQUIRED
                : Rejection.BAD_PASSWORD);
  }

  private static Admission withApproval(Room room, Join join, long nowMs) {
    Knock accepted = acceptedKnock(room, join);
    if (accepted != null) {
      return new Admission(
          null, room.entry().withKnocks(without(room.entry().knocks(), accepted)), false);
    }
    return join.proof().invitation() != null
        ? invited(room, join.proof().invitation(), nowMs)
        : Admission.rejected(room, Rejection.APPROVAL_REQUIRED);
  }

  /** An acceptance holds for the name that the host has seen. */
  private static @Nullable Knock acceptedKnock(Room room, Join join) {
    for (Knock knock : room.entry().knocks()) {
      SecretHash session = knock.session();
      boolean own =
          knock.id().equals(join.proof().knock())
              || (session != null && join.session() != null && session.matches(join.session()));
      if (own && knock.accepted() && knock.name().sameAs(join.name())) {
        return knock;
      }
    }
    return null;
  }

  private static Admission invited(Room room, SecretHash token, long nowMs) {
    var left = new ArrayList<Invitation>();
    Invitation found = null;
    for (Invitation one : room.entry().invitations()) {
      if (!one.expired(nowMs) && one.token().matches(token)) {
        found = one;
        Invitation used = one.used();
        if (used != null) {
          left.add(used);
        }
      } else {
        left.add(one);
      }
    }
    if (found == null) {
      return Admission.rejected(room, Rejection.BAD_INVITATION);
    }
    return found.usesLeft() == null
        ? new Admission(null, room.entry(), false)
        : new Admission(null, room.entry().withInvitations(left), true);
  }

  /** Returns whether a ban keeps the client out (rule EN9). */
  public static boolean bans(
      Room room, @Nullable SecretHash session, MemberIdentity identity, long nowMs) {
    return BanRules.bans(room.entry(), session, identity, nowMs);
  }

  /** Returns whether a new member is muted, because the browser's last one was (rule EN11). */
  public static boolean staysMuted(Room room, MemberIdentity identity) {
    var browser = identity.browser();
    return browser != null && room.entry().muted().stream().anyMatch(browser::matches);
  }

  private static List<Knock> without(List<Knock> knocks, Knock one) {
    return knocks.stream().filter(knock -> !knock.id().equals(one.id())).toList();
  }
}
