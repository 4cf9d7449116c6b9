package dev.watchnchill.load.member;

import dev.watchnchill.load.net.LoadConnections;
import dev.watchnchill.load.net.ServerAddress;
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

/** Connects members and brings them into rooms, many at a time. */
public final class LoadAudience implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final int RETRIES_MAX = 30;
  private static final long RETRY_NANOS = 200_000_000;
  private static final String NOT_SEATED = "Failed to join room";

  private final LoadConnections connections;
  private volatile List<ServerAddress> targets;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final AtomicInteger turn = new AtomicInteger();

  /** Creates an audience whose members are spread over these servers. */
  public LoadAudience(LoadConnections connections, List<ServerAddress> targets) {
    this.connections = connections;
    this.targets = List.copyOf(targets);
  }

  /**
   * Fills rooms, each with a video.
   *
   * @param auth the payload of the members' CONNECT packets, as JSON
   */
  public List<LoadRoom> rooms(int rooms, int members, @Nullable String auth) {
    return rooms(rooms, members, auth, 0);
  }

  /** Fills rooms whose guests arrive evenly over so many seconds; 0 means as fast as possible. */
  public List<LoadRoom> rooms(int rooms, int members, @Nullable String auth, double seconds) {
    List<LoadMember> hosts = inParallel(rooms, room -> connected("host " + room, auth));
    List<RoomCredentials> keys =
        inParallel(
            rooms,
            room -> {
              RoomCredentials key = hosts.get(room).createRoom();
              hosts.get(room).setVideo(key);
              return key;
            });
    int count = rooms * (members - 1);
    long begun = System.nanoTime();
    List<LoadMember> guests =
        inParallel(
            count,
            i -> {
              LockSupport.parkNanos(
                  begun + Math.round(seconds * 1e9 * i / count) - System.nanoTime());
              LoadMember guest = connected("guest " + i, auth);
              retrying(() -> guest.join(keys.get(i % rooms)));
              return guest;
            });
    List<LoadRoom> loadRooms = new ArrayList<>();
    for (int room = 0; room < rooms; room++) {
      List<LoadMember> all = new ArrayList<>(List.of(hosts.get(room)));
      for (int i = room; i < guests.size(); i += rooms) {
        all.add(guests.get(i));
      }
      loadRooms.add(new LoadRoom(keys.get(room), all));
    }
    return loadRooms;
  }

  /** Connects a member to the next server in turn. */
  public LoadMember connected(String name, @Nullable String auth) {
    LoadMember member = new LoadMember(name);
    member.connect(connections, nextTarget(), auth);
    return member;
  }

  /** Replaces the servers. */
  public void moveTo(List<ServerAddress> others) {
    targets = List.copyOf(others);
  }

  /** Returns the next server in turn. */
  public ServerAddress nextTarget() {
    List<ServerAddress> now = targets;
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  /**
   * Lets a member join, and tries again while the server cannot seat it, as the web client does.
   */
  public boolean retrying(Runnable entry) {
    for (int again = 0; ; again++) {
      try {
        entry.run();
        return true;
      } catch (LoadMember.Rejected e) {
        if (again == RETRIES_MAX || !String.valueOf(e.getMessage()).contains(NOT_SEATED)) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Runs a task so many times, many at once; fails when one of them fails. */
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
      throw new IllegalStateException("number " + index + " failed", e);
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
