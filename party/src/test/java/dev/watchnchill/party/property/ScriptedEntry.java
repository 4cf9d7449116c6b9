package dev.watchnchill.party.property;

import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.entry.Invitation;
import dev.watchnchill.party.entry.Knock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the commands of rights and entry control of a script. */
final class ScriptedEntry {
  private static final List<EntryMode> ENTRY_MODES = List.of(EntryMode.values());

  private ScriptedEntry() {}

  /** Returns the command of a step whose kind is one of rights and entry control. */
  static RoomCommand command(Room room, ScriptedCommand step, int index, UserId actor) {
    int what = step.what();
    boolean odd = what % 2 == 1;
    UserId target = ScriptRun.somebody(room, what / 2);
    UUID fresh = new UUID(6, index);
    return switch (step.kind()) {
      case DEMOTE -> new RoomCommand.Demote(actor, target);
      case TRANSFER -> new RoomCommand.TransferRoom(actor, target);
      case ISSUE_TOKEN ->
          new RoomCommand.IssueHostToken(odd ? room.hostId() : actor, token(what / 2));
      case UNDO -> new RoomCommand.UndoSeek(actor, odd);
      case SET_SETTINGS -> new RoomCommand.SetSettings(actor, change(what));
      case SET_PASSWORD ->
          new RoomCommand.SetPassword(actor, what % 4 == 0 ? null : stored(what / 4));
      case KNOCK ->
          new RoomCommand.RequestEntry(
              ScriptRun.name(step.who()),
              odd ? ScriptRun.secret(what % 8) : null,
              fresh,
              identity(step));
      case WITHDRAW ->
          new RoomCommand.WithdrawKnock(one(room.entry().knocks(), Knock::id, what, fresh));
      case ANSWER ->
          new RoomCommand.AnswerKnock(
              actor, one(room.entry().knocks(), Knock::id, what, fresh), what / 8 % 3 > 0);
      case INVITE ->
          new RoomCommand.CreateInvitation(
              actor,
              fresh,
              invitation(what),
              odd ? what * 10L : null,
              what % 3 == 0 ? null : what % 3);
      case REVOKE ->
          new RoomCommand.RevokeInvitation(
              actor, one(room.entry().invitations(), Invitation::id, what, fresh));
      case REMOVE ->
          new RoomCommand.RemoveMember(
              actor, target, odd ? fresh : null, what % 3 == 0 ? 1L : null);
      case LIFT -> new RoomCommand.LiftBan(actor, one(room.entry().bans(), Ban::id, what, fresh));
      case MUTE -> new RoomCommand.MuteMember(actor, target, odd);
      default -> throw new IllegalArgumentException("no kind of entry control: " + step.kind());
    };
  }

  /** Returns a join with an identity and a proof; now and then that of an accepted client. */
  static RoomCommand.Join join(Room room, ScriptedCommand step, RoomCommand.Join plain) {
    int what = step.what();
    List<Knock> knocks = room.entry().knocks();
    Knock knock = knocks.isEmpty() || what % 3 == 0 ? null : knocks.get(what % knocks.size());
    var password =
        what % 4 < 2
            ? EntryProof.Password.NONE
            : what % 4 == 2 ? EntryProof.Password.RIGHT : EntryProof.Password.WRONG;
    var proof =
        new EntryProof(
            password,
            password == EntryProof.Password.NONE ? null : stored(what / 4),
            what % 5 == 1 ? invitation(what / 5) : null,
            knock == null ? null : knock.id());
    return new RoomCommand.Join(
        knock == null ? plain.name() : knock.name(),
        what % 10 == 2 ? token(what) : plain.hostToken(),
        plain.session(),
        plain.current(),
        plain.newUser(),
        plain.newSession(),
        plain.instance(),
        identity(step),
        proof);
  }

  private static RoomSettings.Change change(int what) {
    return switch (what % 8) {
      case 0 -> RoomSettings.Change.NONE;
      case 1 -> change(Who.EVERYONE, Who.EVERYONE, null);
      case 2 -> change(Who.HOSTS, Who.HOSTS, null);
      case 3 -> change(null, null, what % 3 == 0 ? 0 : 60_000);
      case 4 ->
          new RoomSettings.Change(
              "title " + what,
              false,
              null,
              null,
              null,
              null,
              null,
              what % 3 == 0,
              what % 16 < 8 ? 0.25 : 0.0);
      case 5 -> RoomSettings.Change.entry(EntryMode.APPROVAL);
      default -> RoomSettings.Change.entry(ENTRY_MODES.get(what / 8 % ENTRY_MODES.size()));
    };
  }

  private static RoomSettings.Change change(
      @Nullable Who control, @Nullable Who chat, @Nullable Integer slowModeMs) {
    return new RoomSettings.Change(
        null, false, control, control, chat, slowModeMs, null, null, null);
  }

  private static MemberIdentity identity(ScriptedCommand step) {
    return JoinRequest.identity(step.what() / 3 % 4, step.who() % 4);
  }

  private static String stored(int pick) {
    return "password " + pick % 2;
  }

  private static SecretHash token(int pick) {
    return SecretHash.of("host token " + pick % 2);
  }

  private static SecretHash invitation(int pick) {
    return SecretHash.of("invitation " + pick % 4);
  }

  /** Returns mostly the id of one of a list, sometimes an unknown one. */
  private static <T> UUID one(List<T> list, Function<T, UUID> id, int pick, UUID unknown) {
    return list.isEmpty() || pick % 8 == 7 ? unknown : id.apply(list.get(pick % list.size()));
  }
}
