import type { QueryGate } from '@eqlkit/engine';
import type { Rule } from '../model/rule.js';
import { indexKnowledge, ORIGIN_FIELDS, originOf, type IndexKnowledge } from './event-origin.js';
import { compileIndexPatterns, type IndexTest } from './index-patterns.js';

/** How it is decided which rules see an event. */
export interface RuleGateOptions {
  /** Every rule sees every event, whatever its `index` says. */
  readonly ignoreIndex: boolean;
  /** The name of the index that all events come from, in place of what they say. */
  readonly indexName: string | null;
}

/** Why a rule saw no event: none lies in its indices, or none came from the systems that it is for. */
export type ScopeLack =
  | { readonly kind: 'index'; readonly index: readonly string[] }
  | { readonly kind: 'system'; readonly systems: readonly string[] };

/** Which rules see an event. */
interface Scope {
  readonly indices: IndexTest | null;
  readonly systems: ReadonlySet<string> | null;
}

const SYSTEM_FIELD = 'host.os.type';

/**
 * Makes the gate in front of rules; `null` if all of them see all events.
 *
 * - A rule with `index` does not see an event that cannot lie in one of these indices. An event that says nothing about
 *   its index is seen by all.
 * - A behaviour rule of Elastic Defend runs on the systems of its `os_list`; an event of another system, by
 *   `host.os.type`, is not for it.
 */
export function createRuleGate(rules: readonly Rule[], options: RuleGateOptions): QueryGate | null {
  // Most rules share their scope with others.
  const scopes: Scope[] = [];
  const numbers = new Map<string, number>();
  const scopeOfRule = rules.map((rule) => {
    const key = JSON.stringify([rule.format, rule.osList, rule.index, rule.dataViewId === null]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, scopes.length);
    return scopes.push(scopeOf(rule, options)) - 1;
  });
  if (scopes.every(({ indices, systems }) => indices === null && systems === null)) return null;
  const given: IndexKnowledge | null = options.indexName === null ? null : { kind: 'name', name: options.indexName };
  return {
    fields: [SYSTEM_FIELD, ...ORIGIN_FIELDS],
    admits: ([system = null, ...texts]) => {
      const knowledge = given ?? indexKnowledge(originOf(texts));
      const admitted = scopes.map(
        ({ indices, systems }) =>
          (indices === null || knowledge === null || indices(knowledge)) &&
          (systems === null || system === null || systems.has(system)),
      );
      return scopeOfRule.map((scope) => admitted[scope] === true);
    },
  };
}

/** Why a rule saw none of the events, given that the gate let none through to it. */
export function scopeLackOf(rule: Rule, options: RuleGateOptions): ScopeLack {
  const { indices, systems } = scopeOf(rule, options);
  return indices === null && systems !== null
    ? { kind: 'system', systems: [...systems] }
    : { kind: 'index', index: rule.index };
}

function scopeOf({ format, osList, index, dataViewId }: Rule, options: RuleGateOptions): Scope {
  return {
    // A data view goes before the index, and what lies in it is known to Kibana only.
    indices: options.ignoreIndex || dataViewId !== null ? null : compileIndexPatterns(index),
    systems: format === 'protections-artifacts' && osList.length > 0 ? new Set(osList) : null,
  };
}
