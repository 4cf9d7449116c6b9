package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetSubtitles;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.subtitle.RequestedTrack;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.runtime.subtitle.SubtitleText;
import dev.watchnchill.server.runtime.subtitle.SubtitleTexts;
import dev.watchnchill.server.runtime.subtitle.SubtitleUploads;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests about shared subtitles (SB). Texts are compressed, read from the store and
 * waited for beside the room's tasks, which only check the sender and change the list.
 */
final class SubtitleHandler {
  /** Most characters of a part: that of a text in a request is cut into such parts. */
  private static final int PART_LENGTH_MAX = 16_000;

  private final RoomRegistry rooms;
  private final RoomContext context;
  private final SubtitleUploads uploads = new SubtitleUploads();
  private final SubtitleTexts texts;

  SubtitleHandler(RoomRegistry rooms, RoomContext context) {
    this.rooms = rooms;
    this.context = context;
    this.texts = new SubtitleTexts(context.store());
  }

  /** Handles a request of a session that has a seat in the room. */
  CompletableFuture<ServerReply> handle(
      Session session, ClientEvent event, ClientRequest.ForSubtitles request) {
    return switch (request) {
      case ClientRequest.SetSubtitles set ->
          afterCheck(
              session,
              event,
              set,
              (room, user) -> hostsOnly(event, room, user),
              () -> set(session, event, set));
      case ClientRequest.UploadSubtitles upload ->
          afterCheck(
              session,
              event,
              upload,
              (room, user) -> hostsOnly(event, room, user),
              () -> done(upload(session, event, upload)));
      case ClientRequest.GetSubtitles get ->
          afterCheck(session, event, get, (room, _) -> shared(room, get), () -> read(event, get));
    };
  }

  /** Forgets what a session has uploaded when it ends. */
  void ended(Session session) {
    uploads.drop(session);
  }

  /** Does the rest when the sender's room has nothing against it. */
  private CompletableFuture<ServerReply> afterCheck(
      Session session,
      ClientEvent event,
      ClientRequest.ForSubtitles request,
      BiFunction<Room, UserId, ServerReply> check,
      Supplier<CompletableFuture<ServerReply>> rest) {
    return rooms
        .answer(
            request.roomId(),
            event,
            (actor, room) -> {
              UserId user = seated(session, actor);
              return room == null
                  ? ServerReply.failed(event.noSuchRoom())
                  : user == null ? ServerReply.failed(event.hostsOnly()) : check.apply(room, user);
            })
        .thenCompose(reply -> reply.ok() ? rest.get() : done(reply));
  }

  private static @Nullable UserId seated(Session session, RoomActor actor) {
    Session.Seat seat = session.seat();
    return seat != null && seat.isIn(actor) ? seat.userId() : null;
  }

  private static ServerReply hostsOnly(ClientEvent event, Room room, UserId user) {
    return MemberCommands.isHost(room, user)
        ? ServerReply.done()
        : ServerReply.failed(event.hostsOnly());
  }

  private static ServerReply shared(Room room, ClientRequest.GetSubtitles get) {
    return room.subtitles().stream()
            .anyMatch(track -> track.id().equals(get.trackId()) && get.part() < track.parts())
        ? ServerReply.done()
        : ServerReply.failed(ErrorReply.trackNotFound());
  }

  private ServerReply upload(
      Session session, ClientEvent event, ClientRequest.UploadSubtitles upload) {
    long nowMs = context.clock().nowMs();
    return switch (uploads.add(session, upload.roomId(), upload.part(), upload.text(), nowMs)) {
      case ADDED -> ServerReply.done();
      case OUT_OF_ORDER -> ServerReply.failed(ErrorReply.uploadIncomplete());
      case TOO_LARGE -> ServerReply.failed(ErrorReply.subtitlesTooLarge());
      case FULL -> ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE));
    };
  }

  private CompletableFuture<ServerReply> set(
      Session session, ClientEvent event, ClientRequest.SetSubtitles set) {
    var tracks = new ArrayList<RequestedTrack>();
    for (ClientRequest.ListedTrack listed : set.tracks()) {
      RequestedTrack track = requested(session, set, listed);
      if (track == null) {
        return done(ServerReply.failed(ErrorReply.uploadIncomplete()));
      }
      tracks.add(track);
    }
    return rooms.apply(
        set.roomId(),
        event,
        (actor, _) -> {
          UserId user = seated(session, actor);
          return user == null
              ? new MemberCommands.KnownReply(ServerReply.failed(event.hostsOnly()))
              : new MemberCommands.CommandToApply(
                  new SetSubtitles(user, tracks, set.videoUrl()), SubtitleHandler::reply);
        });
  }

  /** Returns a track of the list; null when its upload is not there. */
  private @Nullable RequestedTrack requested(
      Session session, ClientRequest.SetSubtitles set, ClientRequest.ListedTrack listed) {
    return switch (listed.source()) {
      case ClientRequest.SharedTrack(UUID track) ->
          new RequestedTrack.Kept(track, listed.label(), listed.language());
      case ClientRequest.LinkedTrack(String url) ->
          new RequestedTrack.Added(track(listed, new SubtitleTrack.Address(url)), null);
      case ClientRequest.WrittenTrack(String text) ->
          withText(listed, SubtitleText.of(text, PART_LENGTH_MAX));
      case ClientRequest.UploadedTrack(int parts) -> {
        SubtitleText text = uploads.take(session, set.roomId(), parts);
        yield text == null ? null : withText(listed, text);
      }
    };
  }

  private RequestedTrack withText(ClientRequest.ListedTrack listed, SubtitleText text) {
    SubtitleTrack track = track(listed, text.size());
    return new RequestedTrack.Added(track, new TrackText(track.id(), text.stored()));
  }

  private SubtitleTrack track(ClientRequest.ListedTrack listed, SubtitleTrack.Source source) {
    return new SubtitleTrack(
        context.ids().uuid(),
        Objects.requireNonNull(listed.label()),
        Objects.requireNonNullElse(listed.language(), "und"),
        source);
  }

  private static ServerReply reply(Room room) {
    List<UUID> ids = room.subtitles().stream().map(SubtitleTrack::id).toList();
    return new ServerReply.Shared(ids, room.epoch(), room.seq());
  }

  /** Reads beside the room's tasks: its commands need not wait for the store. */
  private CompletableFuture<ServerReply> read(ClientEvent event, ClientRequest.GetSubtitles get) {
    return texts
        .part(get.roomId(), get.trackId(), get.part())
        .handle((text, failure) ->
            failure != null
                ? ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE))
                : text == null
                    ? ServerReply.failed(ErrorReply.trackNotFound())
                    : new ServerReply.SubtitlePart(text));
  }

  private static CompletableFuture<ServerReply> done(ServerReply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
