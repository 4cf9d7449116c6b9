/** The states of a session, for components, which may not import the connection's modules. */
export type { EntryState, PasswordProblem, TurnedAwayReason } from '../net/entry-answers';
