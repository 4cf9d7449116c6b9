/** Property tests: seeded generators, and the search for the smallest input that fails. */
@NullMarked
package dev.watchnchill.party.generate;

import org.jspecify.annotations.NullMarked;
