package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.FilmInfo;
import dev.watchnchill.server.wire.LibraryListing;
import dev.watchnchill.server.wire.ServerReply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests for the media library (LB1, LB8, LB10, LB11). Films are searched beside the
 * room's tasks, which only check the sender's right.
 */
final class LibraryHandler {
  private final RoomRegistry rooms;
  private final FilmLibrary library;
  private final FilmReach reach;

  LibraryHandler(RoomRegistry rooms, FilmLibrary library, FilmReach reach) {
    this.rooms = rooms;
    this.library = library;
    this.reach = reach;
  }

  /** Handles a request of a session that has a seat in the room. */
  CompletableFuture<ServerReply> handle(
      Session session, ClientEvent event, ClientRequest.ForLibrary request) {
    return switch (request) {
      case ClientRequest.GetLibrary get ->
          asMember(
              session,
              event,
              get,
              (room, user) ->
                  mayAdd(room, user) ? Asked.of(List.of()) : Asked.rejected(event.hostsOnly()),
              (_, asked) -> find(event, get, asked.viewers()));
      case ClientRequest.GetMediaLink get ->
          asMember(
              session,
              event,
              get,
              (room, _) -> shown(room, get.item()),
              (user, asked) ->
                  library
                      .link(get.roomId(), user, asked.films().getFirst())
                      .thenApply(LibraryHandler::reply));
      case ClientRequest.GetFilmInfo get ->
          asMember(
              session,
              event,
              get,
              (room, user) -> Asked.of(visible(room, user, get.mediaIds())),
              (user, asked) ->
                  library
                      .describe(get.roomId(), user, asked.films())
                      .thenCompose(infos -> marked(infos, asked.viewers())));
    };
  }

  /**
   * The films that a member may ask about, or the rejection.
   *
   * @param viewers number of present members of the room on each instance
   */
  private record Asked(
      List<String> films, Map<InstanceId, Integer> viewers, @Nullable ErrorReply rejection) {
    static Asked of(List<String> films) {
      return new Asked(films, Map.of(), null);
    }

    static Asked rejected(ErrorReply rejection) {
      return new Asked(List.of(), Map.of(), rejection);
    }

    Asked by(Map<InstanceId, Integer> those) {
      return new Asked(films, those, rejection);
    }
  }

  /** Reads what a member asks for in the room's turn, and answers beside it. */
  private CompletableFuture<ServerReply> asMember(
      Session session,
      ClientEvent event,
      ClientRequest.ForLibrary request,
      BiFunction<Room, UserId, Asked> reading,
      BiFunction<UserId, Asked, CompletableFuture<ServerReply>> answer) {
    var asked = new AtomicReference<@Nullable Asked>();
    var user = new AtomicReference<@Nullable UserId>();
    return rooms
        .answer(
            request.roomId(),
            event,
            (actor, room) -> {
              Session.Seat seat = session.seat();
              if (room == null) {
                return ServerReply.failed(event.noSuchRoom());
              }
              if (seat == null || !seat.isIn(actor)) {
                return ServerReply.failed(event.hostsOnly());
              }
              Asked read = reading.apply(room, seat.userId()).by(reach.viewers(room));
              asked.set(read);
              user.set(seat.userId());
              return read.rejection() == null
                  ? ServerReply.done()
                  : ServerReply.failed(read.rejection());
            })
        .thenCompose(reply -> {
          Asked read = asked.get();
          UserId member = user.get();
          return reply.ok() && read != null && member != null
              ? answer.apply(member, read)
              : Futures.of(reply);
        });
  }

  private Asked shown(Room room, int item) {
    if (room.timeline().item() != item) {
      return Asked.rejected(
          ErrorReply.ofAction(ErrorCode.FILM_CHANGED, "Another film is shown now"));
    }
    String film = room.media() == null ? null : room.media().libraryId().orElse(null);
    return film == null || library.film(film) == null
        ? Asked.rejected(ErrorReply.filmNotFound())
        : Asked.of(List.of(film));
  }

  private static ServerReply reply(FilmLibrary.LinkAnswer answer) {
    return switch (answer) {
      case FilmLibrary.Link link ->
          new ServerReply.MediaLink(
              link.url(), link.expiresAtMs(), link.converted() ? "hls" : "file", link.subtitles());
      case FilmLibrary.NotPlayable(String reason, String text) ->
          ServerReply.failed(ErrorReply.filmNotPlayable(reason, text));
      case FilmLibrary.NotExamined() -> ServerReply.failed(ErrorReply.filmNotExamined());
      case FilmLibrary.NoSuchFilm() -> ServerReply.failed(ErrorReply.filmNotFound());
    };
  }

  /** Returns those of some films that a member may know of (LB10). */
  private static List<String> visible(Room room, UserId user, List<String> films) {
    if (mayAdd(room, user)) {
      return films;
    }
    Queue queue = room.queue();
    var known = new HashSet<String>();
    Stream<QueueItem> items =
        Stream.concat(
            Stream.concat(queue.items().stream(), Stream.ofNullable(queue.current())),
            queue.played().stream().map(PlayedItem::item));
    Stream.concat(items.map(QueueItem::media), Stream.ofNullable(room.media()))
        .forEach(media -> media.libraryId().ifPresent(known::add));
    return films.stream().filter(known::contains).toList();
  }

  /** Returns whether a user is a member of a room. */
  CompletableFuture<FilmLibrary.Membership> membership(RoomId id, UserId user) {
    return rooms
        .answer(
            id,
            ClientEvent.GET_MEDIA_LINK,
            (_, room) ->
                room != null && room.members().find(user) != null
                    ? ServerReply.done()
                    : ServerReply.failed(ErrorReply.notAuthenticated()))
        .thenApply(reply ->
            switch (reply) {
              case ServerReply.Done _ -> FilmLibrary.Membership.MEMBER;
              case ServerReply.Failed failed
                  when failed.problem().code() == ErrorCode.NOT_AUTHENTICATED ->
                  FilmLibrary.Membership.STRANGER;
              case ServerReply _ -> FilmLibrary.Membership.UNKNOWN;
            });
  }

  /** Returns whether a member may add to the queue, and so may see what there is to add. */
  private static boolean mayAdd(Room room, UserId user) {
    return room.settings().queue() == Who.EVERYONE || MemberCommands.isHost(room, user);
  }

  private CompletableFuture<ServerReply> find(
      ClientEvent event, ClientRequest.GetLibrary request, Map<InstanceId, Integer> viewers) {
    return library
        .find(new FilmLibrary.Query(request.folder(), request.query(), request.after()))
        .thenCompose(answer ->
            switch (answer) {
              case FilmLibrary.Found(var page) -> marked(page, viewers);
              case FilmLibrary.NoLibrary() -> failed(ErrorReply.noLibrary());
              case FilmLibrary.NoSuchFolder() -> failed(ErrorReply.folderNotFound());
              case FilmLibrary.Busy() -> failed(event.failed(ErrorCode.UNAVAILABLE));
            });
  }

  private static CompletableFuture<ServerReply> failed(ErrorReply problem) {
    return Futures.of(ServerReply.failed(problem));
  }

  /** Marks films that viewers of the room cannot get (rule LB17). */
  private CompletableFuture<ServerReply> marked(
      LibraryListing page, Map<InstanceId, Integer> viewers) {
    return reach
        .missing(viewers, page.films().stream().map(LibraryListing.Film::mediaId).toList())
        .thenApply(missing -> new ServerReply.LibraryPage(page.withUnreachable(missing.keySet())));
  }

  private CompletableFuture<ServerReply> marked(
      FilmLibrary.Infos infos, Map<InstanceId, Integer> viewers) {
    return reach
        .missing(viewers, infos.films().stream().map(FilmInfo::mediaId).toList())
        .thenApply(missing ->
            new ServerReply.FilmInfos(
                infos.films().stream()
                    .map(film -> missing.containsKey(film.mediaId()) ? film.asUnreachable() : film)
                    .toList(),
                infos.pending()));
  }
}
