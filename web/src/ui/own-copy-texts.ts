/** Names of the choices between a film of the library and a viewer's copy of it, which stand in several places. */

export const USE_OWN = 'Use my own file';
export const SERVERS_FILM = "Play the server's film again";
export const KEEP_SERVERS = "Keep the server's film";
export const ONLY_HERE = 'Play it only here';
