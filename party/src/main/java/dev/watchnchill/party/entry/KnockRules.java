package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.AnswerKnock;
import dev.watchnchill.party.RoomCommand.RequestEntry;
import dev.watchnchill.party.RoomCommand.WithdrawKnock;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.KnockOutcome;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides on clients that wait to be let in (rule EN4). */
public final class KnockRules {
  /** Most clients that wait in one room. */
  public static final int WAITING_MAX = 50;

  /** Most clients of one address that wait, so that no address takes all places. */
  public static final int WAITING_PER_ADDRESS_MAX = 10;

  /** Time that a client waits at most, and that an accepted one may take to join, ms. */
  public static final long WAIT_MS = 600_000;

  private KnockRules() {}

  /** Adds a person who waits; changes nothing when the client waits already. */
  public static Decision request(Room room, RequestEntry request, long nowMs) {
    EntryState entry = room.entry();
    if (BanRules.bans(entry, request.session(), request.identity(), nowMs)) {
      return Decision.rejected(room, Rejection.BANNED);
    }
    if (room.settings().entry() != EntryMode.APPROVAL || find(room, request) != null) {
      return Decision.unchanged(room);
    }
    long sameAddress =
        entry.knocks().stream()
            .filter(knock -> knock.identity().sharesAddress(request.identity()))
            .count();
    if (entry.knocks().size() >= WAITING_MAX || sameAddress >= WAITING_PER_ADDRESS_MAX) {
      return Decision.rejected(room, Rejection.TOO_MANY_WAIT);
    }
    var knock =
        new Knock(
            request.knock(), request.name(), request.session(), request.identity(), nowMs, false);
    var knocks = new ArrayList<>(entry.knocks());
    knocks.add(knock);
    Room next = room.changed(nowMs).withEntry(entry.withKnocks(knocks));
    return Decision.done(next, List.of(new RoomEvent.Knocked(next.seq(), knock)));
  }

  /** Returns the knock that a client has made under this name already, or null. */
  public static @Nullable Knock find(Room room, RequestEntry request) {
    for (Knock knock : room.entry().knocks()) {
      if (knock.id().equals(request.knock()) || isOf(knock, request)) {
        return knock;
      }
    }
    return null;
  }

  /**
   * A client with a token has its own knocks. Clients without one are distinguished by what they
   * can be recognised by, so that one that asks again does not wait twice.
   */
  private static boolean isOf(Knock knock, RequestEntry request) {
    SecretHash session = knock.session();
    if (!knock.name().sameAs(request.name())) {
      return false;
    }
    return session == null
        ? request.session() == null && knock.identity().equals(request.identity())
        : request.session() != null && session.matches(request.session());
  }

  /** Lets a person in, or not. */
  public static Decision answer(Room room, AnswerKnock answer, long nowMs) {
    Knock knock = waiting(room, answer.knock());
    if (knock == null) {
      return Decision.rejected(room, Rejection.KNOCK_NOT_FOUND);
    }
    var left = new ArrayList<Knock>();
    for (Knock one : room.entry().knocks()) {
      if (!one.equals(knock)) {
        left.add(one);
      } else if (answer.accept()) {
        left.add(one.acceptedAt(nowMs));
      }
    }
    return ended(
        room,
        knock,
        left,
        answer.accept() ? KnockOutcome.ACCEPTED : KnockOutcome.REFUSED,
        answer.actor(),
        nowMs);
  }

  /** Takes a knock back. */
  public static Decision withdraw(Room room, WithdrawKnock withdraw, long nowMs) {
    for (Knock knock : room.entry().knocks()) {
      if (knock.id().equals(withdraw.knock())) {
        List<Knock> left =
            room.entry().knocks().stream().filter(one -> !one.equals(knock)).toList();
        return ended(room, knock, left, KnockOutcome.WITHDRAWN, null, nowMs);
      }
    }
    return Decision.unchanged(room);
  }

  private static Decision ended(
      Room room,
      Knock knock,
      List<Knock> left,
      KnockOutcome outcome,
      @Nullable UserId by,
      long nowMs) {
    Room next = room.changed(nowMs).withEntry(room.entry().withKnocks(left));
    return Decision.done(
        next, List.of(new RoomEvent.KnockClosed(next.seq(), knock.id(), outcome, by)));
  }

  private static @Nullable Knock waiting(Room room, UUID id) {
    for (Knock knock : room.entry().knocks()) {
      if (knock.id().equals(id) && !knock.accepted()) {
        return knock;
      }
    }
    return null;
  }

  /** Ends the waits that have lasted too long. */
  public static Decision tick(Room room, long nowMs) {
    if (room.closed() || nowMs < nextDeadlineMs(room)) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room next =
        end(
            room.changed(nowMs),
            knock -> nowMs >= knock.atMs() + WAIT_MS,
            KnockOutcome.EXPIRED,
            null,
            events);
    return Decision.done(next, events);
  }

  /**
   * Returns when the first wait ends, ms since the epoch; {@link Long#MAX_VALUE} when nobody waits.
   */
  public static long nextDeadlineMs(Room room) {
    long first = Long.MAX_VALUE;
    for (Knock knock : room.entry().knocks()) {
      first = Math.min(first, knock.atMs() + WAIT_MS);
    }
    return first;
  }

  /** Ends the waits of banned clients. */
  static Room refuseBanned(Room room, UserId by, List<RoomEvent> events, long nowMs) {
    return end(
        room,
        knock -> BanRules.bans(room.entry(), knock.session(), knock.identity(), nowMs),
        KnockOutcome.REFUSED,
        by,
        events);
  }

  /**
   * Ends the waits of a room that asks for no approval any more. People whom a host has accepted
   * stay so: they need no password.
   */
  static Room endWaits(Room room, UserId by, List<RoomEvent> events) {
    return end(room, knock -> !knock.accepted(), KnockOutcome.WITHDRAWN, by, events);
  }

  /** Ends waits within a change that has its number already. */
  private static Room end(
      Room room,
      Predicate<Knock> over,
      KnockOutcome outcome,
      @Nullable UserId by,
      List<RoomEvent> events) {
    var left = new ArrayList<Knock>();
    for (Knock knock : room.entry().knocks()) {
      if (over.test(knock)) {
        events.add(new RoomEvent.KnockClosed(room.seq(), knock.id(), outcome, by));
      } else {
        left.add(knock);
      }
    }
    return room.withEntry(room.entry().withKnocks(left));
  }
}
