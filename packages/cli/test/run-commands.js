/**
 * Runs the built command many times in one process: each line of standard input is JSON, `{ args, cwd, env }`, and gives
 * one JSON line `{ code, stdout, stderr }`. Starting Node anew for each would take most of the time.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';

const environment = { ...process.env };
const report = process.stdout.write.bind(process.stdout);
process.setMaxListeners(0);
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    process[name].write = (text) => {
      written[name] += text;
      return true;
    };
  }
  const { args, cwd, env } = JSON.parse(line);
  process.chdir(cwd);
  process.env = { ...environment, ...env };
  process.argv = [process.execPath, 'eql', ...args];
  process.exitCode = undefined;
  number += 1;
  // The query makes it a module of its own, so that it is evaluated again.
  await import(`../dist/main.js?run=${number}`);
  report(`${JSON.stringify({ code: process.exitCode ?? 0, ...written })}\n`);
}
process.exitCode = 0;
