package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.StreamAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rendition of a film: its segments on the disk, and the jobs that make more of them. A request
 * for a missing segment waits when a job reaches that segment soon. Otherwise a new job starts.
 */
final class Rendition {
  private static final Logger log = LoggerFactory.getLogger(Rendition.class);
  private static final int RETRY_SECONDS = 2;

  /** A job that has this many segments to make before the wanted one is as fast as a new job. */
  private static final int SOON = 2;

  /** After so many jobs in a row that made nothing the film cannot be converted. */
  private static final int FAILURES_MAX = 3;

  /** After this time it is tried again. */
  private static final long FAILED_MS = 30_000;

  private static final int WAIT_SECONDS = 20;
  private static final StreamAnswer BUSY = new StreamAnswer.Busy(RETRY_SECONDS);

  private final RenditionSource source;
  private final double origin;
  private final Path folder;
  private final Commands commands;
  private final SegmentFiles files;
  private final JobSlots slots;
  private final LongSupplier nowMs;

  /** Requests for segments that are not there yet, by the segment. */
  private final Map<Integer, CompletableFuture<StreamAnswer>> waiting = new HashMap<>();

  private final Map<ConversionJob, JobSlots.Slot> jobs = new HashMap<>();
  private CompletableFuture<StreamAnswer> head = new CompletableFuture<>();
  private int failures;
  private long failedMs;
  private String lastFailure = "";
  private boolean closed;

  /** Makes the command that converts from a segment on. */
  @FunctionalInterface
  interface Commands {
    ConversionJob.Command from(RenditionSource source, int segment);
  }

  /**
   * @param origin time of the start of the film in the file, s
   * @param folder for its segments
   */
  Rendition(
      RenditionSource source,
      double origin,
      Path folder,
      Commands commands,
      SegmentFiles files,
      JobSlots slots,
      LongSupplier nowMs) {
    this.source = source;
    this.origin = origin;
    this.folder = folder;
    this.commands = commands;
    this.files = files;
    this.slots = slots;
    this.nowMs = nowMs;
  }

  RenditionSource source() {
    return source;
  }

  /** Returns the boxes in front of all segments; never waits. */
  CompletableFuture<StreamAnswer> head() {
    List<Runnable> after = new ArrayList<>();
    CompletableFuture<StreamAnswer> answer;
    synchronized (this) {
      answer = head;
      if (!head.isDone() && jobs.isEmpty() && !begin(0, false, after)) {
        return CompletableFuture.completedFuture(rejected());
      }
    }
    after.forEach(Runnable::run);
    return bounded(answer);
  }

  /** Returns a segment; never waits. */
  CompletableFuture<StreamAnswer> segment(int number) {
    if (number < 0 || number >= source.times().count()) {
      return CompletableFuture.completedFuture(new StreamAnswer.NotFound());
    }
    List<Runnable> after = new ArrayList<>();
    CompletableFuture<StreamAnswer> answer;
    synchronized (this) {
      jobs.forEach((job, slot) -> {
        if (number >= job.first() - 1 && number <= job.next() + SOON) {
          job.want(number);
          slots.need(slot);
        }
      });
      notifyAll();
      if (files.use(file(number))) {
        answer = CompletableFuture.completedFuture(body(number));
        continueBehind(number, after);
      } else if (comesSoon(number) || begin(number, true, after)) {
        answer = bounded(waiting.computeIfAbsent(number, _ -> new CompletableFuture<>()));
      } else {
        answer = CompletableFuture.completedFuture(rejected());
      }
    }
    after.forEach(Runnable::run);
    return answer;
  }

  /** Ends all jobs. */
  void close() {
    List<ConversionJob> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(jobs.keySet());
      notifyAll();
    }
    running.forEach(ConversionJob::stop);
  }

  private boolean hasFailed() {
    if (failures > 0 && nowMs.getAsLong() - failedMs > FAILED_MS) {
      failures = 0;
    }
    return failures >= FAILURES_MAX;
  }

  private StreamAnswer rejected() {
    return hasFailed() ? new StreamAnswer.Failed("ffmpeg cannot convert it") : BUSY;
  }

  private boolean comesSoon(int number) {
    return jobs.keySet().stream()
        .anyMatch(job -> !job.isStopped() && job.next() <= number && number <= job.next() + SOON);
  }

  /** Begins a job behind segments that are there already, so that the next ones are in time. */
  private void continueBehind(int number, List<Runnable> after) {
    int end = Math.min(source.times().count(), number + source.ahead() / 2 + 1);
    for (int next = number + 1; next < end; next++) {
      if (!files.has(file(next))) {
        if (!comesSoon(next)) {
          begin(next, true, after);
        }
        return;
      }
    }
  }

  private boolean begin(int number, boolean needed, List<Runnable> after) {
    if (closed || hasFailed()) {
      return false;
    }
    var job = new ConversionJob(commands.from(source, number), number, new Cutting());
    JobSlots.Slot slot = slots.take(source.heavy(), needed, () -> stop(job));
    if (slot == null && needed && givesWay(after)) {
      slot = slots.take(source.heavy(), true, () -> stop(job));
    }
    if (slot == null) {
      return false;
    }
    jobs.put(job, slot);
    after.add(job::start);
    return true;
  }

  /** Ends the job of this film that was needed longest ago: people have jumped elsewhere. */
  private boolean givesWay(List<Runnable> after) {
    Map.Entry<ConversionJob, JobSlots.Slot> oldest = null;
    for (Map.Entry<ConversionJob, JobSlots.Slot> each : jobs.entrySet()) {
      if (oldest == null || slots.isOlder(each.getValue(), oldest.getValue())) {
        oldest = each;
      }
    }
    if (oldest == null) {
      return false;
    }
    slots.giveBack(oldest.getValue());
    after.add(oldest.getKey()::stop);
    return true;
  }

  private void stop(ConversionJob job) {
    job.stop();
    synchronized (this) {
      notifyAll();
    }
  }

  private static CompletableFuture<StreamAnswer> bounded(CompletableFuture<StreamAnswer> answer) {
    return answer.copy().completeOnTimeout(BUSY, WAIT_SECONDS, TimeUnit.SECONDS);
  }

  private Path file(int number) {
    return folder.resolve(number + ".m4s");
  }

  private StreamAnswer body(int number) {
    return new StreamAnswer.FileBody(file(number), contentType());
  }

  private String contentType() {
    return source instanceof RenditionSource.Sound ? "audio/mp4" : "video/mp4";
  }

  private void answer(int number, StreamAnswer answer) {
    CompletableFuture<StreamAnswer> waiter;
    synchronized (this) {
      waiter = waiting.remove(number);
    }
    if (waiter != null) {
      waiter.complete(answer);
    }
  }

  /** Logs a failure, the same one once until something is made: players ask again and again. */
  private void report(String failure, int segment) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      log.warn("a film cannot be converted from segment {} on: {}", segment, failure);
    }
  }

  /** The receiver of what the jobs of this rendition make. */
  private final class Cutting implements ConversionJob.Target {
    @Override
    public void cut(ConversionJob job, InputStream stream)
        throws IOException, InterruptedException {
      var written = new Written(job);
      try {
        new SegmentCutter(source.times(), origin, written).cut(stream, job.first());
      } finally {
        written.removeUnfinished();
      }
    }

    @Override
    public void exited() {
      synchronized (Rendition.this) {
        Rendition.this.notifyAll();
      }
    }

    @Override
    public void ended(ConversionJob job, @Nullable String failure) {
      List<Integer> unanswered = new ArrayList<>();
      CompletableFuture<StreamAnswer> unknownHead = null;
      StreamAnswer answer;
      synchronized (Rendition.this) {
        JobSlots.Slot slot = jobs.remove(job);
        if (slot != null) {
          slots.giveBack(slot);
        }
        if (failure != null) {
          failures = job.next() > job.first() ? 0 : failures + 1;
          failedMs = nowMs.getAsLong();
          slots.countFailure();
          report(failure, job.next());
        }
        answer = rejected();
        for (int number : waiting.keySet()) {
          if (!comesSoon(number)) {
            unanswered.add(number);
          }
        }
        if (!head.isDone() && jobs.isEmpty()) {
          unknownHead = head;
          head = new CompletableFuture<>();
        }
      }
      for (int number : unanswered) {
        answer(number, answer);
      }
      if (unknownHead != null) {
        unknownHead.complete(answer);
      }
    }
  }

  /** The segments that a job writes. */
  private final class Written implements SegmentCutter.Sink {
    private final ConversionJob job;
    private @Nullable Path unfinished;

    Written(ConversionJob job) {
      this.job = job;
    }

    @Override
    public void head(byte[] boxes) {
      CompletableFuture<StreamAnswer> known;
      synchronized (Rendition.this) {
        known = head;
      }
      known.complete(new StreamAnswer.Text(contentType(), boxes));
    }

    @Override
    public OutputStream open(int segment) throws IOException {
      Path file = file(segment);
      unfinished = file;
      return files.create(file);
    }

    @Override
    public boolean finished(int segment) throws IOException, InterruptedException {
      files.finish(file(segment));
      unfinished = null;
      synchronized (Rendition.this) {
        failures = 0;
        lastFailure = "";
        job.madeUpTo(segment);
      }
      answer(segment, body(segment));
      synchronized (Rendition.this) {
        while (!closed && !job.isStopped() && !job.hasExited() && isFarAhead(segment)) {
          Rendition.this.wait();
        }
        return !closed && !job.isStopped() && !files.has(file(segment + 1));
      }
    }

    @Override
    public boolean isWhole() throws InterruptedException {
      return job.endedByItself();
    }

    /** Removes the segment that was being written: what is cut takes no space. */
    void removeUnfinished() {
      if (unfinished != null) {
        files.removeUnfinished(unfinished);
      }
    }

    private boolean isFarAhead(int segment) {
      return segment >= job.wanted() + source.ahead();
    }
  }
}
