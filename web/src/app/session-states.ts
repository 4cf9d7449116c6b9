/** The states of a session, for components, which may not import the connection's modules. */
export type { PasswordProblem, TurnedAwayReason } from '../net/entry-answers';
export type { NewRoom } from '../net/session';
