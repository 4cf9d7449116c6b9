/** Why a text cannot be loaded, in words for the viewer. */
export class TextProblem extends Error {}
