import pc from 'picocolors';

/**
 * Whether what is written to a stream is coloured: on a terminal that knows colours, unless NO_COLOR says no; elsewhere,
 * such as into a pager, if FORCE_COLOR says so. A variable that is empty says nothing (no-color.org, force-color.org).
 */
function wantsColor({ isTTY }: NodeJS.WriteStream): boolean {
  const { NO_COLOR: no = '', FORCE_COLOR: force = '', TERM: terminal } = process.env;
  if (no !== '') return false;
  if (force !== '') return force !== '0' && force !== 'false';
  // Undefined where the stream is no terminal.
  return (isTTY as boolean | undefined) === true && terminal !== 'dumb';
}

/** Colours for standard output. */
export const outColors = pc.createColors(wantsColor(process.stdout));

/** Colours for standard error. */
export const errorColors = pc.createColors(wantsColor(process.stderr));
