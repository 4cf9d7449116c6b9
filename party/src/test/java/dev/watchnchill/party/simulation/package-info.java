/** Whole evenings, simulated from a seed. */
@NullMarked
package dev.watchnchill.party.simulation;

import org.jspecify.annotations.NullMarked;
