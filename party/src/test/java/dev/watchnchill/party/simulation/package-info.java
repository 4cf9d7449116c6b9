/** Simulated rooms with users and players, each from a seed. */
@NullMarked
package dev.watchnchill.party.simulation;

import org.jspecify.annotations.NullMarked;
