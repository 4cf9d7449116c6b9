/**
 * Simulated scenarios of one room with users and players: the rules alone, without a server.
 *
 * <p>They make their choices with {@code party.generate.Choices}, so that a failing scenario names
 * its seed and is shrunk to the smallest script, and wait on {@code party.generate.VirtualClock}.
 * {@code server.simulation} shares both, for whole instances.
 */
@NullMarked
package dev.watchnchill.party.simulation;

import org.jspecify.annotations.NullMarked;
