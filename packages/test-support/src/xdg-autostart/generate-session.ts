import type { JsonObject } from '@eqlkit/engine';
import { playGnomeSession } from './background/gnome-session.js';
import { playSystemUpkeep } from './background/system-upkeep.js';
import { playXfceSession } from './background/xfce-session.js';
import { CASE_DEFINITIONS } from './case-list.js';
import { GNOME_DESKTOP, XFCE_DESKTOP } from './desktop.js';
import { playCase } from './play-case.js';
import { createRandom } from '../random.js';
import { Scene } from './scene.js';
import { Timeline } from './timeline.js';

/** The seed of the file in `examples/xdg-autostart`. */
const EXAMPLE_SEED = 17;

/** The first case starts when both sessions have started, the last one well before the ten minutes are over. */
const FIRST_CASE_MS = 25_000;
const LAST_CASE_MS = 590_000;

/**
 * Ten minutes on two Linux desktops, one with XFCE and one with GNOME, as Elastic Defend would log them: ordinary
 * activity, and among it every case of `XDG_AUTOSTART_CASES`, each event of a case with its label in `_case`. Events
 * are in order of arrival, which is the order of `@timestamp` but for the cases about that difference.
 *
 * The same seed gives the same events. Another seed changes ids, times by fractions of a second, ports and programs,
 * but not what each case is about.
 */
export function generateXdgAutostartSession(seed: number = EXAMPLE_SEED): JsonObject[] {
  const random = createRandom(seed);
  const timeline = new Timeline();
  const xfceScene = new Scene(XFCE_DESKTOP, timeline, random);
  const gnomeScene = new Scene(GNOME_DESKTOP, timeline, random);
  const sessions = {
    xfce: { scene: xfceScene, process: playXfceSession(xfceScene) },
    gnome: { scene: gnomeScene, process: playGnomeSession(gnomeScene) },
  };
  playSystemUpkeep(xfceScene, 203_000);
  playSystemUpkeep(gnomeScene, 334_000);
  const spacingMs = (LAST_CASE_MS - FIRST_CASE_MS) / (CASE_DEFINITIONS.length - 1);
  CASE_DEFINITIONS.forEach((definition, index) => {
    const startMs = Math.floor(FIRST_CASE_MS + index * spacingMs) + random.integer(0, 900);
    playCase(definition, startMs, { timeline, random, sessions });
  });
  return timeline.write(random);
}
