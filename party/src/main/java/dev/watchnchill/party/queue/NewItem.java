package dev.watchnchill.party.queue;

import dev.watchnchill.party.playback.Media;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A film that a member adds to the queue.
 *
 * @param id the id of the new item
 * @param media the film
 * @param title its title, or null while unknown
 */
public record NewItem(UUID id, Media media, @Nullable String title) {}
