@NullMarked
package dev.watchnchill.party;

import org.jspecify.annotations.NullMarked;
