import { afterEach, describe, expect, it } from 'vitest';
import { LineWorkers, WorkerError } from '@eqlkit/stream';

let workers: LineWorkers<unknown> | null = null;
afterEach(async () => {
  await workers?.close();
  workers = null;
});

/** Starts two threads that run a script. */
function start(script: string): LineWorkers<unknown> {
  workers = new LineWorkers(new URL(`data:text/javascript,${encodeURIComponent(script)}`), 2, null);
  return workers;
}

const REQUEST = { kind: 'pack' as const, pack: new SharedArrayBuffer(16), ordinal: 0 };

/** Answers each request with its number. */
const ANSWER = `import { parentPort } from 'node:worker_threads';
let count = 0;
parentPort.on('message', () => parentPort.postMessage({ numbers: [], problems: [], findings: count++ }));`;

describe('LineWorkers', () => {
  it('gives each answer to who asked, and divides the work', async () => {
    const together = start(ANSWER);
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((ordinal) => together.survey({ ...REQUEST, ordinal })));
    expect(answers.map(({ findings }) => findings)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it.each([
    ['throws', 'throw new Error("no \\u001b[31mway")', 'no'],
    ['leaves', 'process.exit(7)', 'it left with code 7'],
    ['fails at a request', `${ANSWER.split('\n')[0] ?? ''} parentPort.on('message', () => { throw 1; });`, '1'],
  ])('tells all who wait if a thread %s', async (_, script, reason) => {
    const together = start(script);
    const answers = [together.survey(REQUEST), together.survey(REQUEST), together.survey(REQUEST)];
    for (const answer of answers) await expect(answer).rejects.toThrow(WorkerError);
    const later = together.survey(REQUEST);
    await expect(later).rejects.toThrow(reason);
    await expect(later).rejects.toThrow('a worker thread ended early, so that results are missing');
    await expect(later).rejects.not.toThrow(/\u001b/u);
  });
});
