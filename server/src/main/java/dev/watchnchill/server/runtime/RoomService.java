package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.runtime.port.FanOut;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.runtime.session.SeatedRoom;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.RoomEventEncoder;
import dev.watchnchill.server.wire.ServerReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handles the events of clients: finds the room, runs the work in the room's tasks, and answers.
 *
 * <p>Methods may be called from any thread and never wait.
 */
public final class RoomService implements AutoCloseable {
  /** With 36^6 ids, this many collisions in a row mean a broken source. */
  private static final int CREATE_TRIES = 16;

  private static final long ANSWER_MAX_MS = 1_900 - ResponseTimeouts.LOOK_MS;

  private final RoomListings listings = new RoomListings();
  private final RoomContext context;
  private final RoomRegistry rooms;
  private final OrphanedRooms orphanedRooms;
  private final IdSource ids;
  private final int roomsMax;
  private final JoinHandler joins;
  private final LeaveHandler leaves;
  private final EntryGuard guard;
  private final PasswordHandler passwords;
  private final MemberCommands commands;
  private final SubtitleHandler subtitles;
  private final LibraryHandler library;
  private final FilmChecks filmChecks;
  private final ResponseTimeouts timeouts;

  /**
   * @param roomsMax most rooms that this instance keeps live
   * @param metrics receives the playback measurements
   */
  public RoomService(
      RoomRules rules,
      RoomStore store,
      Instances instances,
      ServerClock clock,
      IdSource ids,
      Scheduler scheduler,
      FanOut fanOut,
      int roomsMax,
      PlaybackMetrics metrics,
      ServiceParts parts) {
    this.context =
        new RoomContext(
            rules,
            store,
            instances,
            clock,
            scheduler,
            fanOut,
            new RoomEventEncoder(clock::nowExactMs),
            metrics,
            parts.memory(),
            ids,
            listings,
            parts.films());
    this.rooms = new RoomRegistry(context);
    this.orphanedRooms = new OrphanedRooms(rooms, context);
    this.ids = ids;
    this.roomsMax = roomsMax;
    this.joins = new JoinHandler(context, ids);
    this.leaves = new LeaveHandler(rooms, parts.limits());
    this.passwords = new PasswordHandler(rooms, parts.passwords());
    this.guard =
        new EntryGuard(
            parts.limits(),
            rooms,
            new KnockHandler(rooms, joins, leaves, ids, scheduler),
            this.passwords,
            context);
    this.commands =
        new MemberCommands(
            ids,
            clock,
            parts,
            new VoiceHandler(ids, parts.iceServers(), rules.limits().voiceMax()));
    this.subtitles = new SubtitleHandler(rooms, context);
    var reach = new FilmReach(instances, parts.library());
    this.library = new LibraryHandler(rooms, parts.library(), reach);
    this.filmChecks = new FilmChecks(rooms, context, commands, reach);
    this.timeouts = new ResponseTimeouts(scheduler, clock::nowMs);
    instances.onDeath(orphanedRooms::died);
  }

  /** Handles an event that was received just now. */
  public CompletableFuture<ServerReply> handle(
      Session session, ClientEvent event, ClientRequest request) {
    return handle(session, event, request, context.clock().nowMs());
  }

  /**
   * Handles a client's event. The answer comes within 2 s, whatever the store does (rule IN6).
   *
   * @param receivedAtMs when the event was received, server ms
   */
  public CompletableFuture<ServerReply> handle(
      Session session, ClientEvent event, ClientRequest request, long receivedAtMs) {
    // After a rejection because of the store, those queued behind it do not wait as long again.
    long waitedMs = session.lastCallFailed() ? context.clock().nowMs() - receivedAtMs : 0;
    long leftMs = ANSWER_MAX_MS - waitedMs;
    // A departure is never rejected: no client would retry it.
    if (leftMs <= 0 && event != ClientEvent.LEAVE_ROOM) {
      return CompletableFuture.completedFuture(
          ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
    }
    CompletableFuture<ServerReply> answer = answer(session, event, request);
    // A client that reads "no room was created" creates another one: that reply has to be right.
    // A password may wait for others to be checked, however fast the store is.
    boolean mayBeLate =
        switch (request) {
          case ClientRequest.CreateRoom _, ClientRequest.SetPassword _ -> true;
          case ClientRequest.JoinRoom join -> join.password() != null;
          case ClientRequest.LeaveRoom _,
              ClientRequest.ReadClock _,
              ClientRequest.ForCommand _,
              ClientRequest.ForAnswer _,
              ClientRequest.ForSubtitles _,
              ClientRequest.ForLibrary _ ->
              false;
        };
    return answer.isDone() || mayBeLate
        ? answer
        : timeouts.within(
            leftMs, answer, () -> ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
  }

  private CompletableFuture<ServerReply> answer(
      Session session, ClientEvent event, ClientRequest request) {
    return switch (request) {
      case ClientRequest.CreateRoom create -> create(session, event, create);
      case ClientRequest.JoinRoom join -> join(session, event, join);
      case ClientRequest.LeaveRoom leave -> leaves.leave(session, leave.roomId());
      case ClientRequest.InRoom inRoom -> inRoom(session, event, inRoom);
      case ClientRequest.ReadClock clock -> {
        ServerReply answer = clock(session, clock, context.clock().nowExactMs());
        report(session, clock);
        yield CompletableFuture.completedFuture(answer);
      }
    };
  }

  /**
   * Handles a lost connection (rules LV2, RS2, RS7). When this instance shuts down, the seat is
   * kept: the client resumes it on another instance (rule IN9).
   */
  public CompletableFuture<ServerReply> disconnected(Session session) {
    subtitles.ended(session);
    return leaves.disconnected(session);
  }

  /** Resumes the seat of a client that connected with a room and a session token (rule RS3). */
  public CompletableFuture<ServerReply> resumeSeat(Session session, RoomId roomId, String token) {
    return guard
        .resume(session, roomId, token)
        .thenCompose(result -> leaves.afterEntry(session, null, result));
  }

  /** Returns whether a user is a member of a room (rule LB8). */
  public CompletableFuture<FilmLibrary.Membership> membership(RoomId room, UserId user) {
    return library.membership(room, user);
  }

  /** Returns the number of live rooms of this instance. */
  public int liveRooms() {
    return rooms.size();
  }

  /** Returns the listed rooms of this instance (rule EN12). */
  public RoomListings listings() {
    return listings;
  }

  private CompletableFuture<ServerReply> create(
      Session session, ClientEvent event, ClientRequest.CreateRoom create) {
    RoomSettings settings = create.settings(RoomSettings.DEFAULT);
    if (settings.entry() == EntryMode.PASSWORD && create.password() == null) {
      return CompletableFuture.completedFuture(
          ServerReply.failed(
              ErrorReply.ofRoom(ErrorCode.PASSWORD_MISSING, "Set a password first.")));
    }
    if (rooms.size() >= roomsMax) {
      return CompletableFuture.completedFuture(
          ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
    }
    return guard.create(
        session,
        event,
        lease ->
            passwords
                .forNewRoom(session, create.password())
                .thenCompose(stored ->
                    stored == null && create.password() != null
                        ? CompletableFuture.completedFuture(ServerReply.failed(event.rateLimited()))
                        : createUnder(
                            session,
                            event,
                            new JoinHandler.Creation(create.hostName(), settings, stored),
                            lease,
                            1)));
  }

  private CompletableFuture<ServerReply> createUnder(
      Session session,
      ClientEvent event,
      JoinHandler.Creation creation,
      AddressLeases.Lease lease,
      int attempt) {
    Session.Seat former = session.seat();
    var idTaken = new AtomicBoolean();
    return rooms
        .execute(
            ids.roomId(),
            event,
            actor ->
                joins
                    .create(actor, session, creation, lease)
                    .thenApply(created -> {
                      idTaken.set(created == null);
                      return created == null
                          ? ServerReply.failed(event.failed(ErrorCode.INTERNAL))
                          : created;
                    }))
        .thenCompose(result ->
            idTaken.get() && attempt < CREATE_TRIES
                ? createUnder(session, event, creation, lease, attempt + 1)
                : leaves.afterEntry(session, former, result));
  }

  private CompletableFuture<ServerReply> join(
      Session session, ClientEvent event, ClientRequest.JoinRoom join) {
    Session.Seat former = session.seat();
    return guard
        .join(session, event, join)
        .thenCompose(result -> leaves.afterEntry(session, former, result));
  }

  private CompletableFuture<ServerReply> inRoom(
      Session session, ClientEvent event, ClientRequest.InRoom request) {
    Session.Seat seat = session.seat();
    if (seat == null && event.needsIdentity()) {
      return CompletableFuture.completedFuture(ServerReply.failed(ErrorReply.notAuthenticated()));
    }
    if (seat != null && seat.room().id().equals(request.roomId())) {
      if (event.growsRoom() && context.memory().exhausted()) {
        return CompletableFuture.completedFuture(
            ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
      }
      return switch (request) {
        case ClientRequest.ForCommand command when filmChecks.applyTo(event, command) ->
            filmChecks.check(session, event, command, () -> apply(session, event, command));
        case ClientRequest.ForCommand command -> apply(session, event, command);
        case ClientRequest.SetPassword set -> passwords.set(session, event, set);
        case ClientRequest.ForSubtitles about -> subtitles.handle(session, event, about);
        case ClientRequest.ForLibrary about -> library.handle(session, event, about);
        case ClientRequest.ForAnswer question ->
            rooms.execute(
                request.roomId(), event, actor -> commands.answer(actor, session, event, question));
      };
    }
    return guard.stranger(session, event, request.roomId());
  }

  private CompletableFuture<ServerReply> apply(
      Session session, ClientEvent event, ClientRequest.ForCommand request) {
    return rooms.apply(
        request.roomId(),
        event,
        (actor, now) -> commands.resolve(actor, now, session, event, request));
  }

  /**
   * Returns whether a request may be handled while an earlier one of the same client is not
   * finished. The room then applies both in the order in which they were received.
   */
  public boolean mayOverlap(ClientEvent event, ClientRequest request) {
    return request instanceof ClientRequest.ForCommand command
        && !filmChecks.applyTo(event, command);
  }

  /** Answers a clock question at once, without waiting for any room's work (rule TL7). */
  public ServerReply clock(Session session, ClientRequest.ReadClock clock, double receivedAtMs) {
    Session.Seat seat = session.seat();
    SeatedRoom.Position position = seat == null ? null : seat.room().position();
    return new ServerReply.ClockReading(
        clock.t1(),
        receivedAtMs,
        context.clock().clockEpoch(),
        position == null ? null : (Long) position.epoch(),
        position == null ? null : (Long) position.seq(),
        context.clock().nowExactMs());
  }

  /**
   * Submits the viewer report of a clock request after its answer. When the room is slow, only the
   * last report of each client waits.
   */
  public void report(Session session, ClientRequest.ReadClock clock) {
    Session.Seat seat = session.seat();
    ViewerReport report = clock.report();
    if (seat == null || report == null || !session.keepReport(report)) {
      return;
    }
    var _ =
        rooms.execute(
            seat.room().id(),
            ClientEvent.CLOCK,
            actor -> {
              ViewerReport last = session.takeReport();
              if (last != null && actor.holds(session, seat.userId())) {
                actor.applyTransient(new RoomCommand.Report(seat.userId(), last));
              }
              return Futures.of(ServerReply.done());
            });
  }

  /**
   * Recovers the rooms that an earlier process has left behind (rule IN3). For a store that no
   * other instance uses; call it before clients are accepted.
   *
   * @param lastSeenMs when the earlier process was last known to be alive, server ms
   */
  public CompletableFuture<?> recover(long lastSeenMs) {
    return orphanedRooms.recover(lastSeenMs);
  }

  /** Begins the shutdown: from now on a lost connection gives up no seat (rule IN9). */
  public void leave() {
    leaves.keepSeats();
  }

  /** Waits at most that long until the submitted events are handled; returns whether they are. */
  public boolean awaitQuiet(Duration atMost) {
    return rooms.awaitQuiet(atMost);
  }

  /** Hands the rooms over to other instances and closes the store. */
  @Override
  public void close() {
    context.instances().close();
    context.store().close();
  }
}
