import type { JsonValue } from '@eqlkit/engine';
import type { Program } from './running-process.js';

/** A situation in the example that the autostart rule has to judge, and how it should. */
export interface XdgAutostartCase {
  /** Value of `_case` on every event of the case. */
  readonly label: string;
  /** Alerts if events of one timestamp are taken in order of arrival. */
  readonly alerts: number;
  /** Alerts if `event.sequence` is the tiebreaker. */
  readonly alertsWithTiebreaker: number;
  /** What happens, and why the number of alerts is what it is. */
  readonly about: string;
}

/** A case with the events it consists of. */
export interface CaseDefinition extends XdgAutostartCase {
  /** Which session starts the program: XFCE runs on `desk-17`, GNOME on `desk-18`. */
  readonly session: 'xfce' | 'gnome';
  readonly steps: readonly CaseStep[];
}

/** One event of a case. All steps of a case are about one process, unless they change its fields. */
export interface CaseStep extends StepChanges {
  /** `exec` is the autostart itself, `become` the shell of a desktop entry turning into the program it starts. */
  readonly kind: 'fork' | 'exec' | 'become' | 'connect';
  /** Milliseconds after the start of the case; fractions down to a nanosecond. */
  readonly atMs: number;
}

/** How an event of a case differs from an ordinary one. */
export interface StepChanges {
  /** What runs, if not the program of the case. */
  readonly program?: Program;
  /** Where the connection goes, if not to the attacker. */
  readonly ip?: JsonValue;
  /** The event happens on the other desktop; the entity id stays. */
  readonly otherDesktop?: boolean;
  /** Fields to set, by dotted path. */
  readonly set?: Readonly<Record<string, JsonValue>>;
  /** Fields to leave out, by dotted path. */
  readonly without?: readonly string[];
  /** Spell with dots every field, everything inside the top-level objects, or the fields at the given paths. */
  readonly dotted?: 'all' | 'inside' | readonly string[];
  /** Milliseconds after the start of the case at which it reaches the file, if not in order of time. */
  readonly arrivesMs?: number;
  /** Order of `event.sequence` among events of one moment, if not in order of arrival. */
  readonly captureRank?: number;
}

/** The start of the program by the session. */
export function exec(atMs: number, changes: StepChanges = {}): CaseStep {
  return { kind: 'exec', atMs, ...changes };
}

/** The program connecting. */
export function connect(atMs: number, changes: StepChanges = {}): CaseStep {
  return { kind: 'connect', atMs, ...changes };
}

/** A case of the XFCE session, with the same number of alerts whatever the tiebreaker. */
export function xfceCase(label: string, alerts: number, about: string, steps: readonly CaseStep[]): CaseDefinition {
  return { label, alerts, alertsWithTiebreaker: alerts, about, session: 'xfce', steps };
}

/** A case of the GNOME session, with the same number of alerts whatever the tiebreaker. */
export function gnomeCase(label: string, alerts: number, about: string, steps: readonly CaseStep[]): CaseDefinition {
  return { label, alerts, alertsWithTiebreaker: alerts, about, session: 'gnome', steps };
}
