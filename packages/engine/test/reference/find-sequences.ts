import { isSameKey, keyTuples, type KeyTuple } from './case-keys.js';
import type { CaseEvent, CaseMatch, CaseSequence, CaseStage } from './sequence-case.js';

/*
 * The naive reference for sequences: the rules of Elasticsearch's matcher one by one, with lists that are searched from
 * end to end. It shares nothing with the engine, so that both are unlikely to be wrong in the same way.
 */

/** How the dialect at hand differs. */
export interface ReferenceRules {
  /** Python EQL: `until` is looked at before the stages, and missing keys equal each other. */
  readonly python: boolean;
}

interface Partial {
  readonly key: KeyTuple;
  readonly slot: number;
  readonly events: readonly CaseEvent[];
}

/** All sequences in events that are listed as they arrive, in the order of their last events. */
export function findSequences(
  sequence: CaseSequence,
  events: readonly CaseEvent[],
  { python }: ReferenceRules = { python: false },
): readonly CaseMatch[] {
  const ordered = inOrdinalOrder(withoutLateEvents(events), sequence.tiebreaker);
  const stages = sequence.stages.flatMap((stage) => Array.from({ length: stage.runs }, () => stage));
  const positives = stages.filter((stage) => !stage.missing);
  const last = positives.length - 1;
  const keysOf = (stage: CaseStage, event: CaseEvent): readonly KeyTuple[] =>
    stage.types.includes(event.type) ? keyTuples([...sequence.keys, ...stage.keys], event, python) : [];

  let partials: readonly Partial[] = [];
  const completed: Partial[] = [];
  const clear = (event: CaseEvent): void => {
    const cleared = sequence.until === null ? [] : keysOf(sequence.until, event);
    partials = partials.filter((partial) => !cleared.some((key) => isSameKey(key, partial.key)));
  };
  const store = (partial: Partial): void => {
    if (partial.slot === last) {
      completed.push(partial);
      return;
    }
    // There is room for one: an older partial in the same slot of the same key is overwritten.
    partials = [
      ...partials.filter((other) => other.slot !== partial.slot || !isSameKey(other.key, partial.key)),
      partial,
    ];
  };

  for (const event of ordered) {
    if (python) clear(event);
    for (let slot = last; slot >= 0; slot -= 1) {
      const stage = positives[slot];
      if (stage === undefined) continue;
      for (const key of keysOf(stage, event)) {
        if (slot === 0) {
          store({ key, slot, events: [event] });
          continue;
        }
        const before = partials.find((partial) => partial.slot === slot - 1 && isSameKey(partial.key, key));
        if (before === undefined) continue;
        partials = partials.filter((partial) => partial !== before);
        const [first] = before.events;
        if (first === undefined || isLongerThan(sequence.maxspanMs, first, event)) continue;
        store({ ...before, slot, events: [...before.events, event] });
      }
    }
    if (!python) clear(event);
  }

  return completed
    .filter((candidate) => stayedAway(candidate, stages, ordered, sequence.maxspanMs, keysOf))
    .map(({ key, events: found }) => {
      const rest = [...found];
      return { key, ids: stages.map((stage) => (stage.missing ? null : (rest.shift()?.id ?? null))) };
    });
}

/** What comes behind a later event is left out. */
function withoutLateEvents(events: readonly CaseEvent[]): readonly CaseEvent[] {
  return events.filter((event, index) => events.slice(0, index).every((earlier) => earlier.time <= event.time));
}

/** By time, then by the tiebreaker (missing ones last), then as they arrive. */
function inOrdinalOrder(events: readonly CaseEvent[], tiebreaker: boolean): readonly CaseEvent[] {
  const rank = (event: CaseEvent): number => (tiebreaker ? (event.tiebreaker ?? Infinity) : 0);
  // Sorting is stable, so arrival decides what is left.
  return [...events].sort((a, b) => {
    if (a.time !== b.time) return a.time < b.time ? -1 : 1;
    return rank(a) === rank(b) ? 0 : rank(a) - rank(b);
  });
}

function isLongerThan(maxspanMs: number | null, first: CaseEvent, event: CaseEvent): boolean {
  return maxspanMs !== null && event.time - first.time > BigInt(maxspanMs) * 1_000_000n;
}

/** Whether the events of each `![…]` were absent where they had to be. */
function stayedAway(
  { key, events: found }: Partial,
  stages: readonly CaseStage[],
  events: readonly CaseEvent[],
  maxspanMs: number | null,
  keysOf: (stage: CaseStage, event: CaseEvent) => readonly KeyTuple[],
): boolean {
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return false;
  const hitsOf = (stage: CaseStage): readonly CaseEvent[] =>
    events.filter((event) => keysOf(stage, event).some((other) => isSameKey(other, key)));

  const before: CaseEvent[] = [];
  const behind: CaseEvent[] = [];
  let leading = false;
  let trailing = false;
  let taken = 0;
  for (const stage of stages) {
    if (!stage.missing) {
      taken += 1;
      continue;
    }
    const hits = hitsOf(stage);
    if (taken === 0) {
      leading = true;
      before.push(...hits.filter((hit) => hit.time < first.time));
    } else if (taken === found.length) {
      trailing = true;
      behind.push(...hits.filter((hit) => hit.time > last.time));
    } else {
      const from = found[taken - 1];
      const to = found[taken];
      if (from === undefined || to === undefined) return false;
      if (hits.some((hit) => hit.time > from.time && hit.time < to.time)) return false;
    }
  }

  const latestBefore = before.reduce<CaseEvent | null>((a, b) => (a === null || b.time > a.time ? b : a), null);
  const earliestBehind = behind.reduce<CaseEvent | null>((a, b) => (a === null || b.time < a.time ? b : a), null);
  if (leading && trailing) {
    return latestBefore === null || earliestBehind === null || isLongerThan(maxspanMs, latestBefore, earliestBehind);
  }
  if (leading) return latestBefore === null || isLongerThan(maxspanMs, latestBefore, last);
  if (trailing) return earliestBehind === null || isLongerThan(maxspanMs, first, earliestBehind);
  return true;
}
