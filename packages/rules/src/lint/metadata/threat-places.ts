import type { Rule } from '../../model/rule.js';
import type { Threat, ThreatEntry } from '../../model/threat.js';
import type { TomlPath } from '../../toml/toml-positions.js';

/** A tactic, technique or subtechnique of a rule, and where it stands in the file. */
export interface PlacedEntry {
  readonly kind: 'tactic' | 'technique' | 'subtechnique';
  readonly entry: ThreatEntry;
  readonly path: TomlPath;
  /** The technique that a subtechnique belongs to. */
  readonly parent: ThreatEntry | null;
}

/** A threat mapping of a rule, and where it stands in the file. */
export interface PlacedThreat {
  readonly threat: Threat;
  readonly path: TomlPath;
  readonly entries: readonly PlacedEntry[];
}

/** The threat mappings of a rule: those in `[rule]` first, then those of the file, as the rule has them. */
export function threatsOf({ threat, raw }: Rule): readonly PlacedThreat[] {
  const { rule } = raw;
  const inRule = typeof rule === 'object' && rule !== null && !Array.isArray(rule) && 'threat' in rule ? rule : null;
  const own = inRule === null ? 0 : countOf(Object.getOwnPropertyDescriptor(inRule, 'threat')?.value);
  return threat.map((one, index) => {
    const path = index < own ? ['rule', 'threat', index] : ['threat', index - own];
    return { threat: one, path, entries: entriesOf(one, path) };
  });
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function entriesOf({ tactic, techniques }: Threat, path: TomlPath): readonly PlacedEntry[] {
  const entries: PlacedEntry[] = [];
  if (tactic !== null) entries.push({ kind: 'tactic', entry: tactic, path: [...path, 'tactic'], parent: null });
  for (const [index, technique] of techniques.entries()) {
    const place = [...path, 'technique', index];
    entries.push({ kind: 'technique', entry: technique, path: place, parent: null });
    for (const [inner, entry] of technique.subtechniques.entries()) {
      entries.push({ kind: 'subtechnique', entry, path: [...place, 'subtechnique', inner], parent: technique });
    }
  }
  return entries;
}
