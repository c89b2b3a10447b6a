import { parentPort, workerData } from 'node:worker_threads';
import { serveLines } from '@eqlkit/stream';

// A worker that gives an event whose `n` divides by three that number and the event's ordinal, and counts its events.
let events = 0;
serveLines(
  parentPort,
  workerData.sources,
  { fieldPaths: [{ parts: ['n'] }] },
  {
    survey: (event, ordinal) => {
      events += 1;
      const number = event.readField?.(0) ?? event.n;
      if (number === 'stop') throw new Error('told to stop');
      return typeof number === 'number' && number % 3 === 0 ? [number, ordinal] : [];
    },
    takeFindings: () => {
      const found = events;
      events = 0;
      return found;
    },
  },
);
