/** The words of a shell line that quotes with single quotes only. */
export function splitCommand(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
