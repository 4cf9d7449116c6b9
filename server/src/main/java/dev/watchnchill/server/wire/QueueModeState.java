package dev.watchnchill.server.wire;

import dev.watchnchill.party.queue.QueueMode;

/** The way in which the queue goes on, as clients read it (QU6). */
public record QueueModeState(String loop, boolean autoplay, String order) {
  static QueueModeState of(QueueMode mode) {
    return new QueueModeState(
        WireText.name(mode.loop()), mode.autoplay(), WireText.name(mode.order()));
  }
}
