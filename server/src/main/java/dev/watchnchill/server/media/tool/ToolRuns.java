package dev.watchnchill.server.media.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs programs that read films: few at a time, others wait, and each of them is bounded in time
 * and output. What still runs at the end is killed, with the processes that it has started.
 */
public final class ToolRuns implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  /** The longest time until a program ends after it has closed its output. */
  private static final long END_SECONDS = 5;

  /** A variable by which ffmpeg would write a file of its own choice. */
  private static final String REPORT = "FFREPORT";

  private final ThreadPoolExecutor threads;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * The bounds of a program.
   *
   * @param seconds how long it may run
   * @param outputBytesMax how much it may write
   */
  public record Bounds(int seconds, int outputBytesMax) {}

  /**
   * @param name of the threads
   * @param atOnce programs that run at the same time
   * @param waitingMax tasks that wait
   */
  public ToolRuns(String name, int atOnce, int waitingMax) {
    threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waitingMax),
            task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns the result of a task that runs programs; fails at once when too many wait. */
  public <T> CompletableFuture<T> submit(Supplier<T> task) {
    try {
      return CompletableFuture.supplyAsync(task, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Runs a program, waits for its end, and returns its output. Called by tasks.
   *
   * @param folder where it runs
   * @throws IOException when it cannot be started, breaks a bound or fails; its message says which
   */
  public byte[] run(List<String> command, Path folder, Bounds bounds) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(REPORT);
    Process process = builder.start();
    running.add(process);
    try {
      process.getOutputStream().close();
      byte[] output = output(process, bounds);
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("it does not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with status " + process.exitValue());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends", e);
    } finally {
      kill(process);
      running.remove(process);
    }
  }

  private byte[] output(Process process, Bounds bounds) throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the server ends");
    }
    var output = new CompletableFuture<byte[]>();
    // On a thread of its own: a process of the program's may keep the pipe open when it is killed.
    Thread.ofVirtual()
        .name("film-tool-output")
        .start(() -> {
          try (InputStream in = process.getInputStream()) {
            output.complete(in.readNBytes(bounds.outputBytesMax() + 1));
          } catch (IOException e) {
            output.completeExceptionally(e);
          }
        });
    try {
      byte[] bytes = output.get(bounds.seconds(), TimeUnit.SECONDS);
      if (bytes.length > bounds.outputBytesMax()) {
        throw new IOException("it wrote more than " + bounds.outputBytesMax() + " bytes");
      }
      return bytes;
    } catch (TimeoutException e) {
      throw new IOException("it took more than " + bounds.seconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException("its output cannot be read", e);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    running.forEach(ToolRuns::kill);
  }
}
