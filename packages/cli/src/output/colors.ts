import pc from 'picocolors';

function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['NO_COLOR'] === undefined;
}

/** Colours for standard output: plain unless it is a terminal and NO_COLOR is not set. */
export const outColors = pc.createColors(wantsColor(process.stdout));

/** Colours for standard error. */
export const errorColors = pc.createColors(wantsColor(process.stderr));
