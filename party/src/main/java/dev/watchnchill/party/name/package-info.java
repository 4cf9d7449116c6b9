/**
 * The rules of users' names: which characters they may have (rules FR1, RT20 to RT22), and which
 * names a reader could take for each other (rule RT23). Also the characters of titles.
 */
@NullMarked
package dev.watchnchill.party.name;

import org.jspecify.annotations.NullMarked;
