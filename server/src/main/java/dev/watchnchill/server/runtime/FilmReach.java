package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.Instances;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds which films of the library the viewers of a room can get, each from the instance that it is
 * connected to (rules LB15 to LB17).
 */
final class FilmReach {
  private final Instances instances;
  private final FilmLibrary library;

  FilmReach(Instances instances, FilmLibrary library) {
    this.instances = instances;
    this.library = library;
  }

  /** Returns whether viewers may be on other instances. */
  boolean matters() {
    return instances.shared();
  }

  /** Returns the number of present members of a room on each instance. */
  Map<InstanceId, Integer> viewers(Room room) {
    var viewers = new HashMap<InstanceId, Integer>();
    if (matters()) {
      for (Member member : room.members().list()) {
        InstanceId instance = member.instance();
        if (!member.away() && instance != null) {
          viewers.merge(instance, 1, Integer::sum);
        }
      }
    }
    return viewers;
  }

  /**
   * Returns the number of viewers without a film, for each film that not all of them can get. What
   * another instance does not say in time counts as if it had the films. Never fails.
   */
  CompletableFuture<Map<String, Integer>> missing(
      Map<InstanceId, Integer> viewers, Collection<String> films) {
    var others = new HashMap<>(viewers);
    Integer here = others.remove(instances.self());
    var missing = new HashMap<String, Integer>();
    if (here != null) {
      films.stream()
          .filter(film -> library.film(film) == null)
          .forEach(film -> missing.put(film, here));
    }
    if (others.isEmpty() || films.isEmpty()) {
      return Futures.of(missing);
    }
    return instances
        .lackingFilms(Set.copyOf(others.keySet()), films)
        .thenApply(lacking -> {
          lacking.forEach((instance, lacked) ->
              lacked.forEach(
                  film -> missing.merge(film, others.getOrDefault(instance, 0), Integer::sum)));
          return missing;
        });
  }
}
