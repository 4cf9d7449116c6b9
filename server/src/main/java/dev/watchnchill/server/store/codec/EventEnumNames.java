package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.voice.PeerSignal;

/** The stored names of the enums within events. */
final class EventEnumNames {
  static final EnumNames<RoomEvent.Action> ACTION =
      new EnumNames<>(
          RoomEvent.Action.values(),
          action ->
              switch (action) {
                case PLAYED -> "played";
                case PAUSED -> "paused";
                case SEEKED -> "seeked";
              });

  static final EnumNames<RoomEvent.Reason> REASON =
      new EnumNames<>(
          RoomEvent.Reason.values(),
          reason ->
              switch (reason) {
                case PLAY -> "play";
                case PAUSE -> "pause";
                case SEEK -> "seek";
                case VIDEO -> "video";
                case SYNC -> "sync";
                case DURATION -> "duration";
                case READY -> "ready";
                case DEADLINE -> "deadline";
                case STALL -> "stall";
                case RATE -> "rate";
                case UNDO -> "undo";
                case NEXT -> "next";
                case ENDED -> "ended";
              });

  static final EnumNames<RoomEvent.KnockOutcome> OUTCOME =
      new EnumNames<>(
          RoomEvent.KnockOutcome.values(),
          outcome ->
              switch (outcome) {
                case ACCEPTED -> "accepted";
                case REFUSED -> "refused";
                case EXPIRED -> "expired";
                case WITHDRAWN -> "withdrawn";
              });

  static final EnumNames<RoomEvent.ClosureReason> END =
      new EnumNames<>(
          RoomEvent.ClosureReason.values(),
          end ->
              switch (end) {
                case EMPTY -> "empty";
                case EXPIRED -> "expired";
              });

  static final EnumNames<PeerSignal.Kind> SIGNAL =
      new EnumNames<>(
          PeerSignal.Kind.values(),
          kind ->
              switch (kind) {
                case OFFER -> "offer";
                case ANSWER -> "answer";
              });

  private EventEnumNames() {}
}
