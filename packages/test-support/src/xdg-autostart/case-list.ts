import type { CaseDefinition, XdgAutostartCase } from './case-definition.js';
import { ARGUMENT_CASES } from './cases/arguments.js';
import { ATTACK_CASES } from './cases/attacks.js';
import { CONDITION_CASES } from './cases/conditions.js';
import { DESTINATION_CASES } from './cases/destinations.js';
import { JOIN_KEY_CASES } from './cases/join-keys.js';
import { SPELLING_CASES } from './cases/spellings.js';
import { TIMING_CASES } from './cases/timing.js';

/** All cases with their events, in the order in which they happen. */
export const CASE_DEFINITIONS: readonly CaseDefinition[] = [
  ...ATTACK_CASES,
  ...TIMING_CASES,
  ...JOIN_KEY_CASES,
  ...ARGUMENT_CASES,
  ...CONDITION_CASES,
  ...DESTINATION_CASES,
  ...SPELLING_CASES,
];

/**
 * The cases in the example session, and how many alerts the shipped autostart rule
 * (`persistence_xdg_autostart_netcon.toml`) makes of each: in order of arrival within one timestamp, and with
 * `event.sequence` as the tiebreaker. No event without `_case` belongs to an alert.
 */
export const XDG_AUTOSTART_CASES: readonly XdgAutostartCase[] = CASE_DEFINITIONS.map(
  ({ label, alerts, alertsWithTiebreaker, about }) => ({ label, alerts, alertsWithTiebreaker, about }),
);
