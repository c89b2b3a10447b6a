/**
 * Most stars in a glob that a pack brings. Matching backtracks, so that its cost grows with the length of the text to the
 * power of the stars; published index patterns have at most three.
 */
export const MAX_GLOB_STARS = 4;

/** How many stars a glob has. */
export function countStars(glob: string): number {
  return glob.split('*').length - 1;
}
