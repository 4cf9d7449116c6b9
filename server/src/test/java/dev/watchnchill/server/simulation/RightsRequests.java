package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.Invitation;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends random requests about rights and entry, of members who may make them and of others. */
final class RightsRequests {
  private static final UUID NO_ID = new UUID(0, 0);
  private static final List<String> PASSWORDS = List.of("popcorn", "nachos");

  private final SimulatedCluster cluster;
  private final RandomGenerator random;
  private final Map<RoomId, List<String>> inviteTokens = new LinkedHashMap<>();

  RightsRequests(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
  }

  /** Sends a request that keeps nobody out of the room and from writing. */
  void rights(SimulatedClient client, ClientView view) {
    RoomId room = view.roomId;
    switch (random.nextInt(6)) {
      case 0, 1 -> set(client, room, change(null, null));
      case 2 ->
          command(
              client,
              ClientEvent.DEMOTE_HOST,
              room,
              (me, _, _) -> new RoomCommand.Demote(me, any(view)));
      case 3 ->
          command(
              client,
              ClientEvent.TRANSFER_ROOM,
              room,
              (me, _, _) -> new RoomCommand.TransferRoom(me, any(view)));
      default ->
          command(
              client,
              ClientEvent.UNDO_SEEK,
              room,
              (me, ahead, _) -> new RoomCommand.UndoSeek(me, ahead));
    }
  }

  /** Sends a request about those who may come in, write or stay. */
  void entry(SimulatedClient client, ClientView view) {
    RoomId room = view.roomId;
    switch (random.nextInt(13)) {
      case 12 -> setPassword(client, room, password());
      case 0, 1, 2 -> {
        EntryMode[] modes = {
          EntryMode.LINK,
          EntryMode.LINK,
          EntryMode.APPROVAL,
          EntryMode.APPROVAL,
          EntryMode.PASSWORD,
          EntryMode.CLOSED
        };
        set(client, room, change(modes[random.nextInt(modes.length)], anyWho()));
      }
      case 3, 4, 5 -> answerKnock(client, room);
      case 6 ->
          client.request(
              ClientEvent.REMOVE_MEMBER,
              new ClientRequest.RemoveMember(
                  room, any(view), random.nextBoolean(), random.nextBoolean() ? 1L : null),
              reply -> cluster.answered(room, reply));
      case 7 -> {
        UUID ban = pick(ids(room, stored -> stored.entry().bans().stream().map(Ban::id).toList()));
        command(client, ClientEvent.LIFT_BAN, room, (me, _, _) -> new RoomCommand.LiftBan(me, ban));
      }
      case 8, 9 -> {
        boolean muted = random.nextBoolean();
        UserId target = any(view);
        command(
            client,
            ClientEvent.MUTE_MEMBER,
            room,
            (me, _, _) -> new RoomCommand.MuteMember(me, target, muted));
      }
      case 10 -> invite(client, room);
      default -> {
        UUID invitation =
            pick(
                ids(
                    room,
                    stored -> stored.entry().invitations().stream().map(Invitation::id).toList()));
        command(
            client,
            ClientEvent.REVOKE_INVITE,
            room,
            (me, _, _) -> new RoomCommand.RevokeInvitation(me, invitation));
      }
    }
  }

  /** Returns the token of an invitation to a room, which may be over, or null. */
  @Nullable String inviteToken(RoomId room) {
    List<String> tokens = inviteTokens.getOrDefault(room, List.of());
    return tokens.isEmpty() || random.nextBoolean() ? null : cluster.any(tokens);
  }

  /** Returns a password that a room may have, or null. */
  @Nullable String password() {
    return random.nextInt(4) == 0 ? null : cluster.any(PASSWORDS);
  }

  /** Opens a room to everybody, and lets everybody write. */
  void open(SimulatedClient host, ClientView view) {
    RoomId room = view.roomId;
    Room stored = cluster.stored(room);
    if (stored == null) {
      return;
    }
    setPassword(host, room, null);
    set(
        host,
        room,
        new RoomSettings.Change(
            null, false, null, null, Who.EVERYONE, 0, EntryMode.LINK, null, null));
    for (Ban ban : stored.entry().bans()) {
      command(
          host, ClientEvent.LIFT_BAN, room, (me, _, _) -> new RoomCommand.LiftBan(me, ban.id()));
    }
  }

  private void setPassword(SimulatedClient client, RoomId room, @Nullable String password) {
    client.request(
        ClientEvent.SET_PASSWORD,
        new ClientRequest.SetPassword(room, password),
        reply -> cluster.answered(room, reply));
  }

  private void answerKnock(SimulatedClient client, RoomId room) {
    UUID knock =
        pick(ids(room, stored -> stored.entry().knocks().stream().map(Knock::id).toList()));
    boolean accept = random.nextInt(3) > 0;
    command(
        client,
        ClientEvent.ANSWER_KNOCK,
        room,
        (me, _, _) -> new RoomCommand.AnswerKnock(me, knock, accept));
  }

  private void invite(SimulatedClient client, RoomId room) {
    client.request(
        ClientEvent.CREATE_INVITE,
        new ClientRequest.CreateInvite(
            room, random.nextBoolean() ? 60_000L : null, random.nextBoolean() ? 1 : null),
        reply -> {
          cluster.answered(room, reply);
          if (reply instanceof ServerReply.Invited invited) {
            inviteTokens.computeIfAbsent(room, _ -> new ArrayList<>()).add(invited.token());
          }
        });
  }

  private void set(SimulatedClient client, RoomId room, RoomSettings.Change change) {
    command(
        client,
        ClientEvent.SET_SETTINGS,
        room,
        (me, _, _) -> new RoomCommand.SetSettings(me, change));
  }

  private RoomSettings.Change change(@Nullable EntryMode entry, @Nullable Who chat) {
    return new RoomSettings.Change(
        random.nextBoolean() ? "Films " + random.nextInt(3) : null,
        false,
        anyWho(),
        null,
        chat,
        chat == null ? null : (Integer) (1_000 * random.nextInt(3)),
        entry,
        random.nextBoolean(),
        null);
  }

  private Who anyWho() {
    return random.nextBoolean() ? Who.EVERYONE : Who.HOSTS;
  }

  private void command(
      SimulatedClient client,
      ClientEvent event,
      RoomId room,
      ClientRequest.CommandFactory command) {
    client.request(
        event, new ClientRequest.Command(room, command), reply -> cluster.answered(room, reply));
  }

  private UserId any(ClientView view) {
    return new UserId(UUID.fromString(cluster.any(List.copyOf(view.names.keySet()))));
  }

  private List<UUID> ids(RoomId id, Function<Room, List<UUID>> of) {
    Room stored = cluster.stored(id);
    return stored == null ? List.of() : of.apply(stored);
  }

  private UUID pick(List<UUID> ids) {
    return ids.isEmpty() ? NO_ID : cluster.any(ids);
  }
}
