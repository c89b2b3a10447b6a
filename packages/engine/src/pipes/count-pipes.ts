import { readField } from '../event/field-reader.js';
import { asList, asNumber, asScalar, asText, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import { eventsOf, type Match } from '../match.js';
import type { JsonObject, JsonValue, Value } from '../values/value.js';
import { decodeMatch, encodeMatch } from './match-codec.js';
import type { PipeMachine } from './pipe-machine.js';
import { rowKey, type RowReader } from './row-reader.js';
import { compareRows } from './sort-pipe.js';

/** Where the name of the host may stand. */
const HOST_FIELDS = ['hostname', 'host', 'host.name', 'host.hostname'];

interface Counted {
  readonly values: readonly Value[];
  readonly first: Match;
  count: number;
  readonly hosts: Set<string>;
}

/** Counts rows by their values. */
class Counter {
  private counted = new Map<string, Counted>();

  constructor(private readonly rows: RowReader) {}

  add(match: Match): void {
    const values = this.rows.read(match);
    const key = rowKey(values);
    const known = this.counted.get(key) ?? { values, first: match, count: 0, hosts: new Set<string>() };
    this.counted.set(key, known);
    // A row that was counted before brings its count along.
    const carried = match.row?.['count'];
    known.count += typeof carried === 'number' ? carried : 1;
    for (const host of hostsOf(match)) known.hosts.add(host);
  }

  /** Everything that was counted, in order of appearance; counting starts over. */
  take(): readonly Counted[] {
    const counted = [...this.counted.values()];
    this.counted = new Map();
    return counted;
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return [...this.counted.values()].map(({ values, first, count, hosts }) => [
      values,
      encodeMatch(first, encoder),
      count,
      [...hosts],
    ]);
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.counted = new Map(
      asList(state).map((entry) => {
        const [encoded, first, count, hosts] = asList(entry);
        const values = asList(encoded).map(asScalar);
        return [
          rowKey(values),
          {
            values,
            first: decodeMatch(first ?? null, decoder),
            count: asNumber(count),
            hosts: new Set(asList(hosts).map(asText)),
          },
        ];
      }),
    );
  }
}

/** `count` and `count a, b`: one row for each combination of values, the rarest first; without values, one total. */
export class CountPipe implements PipeMachine {
  private readonly counter: Counter;
  private readonly keyed: boolean;

  constructor(rows: RowReader) {
    this.counter = new Counter(rows);
    this.keyed = rows.width > 0;
  }

  push(match: Match): readonly Match[] {
    this.counter.add(match);
    return [];
  }

  finish(): readonly Match[] {
    const counted = this.counter.take();
    if (!this.keyed) {
      const [total] = counted;
      return [
        createRow({ key: 'totals', count: total?.count ?? 0, ...hostsRow(total?.hosts ?? new Set()) }, total?.first),
      ];
    }
    const sum = counted.reduce((all, { count }) => all + count, 0);
    return [...counted]
      .sort((a, b) => a.count - b.count || compareRows(a.values, b.values))
      .map(({ values, first, count, hosts }) => {
        const [only] = values;
        const key = values.length === 1 && only !== undefined ? only : values;
        return createRow({ count, key, percent: count / sum, ...hostsRow(hosts) }, first);
      });
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return this.counter.snapshot(encoder);
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.counter.restore(state, decoder);
  }
}

/** `unique_count a, b`: the first row of each combination of values, with how many there were. */
export class UniqueCountPipe implements PipeMachine {
  private readonly counter: Counter;

  constructor(rows: RowReader) {
    this.counter = new Counter(rows);
  }

  push(match: Match): readonly Match[] {
    this.counter.add(match);
    return [];
  }

  finish(): readonly Match[] {
    const counted = this.counter.take();
    const sum = counted.reduce((all, { count }) => all + count, 0);
    return counted.map(({ first, count, hosts }) => ({
      ...first,
      row: { ...first.row, count, percent: count / sum, ...hostsRow(hosts) },
    }));
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return this.counter.snapshot(encoder);
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.counter.restore(state, decoder);
  }
}

function createRow(row: JsonObject, origin: Match | undefined): Match {
  return { kind: 'row', keys: [], stages: [], timestamp: origin?.timestamp ?? { ms: 0, ns: 0 }, row };
}

function hostsOf(match: Match): readonly string[] {
  return eventsOf(match).flatMap(({ event }) => {
    const host = HOST_FIELDS.map((name) => readField(event, name)).find((value) => typeof value === 'string');
    return typeof host === 'string' ? [host] : [];
  });
}

function hostsRow(hosts: ReadonlySet<string>): JsonObject {
  return hosts.size === 0 ? {} : { total_hosts: hosts.size, hosts: [...hosts].sort() };
}
