package dev.watchnchill.party.queue;

import java.util.UUID;

/**
 * The place of an item in the list.
 *
 * @param itemId the id of the item
 * @param rank its rank
 */
public record ItemRank(UUID itemId, long rank) {}
