import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { ATTACKER } from './attacker.js';
import { desktopEntryShell } from './background/gnome-session.js';
import type { CaseDefinition, CaseStep, StepChanges } from './case-definition.js';
import { networkEvent, processEvent } from './defend-events.js';
import { flattenFields, isJsonObject, liftFields, withField, withoutField } from './json-fields.js';
import type { Random } from '../random.js';
import { program, type Program, type RunningProcess } from './running-process.js';
import type { Scene } from './scene.js';
import { nsFromMs } from './session-time.js';
import type { Timeline } from './timeline.js';

/** A session whose autostart entries the cases are. */
interface RunningSession {
  readonly scene: Scene;
  /** The process that starts the entries. */
  readonly process: RunningProcess;
}

/** What the desktops of the cases are. */
export interface CaseStage {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly sessions: Readonly<Record<CaseDefinition['session'], RunningSession>>;
}

/** Puts the events of one case on the timeline. The case starts in the millisecond `startMs`, a little into it. */
export function playCase(definition: CaseDefinition, startMs: number, stage: CaseStage): void {
  const { timeline, random, sessions } = stage;
  const { scene, process: session } = sessions[definition.session];
  const other = sessions[definition.session === 'xfce' ? 'gnome' : 'xfce'].scene.desktop;
  const payload = choosePayload(scene.desktop.owner.name, random);
  const running = scene.spawn(session, payload, startMs);
  const startNs = nsFromMs(startMs) + chooseFraction(random);
  for (const step of definition.steps) {
    const actor = step.otherDesktop === true ? { ...running, desktop: other } : running;
    timeline.add({
      desktop: actor.desktop,
      label: definition.label,
      atNs: startNs + nsFromMs(step.atMs),
      event: stepEvent(step, { ...actor, program: stepProgram(step, definition, running) }, scene),
      finish: (event) => applyChanges(event, step),
      ...(step.arrivesMs === undefined ? {} : { arrivesNs: startNs + nsFromMs(step.arrivesMs) }),
      ...(step.captureRank === undefined ? {} : { captureRank: step.captureRank }),
    });
  }
}

function choosePayload(user: string, random: Random): Program {
  return random.pick([
    program('/usr/bin/curl', '-fsS', 'https://panel-sync.example/news'),
    program('/usr/bin/python3', `/home/${user}/.local/share/panel-sync/agent.py`),
    program(`/home/${user}/.local/bin/sync-helper`, '--quiet'),
  ]);
}

/** Nanoseconds into the millisecond in which a case starts; some agents' clocks give fewer digits than others. */
function chooseFraction(random: Random): number {
  return random.integer(0, 8_999) * random.pick([0, 1, 100]);
}

function stepProgram(step: CaseStep, definition: CaseDefinition, running: RunningProcess): Program {
  if (step.program !== undefined) return step.program;
  if (step.kind === 'fork' && running.parent !== null) return running.parent.program;
  if (step.kind === 'exec' && definition.session === 'gnome') return desktopEntryShell(running.program.executable);
  return running.program;
}

function stepEvent(step: CaseStep, running: RunningProcess, scene: Scene): JsonObject {
  if (step.kind === 'fork') return processEvent(running, 'fork');
  if (step.kind !== 'connect') return processEvent(running, 'exec');
  const ip: JsonValue = step.ip === undefined ? ATTACKER : step.ip;
  return networkEvent(running, 'connection_attempted', { ip, port: 443 }, scene.nextLocalPort());
}

function applyChanges(event: JsonObject, { set = {}, without = [], dotted = [] }: StepChanges): JsonObject {
  let changed = event;
  for (const [path, value] of Object.entries(set)) changed = withField(changed, path, value);
  for (const path of without) changed = withoutField(changed, path);
  if (dotted === 'all') return flattenFields(changed);
  if (dotted === 'inside') return flattenInside(changed);
  return liftFields(changed, dotted);
}

function flattenInside(event: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [key, isJsonObject(value) ? flattenFields(value) : value]),
  );
}
