/** The hidden command that the scripts of shells ask. */
export const COMPLETE_COMMAND = 'complete';
