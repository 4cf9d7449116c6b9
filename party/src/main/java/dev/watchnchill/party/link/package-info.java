/** Reads web addresses as browsers read them (the WHATWG URL Standard). */
@NullMarked
package dev.watchnchill.party.link;

import org.jspecify.annotations.NullMarked;
