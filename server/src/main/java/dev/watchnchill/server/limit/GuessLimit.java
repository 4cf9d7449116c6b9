package dev.watchnchill.server.limit;

import dev.watchnchill.party.RoomId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Limits how many wrong passwords a client address gives for a room. Called on event loops: no
 * method waits, and no answer fails.
 *
 * <p>An attempt is taken before a password is checked, and given back when it was right. So of many
 * passwords at once no more are checked than the limit has left. A right password gives back its
 * own attempt alone: otherwise a guesser would get new attempts whenever a member behind the same
 * address enters.
 */
public interface GuessLimit {
  /** The limit's figures of production servers: five wrong passwords in ten minutes. */
  Rates DEFAULT = new Rates(5, 600_000, 1_000);

  /** A limit that allows everything. */
  GuessLimit UNLIMITED =
      (_, _) ->
          CompletableFuture.completedStage(
              new Taken(
                  new Attempt() {
                    @Override
                    public void wrong() {}

                    @Override
                    public void giveBack() {}
                  }));

  /**
   * The limit's figures.
   *
   * @param max wrong passwords of one address for one room in one window
   * @param windowMs length of a window, which begins with its first attempt
   * @param checkedInMs after how long attempts that are being checked may have been given back
   */
  record Rates(int max, long windowMs, long checkedInMs) {}

  /** The answer to a client that asks for an attempt. */
  sealed interface Answer {}

  /**
   * The client may have one password checked.
   *
   * @param attempt to be ended when that is done
   */
  record Taken(Attempt attempt) implements Answer {}

  /**
   * All attempts are used up, or being checked.
   *
   * @param retryInMs after how long there may be one again, at least 1
   */
  record TooMany(long retryInMs) implements Answer {}

  /**
   * One attempt. The first call to one of its methods ends it, others have no effect. An attempt
   * that is never ended is used up.
   */
  interface Attempt {
    /** Uses the attempt up: the password was wrong. */
    void wrong();

    /** Gives the attempt back: the password was right, or was not checked. */
    void giveBack();
  }

  /** Takes an attempt for an address and a room, if there is one. */
  CompletionStage<Answer> take(ClientKey client, RoomId room);
}
