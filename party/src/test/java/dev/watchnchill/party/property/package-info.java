/** Properties of every room under generated scripts of commands. */
@NullMarked
package dev.watchnchill.party.property;

import org.jspecify.annotations.NullMarked;
