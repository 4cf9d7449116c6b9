package dev.watchnchill.load.party;

import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.net.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Brings people into rooms, many at a time. */
public final class Crowd implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final int AGAIN_MAX = 30;
  private static final long AGAIN_NANOS = 200_000_000;
  private static final String NOT_NOW = "Failed to join room";

  private final Network network;
  private volatile List<Target> targets;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final AtomicInteger turn = new AtomicInteger();

  /** Members of these servers in turn. */
  public Crowd(Network network, List<Target> targets) {
    this.network = network;
    this.targets = List.copyOf(targets);
  }

  /**
   * So many rooms with so many members each, all showing a film.
   *
   * @param auth what members say of themselves when they connect
   */
  public List<Party> rooms(int rooms, int members, @Nullable String auth) {
    return rooms(rooms, members, auth, 0);
  }

  /** The same, and the guests arrive evenly over so many seconds; 0 is as fast as they can. */
  public List<Party> rooms(int rooms, int members, @Nullable String auth, double seconds) {
    List<Member> hosts = inParallel(rooms, room -> connected("host " + room, auth));
    List<RoomKey> keys =
        inParallel(
            rooms,
            room -> {
              RoomKey key = hosts.get(room).createRoom();
              hosts.get(room).setVideo(key);
              return key;
            });
    int count = rooms * (members - 1);
    long begun = System.nanoTime();
    List<Member> guests =
        inParallel(
            count,
            i -> {
              LockSupport.parkNanos(
                  begun + Math.round(seconds * 1e9 * i / count) - System.nanoTime());
              Member guest = connected("guest " + i, auth);
              patiently(() -> guest.join(keys.get(i % rooms)));
              return guest;
            });
    List<Party> parties = new ArrayList<>();
    for (int room = 0; room < rooms; room++) {
      List<Member> all = new ArrayList<>(List.of(hosts.get(room)));
      for (int i = room; i < guests.size(); i += rooms) {
        all.add(guests.get(i));
      }
      parties.add(new Party(keys.get(room), all));
    }
    return parties;
  }

  /** Somebody who is connected, to the next server in turn. */
  public Member connected(String name, @Nullable String auth) {
    Member member = new Member(name);
    member.connect(network, nextTarget(), auth);
    return member;
  }

  /** The servers are elsewhere now. */
  public void moveTo(List<Target> others) {
    targets = List.copyOf(others);
  }

  /** The server whose turn it is. */
  public Target nextTarget() {
    List<Target> now = targets;
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  /**
   * Has somebody enter a room; a server that cannot take them just now is asked again, as a page
   * does.
   */
  public boolean patiently(Runnable entry) {
    for (int again = 0; ; again++) {
      try {
        entry.run();
        return true;
      } catch (Member.Refused e) {
        if (again == AGAIN_MAX || !String.valueOf(e.getMessage()).contains(NOT_NOW)) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  /** Does that so many times, many at once; fails when one of them fails. */
  public <T> List<T> inParallel(int count, IntFunction<T> task) {
    List<CompletableFuture<T>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      running.add(CompletableFuture.supplyAsync(() -> inTurn(task, index), threads));
    }
    return running.stream().map(CompletableFuture::join).toList();
  }

  private <T> T inTurn(IntFunction<T> task, int index) {
    turns.acquireUninterruptibly();
    try {
      return task.apply(index);
    } catch (CompletionException e) {
      throw new IllegalStateException("number " + index + " did not get that far", e);
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
