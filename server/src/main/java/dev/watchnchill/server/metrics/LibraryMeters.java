package dev.watchnchill.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The meters of the media library; a server without one has none of them. */
public final class LibraryMeters {
  private final MeterRegistry registry;

  LibraryMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Reports at each scrape the films, the last scan and the failures of scans. */
  public void watchScans(IntSupplier films, DoubleSupplier scanSeconds, LongSupplier failures) {
    Gauge.builder("watchnchill.library.films", films::getAsInt)
        .description("Films of the media library")
        .register(registry);
    Gauge.builder("watchnchill.library.scan", scanSeconds::getAsDouble)
        .description("How long the last scan of the media library took")
        .baseUnit("seconds")
        .register(registry);
    count(
        "watchnchill.library.failures",
        "Files and folders of the media library that could not be read",
        failures);
  }

  /** Reports at each scrape what is sent of films. */
  public void watchFilms(LongSupplier bytesSent, IntSupplier openFiles) {
    FunctionCounter.builder("watchnchill.films.sent", registry, _ -> bytesSent.getAsLong())
        .description("Sent of films, posters and subtitles of the media library")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("watchnchill.films.open", openFiles::getAsInt)
        .description("Open files of the media library")
        .register(registry);
  }

  /** Reports at each scrape how often films were examined, and how often in vain. */
  public void watchProbes(LongSupplier run, LongSupplier failed) {
    count("watchnchill.film.probes", "Films that ffprobe was run for", run);
    count("watchnchill.film.probes.failed", "Films that ffprobe could not read", failed);
  }

  /** Reports at each scrape the conversions that run, their files, and those that failed. */
  public void watchConversions(IntSupplier jobs, LongSupplier bytes, LongSupplier failed) {
    Gauge.builder("watchnchill.film.conversions", jobs::getAsInt)
        .description("Runs of ffmpeg that convert films")
        .register(registry);
    Gauge.builder("watchnchill.film.conversions.disk", bytes::getAsLong)
        .description("Parts of converted films on the disk")
        .baseUnit("bytes")
        .register(registry);
    count(
        "watchnchill.film.conversions.failed",
        "Runs of ffmpeg that ended before they had to",
        failed);
  }

  private void count(String name, String description, LongSupplier value) {
    FunctionCounter.builder(name, registry, _ -> value.getAsLong())
        .description(description)
        .register(registry);
  }
}
