@NullMarked
package dev.watchnchill.party.name;

import org.jspecify.annotations.NullMarked;
