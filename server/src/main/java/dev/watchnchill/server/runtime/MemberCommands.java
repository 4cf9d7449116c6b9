package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.queue.NewItem;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.broadcast.JoinSnapshot;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.BanEntry;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.InviteEntry;
import dev.watchnchill.server.wire.KnockEntry;
import dev.watchnchill.server.wire.RoomSnapshot;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.TimelineMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the requests of members in the room that they are in (sections 4 and 7 of the contract). */
final class MemberCommands {
  private final IdSource ids;
  private final ServerClock clock;
  private final RoomLinks links;
  private final FilmDescriptions films;
  private final FilmLibrary library;
  private final VoiceHandler voice;

  MemberCommands(IdSource ids, ServerClock clock, ServiceParts parts, VoiceHandler voice) {
    this.ids = ids;
    this.clock = clock;
    this.links = new RoomLinks(parts.pagesUrl());
    this.films = parts.films();
    this.library = parts.library();
    this.voice = voice;
  }

  /** The result of reading a request: a command for its room, or a reply that is known already. */
  sealed interface Resolution {}

  /**
   * A command to apply.
   *
   * @param reply makes the reply from the room after the command
   */
  record CommandToApply(RoomCommand command, Function<Room, ServerReply> reply)
      implements Resolution {}

  /** A reply without a command. */
  record KnownReply(ServerReply reply) implements Resolution {}

  /**
   * Resolves a request in the room as the commands before it leave it; call it in a task of the
   * actor.
   */
  Resolution resolve(
      RoomActor actor,
      Room room,
      Session session,
      ClientEvent event,
      ClientRequest.ForCommand request) {
    Session.Seat seat = session.seat();
    if (seat == null || !seat.isIn(actor)) {
      return new KnownReply(ServerReply.failed(event.hostsOnly()));
    }
    UserId me = seat.userId();
    return switch (request) {
      case ClientRequest.Command command ->
          new CommandToApply(
              command.command().create(me, session.resumable(), ids::uuid),
              MemberCommands::positionOf);
      case ClientRequest.ViewerSignal signal -> // it has no position in the stream (rule AK2)
          new CommandToApply(
              signal.command().create(me, session.resumable(), ids::uuid), _ -> ServerReply.done());
      case ClientRequest.SendMessage message -> sendMessage(actor, room, me, message);
      case ClientRequest.SetVideo set -> {
        Media film = known(set.media());
        yield film == null
            ? new KnownReply(ServerReply.failed(ErrorReply.filmNotFound()))
            : new CommandToApply(
                new RoomCommand.SetVideo(me, film, ids.uuid(), titleOf(film)),
                MemberCommands::positionOf);
      }
      case ClientRequest.QueueAdd add -> queueAdd(me, add);
      case ClientRequest.CreateInvite invite -> createInvite(me, invite);
      case ClientRequest.JoinVoice join -> voice.join(me, join);
      case ClientRequest.SendSignal send -> VoiceHandler.signal(me, send);
      case ClientRequest.RemoveMember remove -> removeMember(me, remove);
    };
  }

  /** Answers a request; call it in a task of the actor. */
  CompletableFuture<ServerReply> answer(
      RoomActor actor, Session session, ClientEvent event, ClientRequest.ForAnswer request) {
    Room room = actor.cachedState();
    return room == null
        ? actor.state().thenCompose(loaded -> answer(actor, loaded, session, event, request))
        : answer(actor, room, session, event, request);
  }

  private CompletableFuture<ServerReply> answer(
      RoomActor actor,
      @Nullable Room room,
      Session session,
      ClientEvent event,
      ClientRequest.ForAnswer request) {
    if (room == null) {
      return Futures.of(ServerReply.failed(event.noSuchRoom()));
    }
    Session.Seat seat = session.seat();
    if (seat == null || !seat.isIn(actor)) {
      return Futures.of(ServerReply.failed(event.hostsOnly()));
    }
    return switch (request) {
      case ClientRequest.GetTimeline _ -> Futures.of(timeline(session, room));
      case ClientRequest.Resume position -> resume(actor, event, session, seat, position);
      case ClientRequest.GetPeople search ->
          Futures.of(MemberSearch.find(room, search.after(), search.query()));
      case ClientRequest.GetQueue page ->
          Futures.of(ServerReply.QueuePage.of(room, page.after(), page.limit()));
      case ClientRequest.GetMessages page -> Futures.of(messages(room, page, seat.userId()));
      case ClientRequest.GetKnocks _ ->
          forHost(room, seat, event, () -> new ServerReply.KnockList(KnockEntry.waiting(room)));
      case ClientRequest.GetInvites _ ->
          forHost(
              room,
              seat,
              event,
              () -> new ServerReply.InviteList(InviteEntry.valid(room, clock.nowMs())));
      case ClientRequest.GetBans _ ->
          forHost(
              room, seat, event, () -> new ServerReply.BanList(BanEntry.held(room, clock.nowMs())));
    };
  }

  private static ServerReply messages(Room room, ClientRequest.GetMessages wanted, UserId reader) {
    UUID before = wanted.before();
    int place = before == null ? room.chat().size() : room.chat().indexOf(before);
    if (place < 0) {
      return ServerReply.failed(ErrorReply.messageNotFound());
    }
    ChatEntry.Page page = ChatEntry.before(room, place, wanted.limit(), reader);
    return new ServerReply.MessagePage(page.messages(), page.more());
  }

  private static CompletableFuture<ServerReply> forHost(
      Room room, Session.Seat seat, ClientEvent event, Supplier<ServerReply> answer) {
    return Futures.of(
        isHost(room, seat.userId()) ? answer.get() : ServerReply.failed(event.hostsOnly()));
  }

  /** Returns whether the user is a host of the room. */
  static boolean isHost(Room room, UserId user) {
    Member member = room.members().find(user);
    return member != null && member.host();
  }

  /** Returns the reply to a request when the decision on its command is committed. */
  static ServerReply reply(
      ClientEvent event, @Nullable Resolution resolution, @Nullable Decision decision) {
    if (decision == null || resolution == null) {
      return ServerReply.failed(event.noSuchRoom());
    }
    return switch (resolution) {
      case KnownReply(ServerReply known) -> known;
      case CommandToApply(_, Function<Room, ServerReply> reply) ->
          decision.rejection() == null
              ? reply.apply(decision.next())
              : ServerReply.failed(
                  RejectionReplies.problem(event, decision.rejection(), null),
                  decision.retryInMs());
    };
  }

  private Resolution queueAdd(UserId me, ClientRequest.QueueAdd add) {
    var items = new ArrayList<NewItem>();
    for (ClientRequest.NewFilm each : add.films()) {
      Media film = known(each.media());
      if (film == null) {
        return new KnownReply(ServerReply.failed(ErrorReply.filmNotFound()));
      }
      items.add(new NewItem(ids.uuid(), film, each.title() == null ? titleOf(film) : each.title()));
    }
    return new CommandToApply(
        new QueueCommand.QueueAdd(me, items, add.place()),
        room ->
            new ServerReply.Added(
                items.stream().map(NewItem::id).toList(), room.epoch(), room.seq()));
  }

  /** Returns a film with its kind, or null when the library does not have it (rule LB7). */
  private @Nullable Media known(Media film) {
    String id = film.libraryId().orElse(null);
    if (id == null) {
      return film;
    }
    FilmLibrary.Film found = library.film(id);
    return found == null
        ? null
        : new Media(film.url(), found.audio() ? VideoKind.AUDIO : VideoKind.VIDEO);
  }

  /** Returns the title of a file, which needs no request, or null. */
  private @Nullable String titleOf(Media film) {
    String id = film.libraryId().orElse(null);
    FilmLibrary.Film found = id == null ? null : library.film(id);
    if (found != null) {
      return found.title();
    }
    return film.providerVideo().isPresent()
        ? null
        : films.describe(film).getNow(FilmDescription.EMPTY).title();
  }

  private Resolution createInvite(UserId me, ClientRequest.CreateInvite invite) {
    UUID id = ids.uuid();
    String token = ids.inviteToken();
    return new CommandToApply(
        new RoomCommand.CreateInvitation(
            me, id, SecretHash.ofExact(token), invite.ttlMs(), invite.uses()),
        room ->
            new ServerReply.Invited(
                id.toString(), token, links.invitation(room, token), room.epoch(), room.seq()));
  }

  private Resolution removeMember(UserId me, ClientRequest.RemoveMember remove) {
    UUID ban = remove.ban() ? ids.uuid() : null;
    return new CommandToApply(
        new RoomCommand.RemoveMember(me, remove.target(), ban, remove.minutes()),
        room ->
            new ServerReply.Removed(ban == null ? null : ban.toString(), room.epoch(), room.seq()));
  }

  static ServerReply positionOf(Room room) {
    return new ServerReply.Applied(room.epoch(), room.seq());
  }

  private Resolution sendMessage(
      RoomActor actor, Room now, UserId me, ClientRequest.SendMessage message) {
    UUID id = message.messageId() == null ? ids.uuid() : message.messageId();
    Long before = actor.broadcaster().messageIds().seqOf(id, me, now);
    return before == null
        ? new CommandToApply(
            new RoomCommand.SendMessage(me, id, message.text(), message.replyTo()),
            room -> sent(id, room))
        : new KnownReply(new ServerReply.Sent(id.toString(), now.epoch(), before));
  }

  private static ServerReply sent(UUID id, Room room) {
    // A retry keeps the position of the first time (rule CH2).
    ChatMessage kept = room.chat().find(id);
    long seq = kept == null ? room.seq() : kept.seq();
    return new ServerReply.Sent(id.toString(), room.epoch(), seq);
  }

  private ServerReply timeline(Session session, Room room) {
    session.connection().send(timelineOf(room));
    return positionOf(room);
  }

  private ServerMessage.TimelineState timelineOf(Room room) {
    return TimelineMessages.forOne(room, clock.nowExactMs(), "request");
  }

  private CompletableFuture<ServerReply> resume(
      RoomActor actor,
      ClientEvent event,
      Session session,
      Session.Seat seat,
      ClientRequest.Resume from) {
    return actor
        .reconciler()
        .ensurePresent(seat.userId())
        .thenApply(present -> {
          Room room = actor.cachedState();
          if (room == null || !seat.equals(session.seat())) {
            return ServerReply.failed(ErrorReply.notAuthenticated());
          }
          return present
              ? resumed(actor, room, session, seat, from)
              : ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE));
        });
  }

  private ServerReply resumed(
      RoomActor actor, Room room, Session session, Session.Seat seat, ClientRequest.Resume from) {
    List<ServerMessage> missed =
        actor
            .broadcaster()
            .missedAfter(from.epoch(), from.seq(), seat.userId(), isHost(room, seat.userId()));
    if (missed != null && from.seq() <= room.seq() && actor.presence().countsFitAnswer(room)) {
      return ServerReply.Replayed.of(
          room.epoch(), room.seq(), withPresence(actor, room, seat.userId(), missed));
    }
    JoinSnapshot.Chat chat = actor.snapshot().chat(session, room, seat.userId());
    return new ServerReply.Resynced(
        room.epoch(),
        room.seq(),
        new RoomSnapshot(
            actor.presence().state(session, room, seat.userId()),
            chat.messages(),
            chat.more(),
            timelineOf(room)));
  }

  /**
   * Adds the members of a large room, whose changes are not among its events, and votes and
   * reactions that are not broadcast yet (rules PS4, QU12, CH9).
   */
  private static List<ServerMessage> withPresence(
      RoomActor actor, Room room, UserId reader, List<ServerMessage> missed) {
    if (!actor.presence().large()) {
      return missed;
    }
    var messages = new ArrayList<>(missed);
    messages.addAll(actor.presence().pendingCounts(room));
    messages.add(actor.presence().snapshot(room, reader));
    return messages;
  }
}
