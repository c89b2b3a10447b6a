import { compileFieldReader, type FieldReader } from '../event/field-reader.js';
import { listValues, toFieldValue } from '../event/field-value.js';
import { eventsOf, type Match } from '../match.js';
import { FrequentValues, type CountedValue } from '../schema/frequent-values.js';
import { EARLIEST_DATE_MS } from '../time/canonical-date.js';
import { compareTimestamps, type Timestamp } from '../time/timestamp.js';
import type { Scalar } from '../values/value.js';
import { TimeHistogram, type TimeHistogramResult } from './time-histogram.js';

/** Values of a field that are followed at a time. */
const FOLLOWED_VALUES = 1_000;

/** What the results of a query are like as a whole. */
export interface ResultStatistics {
  readonly results: number;
  /** When results happened; one without a time is not in it. */
  readonly histogram: TimeHistogramResult;
  /** The time of the earliest and of the latest result; null if none has a time. */
  readonly extent: TimeExtent | null;
  readonly fields: readonly FieldStatistics[];
}

/** From when to when, both included. */
interface TimeExtent {
  readonly first: Timestamp;
  readonly last: Timestamp;
}

/** The most frequent values of one field among all events of the results. */
export interface FieldStatistics {
  readonly field: string;
  readonly top: readonly CountedValue<Scalar>[];
  /** How many different values there were; at least, if they are not exact. */
  readonly distinct: number;
  /** Whether every value was followed, so that the counts are right and not lower bounds. */
  readonly exact: boolean;
}

/** Gathers statistics of results in memory that does not grow with them. */
export class ResultStats {
  private results = 0;
  private extent: TimeExtent | null = null;
  private readonly times = new TimeHistogram();
  private readonly fields: readonly {
    readonly name: string;
    readonly read: FieldReader;
    readonly values: FrequentValues<Scalar>;
  }[];

  /** `fields` are the names of those whose values are counted. */
  constructor(fields: readonly string[]) {
    this.fields = fields.map((name) => ({
      name,
      read: compileFieldReader(name.split('.')),
      values: new FrequentValues(FOLLOWED_VALUES),
    }));
  }

  add(match: Match): void {
    this.results += 1;
    // An event without a time stands before all others, at no real time.
    if (match.timestamp.ms >= EARLIEST_DATE_MS) {
      this.times.add(match.timestamp.ms);
      this.extend(match.timestamp);
    }
    for (const { event } of eventsOf(match)) {
      for (const { read, values } of this.fields) {
        for (const value of listValues(toFieldValue(read(event)))) values.add(value);
      }
    }
  }

  private extend(time: Timestamp): void {
    const { first, last } = this.extent ?? { first: time, last: time };
    this.extent = {
      first: compareTimestamps(time, first) < 0 ? time : first,
      last: compareTimestamps(time, last) > 0 ? time : last,
    };
  }

  /** The statistics so far: at most `maxBuckets` stretches of time and `maxValues` values of each field. */
  result(maxBuckets: number, maxValues: number): ResultStatistics {
    return {
      results: this.results,
      histogram: this.times.result(maxBuckets),
      extent: this.extent,
      fields: this.fields.map(({ name, values }) => ({
        field: name,
        top: values.top(maxValues),
        distinct: values.size,
        exact: values.isExact,
      })),
    };
  }
}
