package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Forwards to the common store, and fails or is overtaken when a test asks for it. */
final class FaultyStore extends ForwardingStore {
  /** A kind of call to a store. */
  enum Call {
    /** A new room. */
    CREATE,
    /** A look. */
    LOAD,
    /** A change. */
    COMMIT,
    /** Something that passes. */
    PUBLISH,
    /** An open ear. */
    SUBSCRIBE,
    /** A closed one. */
    UNSUBSCRIBE
  }

  private final Set<Call> failing = new HashSet<>();
  private RuntimeException failure = new IllegalStateException("no trouble yet");
  private @Nullable Runnable beforeCommit;
  private @Nullable Runnable afterCommit;
  private boolean loseAnswer;
  private int commitsToFail;

  /** The number of commits that were made. */
  int commits;

  FaultyStore(RoomStore store) {
    super(store);
  }

  /** From now on these calls throw that. */
  void fail(RuntimeException with, Call... calls) {
    failure = with;
    failing.addAll(List.of(calls));
  }

  /** So many commits throw that, and the later ones do not. */
  void failCommits(int count, RuntimeException with) {
    failure = with;
    commitsToFail = count;
  }

  void heal() {
    failing.clear();
    loseAnswer = false;
  }

  /** The next commit is done, and throws that all the same. */
  void loseAnswerOfCommit(RuntimeException with) {
    failure = with;
    loseAnswer = true;
  }

  /** Lets another instance commit first, once. */
  void overtake(Runnable other) {
    beforeCommit = other;
  }

  /** Lets another instance commit after the next commit and before its answer, once. */
  void follow(Runnable other) {
    afterCommit = other;
  }

  private void may(Call call) {
    if (failing.contains(call)) {
      throw failure;
    }
  }

  @Override
  boolean doCreate(Room room) {
    may(Call.CREATE);
    return super.doCreate(room);
  }

  @Override
  @Nullable Room doLoad(RoomId id) {
    may(Call.LOAD);
    return super.doLoad(id);
  }

  @Override
  boolean doCommit(Room before, Room next, List<RoomEvent> events) {
    Runnable other = beforeCommit;
    beforeCommit = null;
    if (other != null) {
      other.run();
    }
    may(Call.COMMIT);
    if (commitsToFail > 0) {
      commitsToFail--;
      throw failure;
    }
    boolean done = super.doCommit(before, next, events);
    commits++;
    Runnable follower = afterCommit;
    afterCommit = null;
    if (follower != null) {
      follower.run();
    }
    if (loseAnswer) {
      throw failure;
    }
    return done;
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    may(Call.PUBLISH);
    super.publish(id, events);
  }

  @Override
  Subscription doSubscribe(RoomId id, Subscriber subscriber) {
    may(Call.SUBSCRIBE);
    Subscription subscription = super.doSubscribe(id, subscriber);
    return () -> {
      subscription.close();
      may(Call.UNSUBSCRIBE);
    };
  }

  @Override
  @Nullable List<Committed> doSince(RoomId id, Revision known) {
    may(Call.LOAD);
    return super.doSince(id, known);
  }

  @Override
  byte @Nullable [] doText(RoomId id, UUID track) {
    may(Call.LOAD);
    return super.doText(id, track);
  }

  @Override
  Restoration doRestore(Room lost) {
    may(Call.COMMIT);
    return super.doRestore(lost);
  }

  @Override
  public boolean available() {
    return failing.isEmpty();
  }
}
