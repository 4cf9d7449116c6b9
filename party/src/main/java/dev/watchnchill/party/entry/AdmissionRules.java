package dev.watchnchill.party.entry;

import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Join;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who may come in by bans and the room's entry mode (rules EN1, EN2, EN4 to EN6, EN9). */
public final class AdmissionRules {
  private AdmissionRules() {}

  /**
   * The result for one joiner.
   *
   * @param rejection why the joiner may not come in, or null
   * @param entry the state of the entry afterwards
   * @param invited whether that used up an invitation, or one use of it
   */
  public record Admission(@Nullable Rejection rejection, EntryState entry, boolean invited) {
    /** Returns the result for a joiner who is in already, or needs no admission. */
    public static Admission notNeeded(Room room) {
      return allowed(room.entry());
    }

    /** Returns whether only a host can let the joiner in. */
    public boolean needsApproval() {
      return rejection == Rejection.APPROVAL_REQUIRED;
    }

    private static Admission allowed(EntryState entry) {
      return new Admission(null, entry, false);
    }

    private static Admission rejected(Room room, Rejection why) {
      return new Admission(why, room.entry(), false);
    }
  }

  /** Returns whether a new member may come in. An accepted knock is used up by that. */
  public static Admission admit(Room room, Join join, long nowMs) {
    EntryState entry = room.entry();
    if (BanRules.bans(entry, join.session(), join.identity(), nowMs)) {
      return Admission.rejected(room, Rejection.BANNED);
    }
    List<Knock> others =
        entry.knocks().stream().filter(knock -> !isAcceptanceOf(knock, join)).toList();
    boolean accepted = others.size() < entry.knocks().size();
    EntryState without = accepted ? entry.withKnocks(others) : entry;
    return switch (room.settings().entry()) {
      case LINK -> Admission.allowed(without);
      case PASSWORD ->
          accepted || join.proof().hasPassword(entry.password())
              ? Admission.allowed(without)
              : byInvitation(room, join, missingPassword(join), nowMs);
      case APPROVAL ->
          accepted
              ? Admission.allowed(without)
              : byInvitation(room, join, Rejection.APPROVAL_REQUIRED, nowMs);
      case CLOSED -> Admission.rejected(room, Rejection.ENTRY_CLOSED);
    };
  }

  private static Rejection missingPassword(Join join) {
    return join.proof().password() == EntryProof.Password.NONE
        ? Rejection.PASSWORD_REQUIRED
        : Rejection.BAD_PASSWORD;
  }

  /** An acceptance holds for the client that asked, and for the name that the host has seen. */
  private static boolean isAcceptanceOf(Knock knock, Join join) {
    SecretHash session = knock.session();
    boolean own =
        knock.id().equals(join.proof().knock())
            || (session != null && join.session() != null && session.matches(join.session()));
    return own && knock.accepted() && knock.name().sameAs(join.name());
  }

  private static Admission byInvitation(Room room, Join join, Rejection withoutOne, long nowMs) {
    SecretHash token = join.proof().invitation();
    if (token == null) {
      return Admission.rejected(room, withoutOne);
    }
    var left = new ArrayList<Invitation>();
    Invitation found = null;
    for (Invitation one : room.entry().invitations()) {
      Invitation after = one;
      if (!one.expired(nowMs) && one.token().matches(token)) {
        found = one;
        after = one.used();
      }
      if (after != null) {
        left.add(after);
      }
    }
    if (found == null) {
      return Admission.rejected(room, Rejection.BAD_INVITATION);
    }
    return found.usesLeft() == null
        ? Admission.allowed(room.entry())
        : new Admission(null, room.entry().withInvitations(left), true);
  }

  /** Returns whether a new member is muted, because the browser's last one was (rule EN11). */
  public static boolean staysMuted(Room room, MemberIdentity identity) {
    var browser = identity.browser();
    return browser != null && room.entry().muted().stream().anyMatch(browser::matches);
  }
}
