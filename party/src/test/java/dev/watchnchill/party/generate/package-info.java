/**
 * Property tests and simulations: seeded choices and generators, the search for the smallest input
 * that fails, and virtual time.
 */
@NullMarked
package dev.watchnchill.party.generate;

import org.jspecify.annotations.NullMarked;
