import { describe, expect, it } from 'vitest';
import { loadMappings } from '../../src/mapping/load-mappings.js';
import { collectOrdered } from '../collect-events.js';
import { makeFolder, makeSource } from '../make-folder.js';

async function load(files: Readonly<Record<string, string>>, ...names: string[]) {
  return loadMappings(names, { cwd: await makeFolder(files) });
}

describe('loading mappings', () => {
  it('applies several one after the other, and those that they name', async () => {
    const { map, problems } = await load(
      { 'a.toml': 'then = ["sysmon"]\n[rename]\nid = "EventID"\n', 'b.toml': '[constant]\nlast = true\n' },
      'a.toml',
      'b.toml',
    );
    expect(problems).toEqual([]);
    expect(map?.({ id: 5 })).toMatchObject({ EventID: 5, event: { action: 'end' }, last: true });
  });

  it('needs none', async () => {
    expect(await load({})).toEqual({ map: undefined, createEnrichment: undefined, names: [], problems: [] });
  });

  it.each([
    ['is missing', {}, 'x.toml', /^there is no mapping "x\.toml": it is no file, and built in are auditbeat/u],
    ['is a folder', {}, '.', /^the mapping "\." cannot be read: it is a folder$/u],
    ['is no TOML', { 'x.toml': 'a = 1\nb = = 1' }, 'x.toml', /^x\.toml:2:5: The file is not valid TOML: /u],
    [
      'has a wrong condition',
      { 'x.toml': "name = \"y\"\n[[case]]\nwhen = \"a == 1\"\n[[case]]\nwhen = '''\na == 1\nand b = 2'''\n" },
      'x.toml',
      /^x\.toml:7:7: A comparison is written with two equals signs$/u,
    ],
    ['names itself', { 'x.toml': 'then = ["x.toml"]' }, 'x.toml', /more than 20 mappings/u],
    ['has control characters', { 'x.toml': 'name = "a\\u001b"\n[rename]\n"b\\u001b" = 1\n' }, 'x.toml', /b\?/u],
  ])('names a mapping that %s', async (_about, files, name, message) => {
    const { map, problems } = await load(files, name);
    expect(map).toBeUndefined();
    const told = problems.map((problem) => problem.message).join('\n');
    expect(told).toMatch(message);
    expect(told).not.toMatch(/\u001b/u);
  });
});

describe('events that are mapped', () => {
  it('are put in order by the time that the mapping gives them, also on disk', async () => {
    const { map } = await load(
      { 'x.toml': '[[derive]]\nto = "@timestamp"\nfrom = "t"\nby = "epoch-seconds"\n' },
      'x.toml',
    );
    const events = Array.from({ length: 500 }, (_, id) => ({
      t: (id * 7919) % 500,
      '@id': id,
      event: { category: 'c' },
    }));
    const source = await makeSource(events.map((event) => JSON.stringify(event)).join('\n'));
    for (const maxBufferedEvents of [10, 10_000]) {
      const { records, problems } = await collectOrdered([source], {
        ...(map === undefined ? {} : { map }),
        limits: { maxBufferedEvents },
      });
      expect(problems).toEqual([]);
      expect(records.map(({ timestamp }) => timestamp.ms / 1000)).toEqual(events.map((_, id) => id));
    }
  });
});
