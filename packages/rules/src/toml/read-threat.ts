import type { Threat, ThreatEntry, ThreatTechnique } from '../model/threat.js';
import { requireText } from './require-text.js';
import { readTable, readTables, readText, type RuleTable } from './rule-table.js';

/** Reads the `[[threat]]` tables inside a table. */
export function readThreat(table: RuleTable): readonly Threat[] {
  return readTables(table, 'threat').map((threat) => {
    const tactic = readTable(threat, 'tactic');
    return {
      framework: readText(threat, 'framework'),
      tactic: tactic === null ? null : readEntry(tactic),
      techniques: readTables(threat, 'technique').map(readTechnique),
    };
  });
}

function readTechnique(table: RuleTable): ThreatTechnique {
  return { ...readEntry(table), subtechniques: readTables(table, 'subtechnique').map(readEntry) };
}

function readEntry(table: RuleTable): ThreatEntry {
  return {
    id: requireText(table, 'id', 'the number of the tactic or technique, such as id = "T1059"'),
    name: readText(table, 'name'),
    reference: readText(table, 'reference'),
  };
}
