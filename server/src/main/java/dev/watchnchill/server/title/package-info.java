/**
 * Titles, posters and durations of films: from the name of a file, and from the oEmbed endpoints of
 * a fixed list of providers. The only package that makes requests to other servers for a member;
 * the address of a request never comes from one.
 */
@NullMarked
package dev.watchnchill.server.title;

import org.jspecify.annotations.NullMarked;
