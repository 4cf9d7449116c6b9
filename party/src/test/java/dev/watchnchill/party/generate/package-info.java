/**
 * Support for property tests and simulations. It has seeded choices, generators, a search for the
 * smallest input with which a test fails, and a clock that tests set.
 */
@NullMarked
package dev.watchnchill.party.generate;

import org.jspecify.annotations.NullMarked;
