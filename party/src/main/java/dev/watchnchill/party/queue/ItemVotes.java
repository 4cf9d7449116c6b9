package dev.watchnchill.party.queue;

import java.util.UUID;

/**
 * The number of votes for an item.
 *
 * @param itemId the id of the item
 * @param votes how many members vote for it
 */
public record ItemVotes(UUID itemId, int votes) {}
