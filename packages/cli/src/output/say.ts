/** Says something on standard error, where everything goes that is not the output. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
