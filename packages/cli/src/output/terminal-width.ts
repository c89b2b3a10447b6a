/** Narrower terminals get lines of this width all the same. */
const LEAST_COLUMNS = 20;
/** Below so many columns a list tells more than a table. */
export const LEAST_TABLE_COLUMNS = 50;
/** What is written to a file or a pipe is laid out for a wide screen. */
const COLUMNS_WITHOUT_TERMINAL = 160;

/** How many columns standard output has: the terminal's, or what the environment variable COLUMNS says. */
export function outputColumns(): number {
  return knownColumns() ?? COLUMNS_WITHOUT_TERMINAL;
}

/** The same for lines of text: what is written to a file or a pipe is not broken, so that it can be searched. */
export function textColumns(): number {
  return knownColumns() ?? Infinity;
}

function knownColumns(): number | null {
  const declared = Number(process.env['COLUMNS']);
  if (process.stdout.isTTY) return Math.max(LEAST_COLUMNS, process.stdout.columns);
  return Number.isInteger(declared) && declared > 0 ? Math.max(LEAST_COLUMNS, declared) : null;
}
