import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './run-eql.js';

it('decisions are numbered from 1 without a gap, in their file names as in their titles', () => {
  const folder = join(ROOT, 'docs/decisions');
  const files = readdirSync(folder).sort();
  const numbers = files.map((file) => Number(/^(\d{4})-[a-z0-9-]+\.md$/u.exec(file)?.[1]));
  expect(numbers).toEqual(files.map((_, index) => index + 1));
  const titles = files.map((file) => Number(/^# (\d+)\. \S/u.exec(readFileSync(join(folder, file), 'utf8'))?.[1]));
  expect(titles).toEqual(numbers);
});
