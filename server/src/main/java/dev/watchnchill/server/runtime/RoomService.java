package dev.watchnchill.server.runtime;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientMessage;
import dev.watchnchill.server.wire.Encoder;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Does what clients want of rooms: finds the room, lets it decide in its mailbox, and answers.
 *
 * <p>Methods may be called from any thread and never wait.
 */
public final class RoomService implements AutoCloseable {
  /** With 36^6 ids, this many collisions in a row mean a broken source. */
  private static final int CREATE_TRIES = 16;

  private static final long ANSWER_MAX_MS = 1_900 - Patience.LOOK_MS;

  private final RoomContext context;
  private final LiveRooms rooms;
  private final Caretaker caretaker;
  private final Ids ids;
  private final int roomsMax;
  private final Entrance entrance;
  private final AddressLimits limits;
  private final EntryGuard guard;
  private final Patience patience;
  private volatile boolean leaving;

  /**
   * Nobody listens to how well the rooms keep together.
   *
   * @param roomsMax most rooms that this instance keeps live
   */
  public RoomService(
      RoomRules rules,
      RoomStore store,
      Instances instances,
      ServerClock clock,
      Ids ids,
      Scheduler scheduler,
      FanOut fanOut,
      int roomsMax) {
    this(rules, store, instances, clock, ids, scheduler, fanOut, roomsMax, Observations.NONE);
  }

  /** Addresses and memory have no limits. */
  public RoomService(
      RoomRules rules,
      RoomStore store,
      Instances instances,
      ServerClock clock,
      Ids ids,
      Scheduler scheduler,
      FanOut fanOut,
      int roomsMax,
      Observations observations) {
    this(
        rules,
        store,
        instances,
        clock,
        ids,
        scheduler,
        fanOut,
        roomsMax,
        observations,
        AddressLimits.UNLIMITED,
        RoomMemory.unlimited());
  }

  /**
   * @param roomsMax most rooms that this instance keeps live
   * @param observations hears how well the rooms keep together
   * @param limits of client addresses
   * @param memory that live rooms may take
   */
  public RoomService(
      RoomRules rules,
      RoomStore store,
      Instances instances,
      ServerClock clock,
      Ids ids,
      Scheduler scheduler,
      FanOut fanOut,
      int roomsMax,
      Observations observations,
      AddressLimits limits,
      RoomMemory memory) {
    Executor executor =
        store.blocking() ? Executors.newVirtualThreadPerTaskExecutor() : Runnable::run;
    this.context =
        new RoomContext(
            rules,
            store,
            instances,
            clock,
            scheduler,
            fanOut,
            new Encoder(clock::nowExactMs),
            executor,
            observations,
            memory);
    this.rooms = new LiveRooms(context);
    this.caretaker = new Caretaker(rooms, context);
    this.ids = ids;
    this.roomsMax = roomsMax;
    this.entrance = new Entrance(context, ids);
    this.limits = limits;
    this.guard = new EntryGuard(limits, rooms, entrance, context);
    this.patience = new Patience(scheduler, clock::nowMs);
    instances.onDeath(caretaker::died);
  }

  /** Does what the client said just now. */
  public CompletableFuture<Result> handle(
      Session session, ClientEvent event, ClientMessage message) {
    return handle(session, event, message, context.clock().nowMs());
  }

  /**
   * Does what the client said. It hears within 2 s, whatever the store does (rule IN6).
   *
   * @param saidAtMs when it said so, server ms
   */
  public CompletableFuture<Result> handle(
      Session session, ClientEvent event, ClientMessage message, long saidAtMs) {
    // While all goes well, whoever asks for much at once waits for it; once one wish was refused
    // for
    // the store's sake, those behind it do not each wait as long again.
    long waitedMs = session.troubled() ? context.clock().nowMs() - saidAtMs : 0;
    long leftMs = ANSWER_MAX_MS - waitedMs;
    // Giving a seat up is no wish that can be refused.
    boolean tooLate = leftMs <= 0 && context.store().blocking() && event != ClientEvent.LEAVE_ROOM;
    if (tooLate) {
      return CompletableFuture.completedFuture(Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
    }
    CompletableFuture<Result> answer = answer(session, event, message);
    // Whoever is told that no room was made makes another one: that answer has to be right.
    boolean mayBeLate = message instanceof ClientMessage.CreateRoom;
    return answer.isDone() || mayBeLate
        ? answer
        : patience.within(leftMs, answer, () -> Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
  }

  private CompletableFuture<Result> answer(
      Session session, ClientEvent event, ClientMessage message) {
    return switch (message) {
      case ClientMessage.CreateRoom create -> create(session, event, create.hostName());
      case ClientMessage.JoinRoom join -> join(session, event, join);
      case ClientMessage.LeaveRoom leave -> leave(session, event, leave.roomId());
      case ClientMessage.InRoom inRoom -> inRoom(session, event, inRoom);
      case ClientMessage.Clock clock -> {
        Result answer = clock(session, clock, context.clock().nowExactMs());
        report(session, clock);
        yield CompletableFuture.completedFuture(answer);
      }
    };
  }

  /**
   * The client's connection is lost (rules LV2, RS2, RS7). When this server is going, it is not the
   * client that went: the seat waits for it elsewhere (rule IN9).
   */
  public CompletableFuture<Result> disconnected(Session session) {
    Session.Seat seat = session.seat();
    if (seat == null || leaving) {
      return CompletableFuture.completedFuture(Result.done());
    }
    if (!session.resumable()) {
      return give(session, ClientEvent.LEAVE_ROOM, seat, new RoomCommand.Leave(seat.userId()));
    }
    return limits
        .awaySeats()
        .request(session.client())
        .toCompletableFuture()
        .thenCompose(lease -> drop(session, seat, lease.orElse(null)));
  }

  /** Leaves the seat to a lost client for its grace, when its address may hold one more. */
  private CompletableFuture<Result> drop(
      Session session, Session.Seat seat, AddressLeases.@Nullable Lease lease) {
    if (lease == null) {
      return give(session, ClientEvent.LEAVE_ROOM, seat, new RoomCommand.Leave(seat.userId()));
    }
    return rooms.execute(
        seat.room().id(),
        ClientEvent.LEAVE_ROOM,
        live -> {
          if (live.holds(session, seat.userId())) {
            live.leases().away(seat.userId(), lease);
            live.unseat(session, seat.userId());
            live.applyWithoutFail(seat.userId(), new RoomCommand.Drop(seat.userId()));
          } else {
            lease.close();
          }
          return Result.done();
        });
  }

  /**
   * A client that brought a room and a session token when it connected takes its seat back (rule
   * RS3).
   */
  public CompletableFuture<Result> resumeSeat(Session session, RoomId roomId, String token) {
    return guard.resume(session, roomId, token);
  }

  /** How many rooms this instance keeps live. */
  public int liveRooms() {
    return rooms.size();
  }

  private CompletableFuture<Result> create(
      Session session, ClientEvent event, DisplayName hostName) {
    if (rooms.size() >= roomsMax) {
      return CompletableFuture.completedFuture(Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
    }
    return guard.create(session, event, lease -> createUnder(session, event, hostName, lease, 1));
  }

  private CompletableFuture<Result> createUnder(
      Session session,
      ClientEvent event,
      DisplayName hostName,
      AddressLeases.Lease lease,
      int attempt) {
    Session.Seat former = session.seat();
    var idTaken = new AtomicBoolean();
    return rooms
        .execute(
            ids.roomId(),
            event,
            live -> {
              Result created = entrance.create(live, session, hostName, lease);
              idTaken.set(created == null);
              return created == null ? Result.failed(event.failed(ErrorCode.INTERNAL)) : created;
            })
        .thenCompose(result ->
            idTaken.get() && attempt < CREATE_TRIES
                ? createUnder(session, event, hostName, lease, attempt + 1)
                : afterEntry(session, former, result));
  }

  private CompletableFuture<Result> join(
      Session session, ClientEvent event, ClientMessage.JoinRoom join) {
    Session.Seat former = session.seat();
    return guard
        .join(session, event, join)
        .thenCompose(result -> afterEntry(session, former, result));
  }

  /** A socket is in one room: having entered another, it leaves the first (rule JN10). */
  private CompletableFuture<Result> afterEntry(
      Session session, Session.@Nullable Seat former, Result result) {
    Session.Seat now = session.seat();
    if (former == null || now == null || now.room() == former.room()) {
      return CompletableFuture.completedFuture(result);
    }
    return give(session, ClientEvent.LEAVE_ROOM, former, new RoomCommand.Leave(former.userId()))
        .thenApply(_ -> result);
  }

  private CompletableFuture<Result> leave(Session session, ClientEvent event, RoomId roomId) {
    Session.Seat seat = session.seat();
    if (seat == null || !seat.room().id().equals(roomId)) {
      return CompletableFuture.completedFuture(Result.done());
    }
    return give(session, event, seat, new RoomCommand.Leave(seat.userId()));
  }

  /** Gives a seat up, when that socket still has it. */
  private CompletableFuture<Result> give(
      Session session, ClientEvent event, Session.Seat seat, RoomCommand command) {
    return rooms.execute(
        seat.room().id(),
        event,
        live -> {
          if (live.holds(session, seat.userId())) {
            live.unseat(session, seat.userId());
            live.applyWithoutFail(seat.userId(), command);
          }
          return Result.done();
        });
  }

  private CompletableFuture<Result> inRoom(
      Session session, ClientEvent event, ClientMessage.InRoom message) {
    Session.Seat seat = session.seat();
    if (seat == null && event.needsIdentity()) {
      return CompletableFuture.completedFuture(Result.failed(Problem.notAuthenticated()));
    }
    if (seat != null && seat.room().id().equals(message.roomId())) {
      boolean grows =
          message instanceof ClientMessage.SendMessage || message instanceof ClientMessage.SetVideo;
      if (grows && context.memory().exhausted()) {
        return CompletableFuture.completedFuture(
            Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
      }
      var commands = new Commands(ids, context.clock());
      return rooms.execute(
          message.roomId(),
          event,
          live -> commands.runQuickly(live, session, event, message),
          live -> commands.run(live, session, event, message));
    }
    return guard.stranger(session, event, message.roomId());
  }

  /** Answers a clock question at once, without waiting for any room's work (rule TL7). */
  public Result clock(Session session, ClientMessage.Clock clock, double receivedAtMs) {
    Session.Seat seat = session.seat();
    LiveRoom.Position position = seat == null ? null : seat.room().position();
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("t1", clock.t1());
    fields.put("t2", receivedAtMs);
    fields.put("clockEpoch", context.clock().clockEpoch());
    fields.put("epoch", position == null ? null : position.epoch());
    fields.put("seq", position == null ? null : position.seq());
    fields.put("t3", context.clock().nowExactMs());
    return new Result.Done(fields);
  }

  /**
   * Hands on what the client's player said with its clock question, once that is answered. When the
   * room is slow, only the last word of each client waits.
   */
  public void report(Session session, ClientMessage.Clock clock) {
    Session.Seat seat = session.seat();
    ViewerReport report = clock.report();
    if (seat == null || report == null || !session.keepReport(report)) {
      return;
    }
    var _ =
        rooms.executeQuickly(
            seat.room().id(),
            ClientEvent.CLOCK,
            live -> {
              ViewerReport last = session.takeReport();
              if (last != null && live.holds(session, seat.userId())) {
                live.pass(new RoomCommand.Report(seat.userId(), last));
              }
              return Result.done();
            });
  }

  /**
   * Looks after rooms that a former run of this server has left behind (rule IN3). For a store that
   * nobody else uses; call it before clients come in.
   *
   * @param lastSeenMs when that run was last known to be alive, server ms
   */
  public void recover(long lastSeenMs) {
    caretaker.recover(lastSeenMs);
  }

  /**
   * From now on a connection that is lost gives no seat up: this server is going, and its people
   * with it (rule IN9).
   */
  public void leave() {
    leaving = true;
  }

  /** Waits until what clients have asked for is done, at most that long; whether it is. */
  public boolean awaitQuiet(Duration atMost) {
    return rooms.awaitQuiet(atMost);
  }

  /** Hands its people over and lets go of the store. */
  @Override
  public void close() {
    context.instances().close();
    context.store().close();
  }

  static UserId newUser(Ids ids) {
    return new UserId(ids.uuid());
  }
}
