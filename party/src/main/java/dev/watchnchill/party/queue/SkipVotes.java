package dev.watchnchill.party.queue;

/**
 * The state of the vote to skip the current item (rule QU7).
 *
 * @param votes how many present members vote for it
 * @param needed how many votes it takes; 0 while such votes are off
 */
public record SkipVotes(int votes, int needed) {}
