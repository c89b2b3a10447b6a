import type { Dialect } from '../dialect.js';

const COMMON_PIPES: readonly string[] = ['head', 'tail'];
const ENDGAME_PIPES: readonly string[] = ['count', 'filter', 'sort', 'unique', 'unique_count'];

/** The pipes that a dialect has. */
export function pipeNames(dialect: Dialect): readonly string[] {
  return dialect.endgameQueries ? [...COMMON_PIPES, ...ENDGAME_PIPES] : COMMON_PIPES;
}

/** Whether only the endgame dialect has a pipe of this name. */
export function isEndgamePipe(name: string): boolean {
  return ENDGAME_PIPES.includes(name);
}
