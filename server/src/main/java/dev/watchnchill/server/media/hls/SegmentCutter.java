package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.hls.FragmentReader.Fragment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Cuts the output of ffmpeg into the segments of a playlist, and sets the start time of each
 * segment to the time in the playlist.
 */
final class SegmentCutter {
  /**
   * Largest distance of a fragment from the start of its segment, s. Containers round times to
   * milliseconds, and the decode times in front of reordered pictures are guessed by ffmpeg.
   */
  private static final double SLACK = 0.15;

  /** Takes the parts of the stream. */
  interface Sink {
    /** Takes the boxes that precede all segments. */
    void head(byte[] boxes) throws IOException;

    /** Opens the file of a segment. */
    OutputStream open(int segment) throws IOException;

    /**
     * Takes a finished segment; may wait until more is wanted.
     *
     * @return whether the next one is wanted
     */
    boolean finished(int segment) throws IOException, InterruptedException;

    /**
     * Returns whether the stream is at its end, and was not cut where two of its fragments meet;
     * may wait.
     */
    boolean isWhole() throws InterruptedException;
  }

  private final SegmentTimes times;
  private final double origin;
  private final Sink sink;

  /**
   * @param origin time of the start of the film in the stream, s
   */
  SegmentCutter(SegmentTimes times, double origin, Sink sink) {
    this.times = times;
    this.origin = origin;
    this.sink = sink;
  }

  /**
   * Cuts a stream until its end, or until no more is wanted.
   *
   * @param first the segment that the stream is made for; what is before it is left out
   * @throws IOException when the stream is none, has a hole, or a segment cannot be written
   */
  void cut(InputStream stream, int first) throws IOException, InterruptedException {
    var reader = new FragmentReader(stream);
    sink.head(reader.readHead());
    int timescale = reader.timescale();
    long shift = Math.round(origin * timescale);
    OutputStream file = OutputStream.nullOutputStream();
    int current = -1;
    long move = 0;
    try {
      for (Fragment fragment = reader.nextFragment();
          fragment != null;
          fragment = reader.nextFragment()) {
        double shown = (double) (fragment.shownAt() - shift) / timescale;
        int segment = shown < times.start(first) - slack(first) ? -1 : segmentOf(shown);
        if (segment >= 0 && segment != current) {
          if (segment != (current < 0 ? first : current + 1)) {
            throw new IOException("segment " + segment + " follows " + current);
          }
          if (current >= 0) {
            file.close();
            if (!sink.finished(current)) {
              return;
            }
          }
          long start = Math.round(times.start(segment) * timescale);
          move = start - fragment.decodeTime();
          if (Math.abs(move + shift) > SLACK * timescale) {
            throw new IOException("segment " + segment + " begins at another time");
          }
          file = sink.open(segment);
          current = segment;
        }
        if (segment >= 0) {
          file.write(fragment.moved(move));
        }
        reader.copySamples(segment < 0 ? OutputStream.nullOutputStream() : file);
      }
      file.close();
    } finally {
      file.close();
    }
    if (!sink.isWhole()) {
      throw new IOException("the stream was cut");
    }
    if (current >= 0) {
      sink.finished(current);
    }
  }

  private int segmentOf(double shown) {
    int segment = times.segmentAt(shown, 0);
    return segment + 1 < times.count() && shown >= times.start(segment + 1) - slack(segment + 1)
        ? segment + 1
        : Math.max(0, segment);
  }

  /** Returns by how much a fragment may be early, s: less than a short segment is long. */
  private double slack(int segment) {
    return Math.min(0.01, times.length(Math.max(0, segment - 1)) / 4);
  }
}
