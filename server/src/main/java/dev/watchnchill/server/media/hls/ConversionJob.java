package dev.watchnchill.server.media.hls;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of ffmpeg that makes the segments of a rendition, one after the other. It is as far ahead
 * as is wanted: what is not read from its pipe makes ffmpeg wait.
 */
final class ConversionJob {
  private static final Logger log = LoggerFactory.getLogger(ConversionJob.class);
  private static final long END_SECONDS = 5;

  /** The least status of a program that a signal has ended. */
  private static final int KILLED_STATUS = 128;

  /** Makes the command of a job. */
  @FunctionalInterface
  interface Command {
    /**
     * Returns the program with its arguments; may wait for the disk.
     *
     * @throws IOException when there is nothing to convert any more
     */
    List<String> line() throws IOException;
  }

  /** The use of what a job makes. */
  interface Target {
    /** Cuts a stream from a segment on. */
    void cut(ConversionJob job, InputStream stream) throws IOException, InterruptedException;

    /** Learns that the program has ended; what it wrote last is still to be read. */
    void exited();

    /**
     * Takes the end of the job.
     *
     * @param failure in words, or null when everything was made or nothing more was wanted
     */
    void ended(ConversionJob job, @Nullable String failure);
  }

  private final Command command;
  private final Target target;
  private final int first;
  private int next;
  private int wanted;
  private @Nullable Process process;
  private boolean stopped;

  /**
   * @param command of the program
   * @param first the segment it begins with
   */
  ConversionJob(Command command, int first, Target target) {
    this.command = command;
    this.first = first;
    this.next = first;
    this.wanted = first;
    this.target = target;
  }

  /** Starts it on a thread of its own. */
  void start() {
    Thread.ofPlatform().daemon().name("film-conversion").start(this::run);
  }

  /** Returns the segment it began with. */
  int first() {
    return first;
  }

  /** Returns the segment that it makes now. */
  synchronized int next() {
    return next;
  }

  synchronized void madeUpTo(int segment) {
    next = segment + 1;
  }

  /** Returns the segment that was asked for last of those that it makes. */
  synchronized int wanted() {
    return wanted;
  }

  synchronized void want(int segment) {
    wanted = segment;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Returns whether the program has ended, for whatever reason. */
  synchronized boolean hasExited() {
    return process != null && !process.isAlive();
  }

  /** Returns whether the program ended by itself, and was not killed; waits for its end. */
  boolean endedByItself() throws InterruptedException {
    Process now;
    synchronized (this) {
      now = process;
    }
    return now != null
        && now.waitFor(END_SECONDS, TimeUnit.SECONDS)
        && now.exitValue() < KILLED_STATUS;
  }

  /** Ends it; it calls its target, and makes nothing more. */
  synchronized void stop() {
    stopped = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void run() {
    @Nullable String failure;
    try {
      failure = convert();
    } catch (IOException e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      failure = null;
    } catch (RuntimeException e) {
      log.error("a conversion failed", e);
      failure = e.toString();
    }
    stopProcess();
    target.ended(this, isStopped() ? null : failure);
  }

  private @Nullable String convert() throws IOException, InterruptedException {
    Process now = begin(command.line());
    if (now == null) {
      return null;
    }
    now.getOutputStream().close();
    target.cut(this, now.getInputStream());
    // What is not read any more ends the program by a broken pipe.
    now.getInputStream().close();
    if (!now.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      return null;
    }
    return now.exitValue() == 0 || next() > first ? null : "ffmpeg ended with " + now.exitValue();
  }

  private synchronized @Nullable Process begin(List<String> line) throws IOException {
    if (stopped) {
      return null;
    }
    process = new ProcessBuilder(line).redirectError(Redirect.DISCARD).start();
    var _ = process.onExit().thenRun(target::exited);
    return process;
  }

  private synchronized void stopProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
