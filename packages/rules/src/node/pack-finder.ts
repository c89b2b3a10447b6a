import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { createDiagnostic, didYouMean, type Diagnostic } from '@eqlkit/language';
import type { Rule } from '../model/rule.js';
import type { Pack } from '../pack/pack.js';
import { parsePackToml } from '../pack/parse-pack-toml.js';
import { quoteText } from '../toml/quote-text.js';
import { createTomlPositions } from '../toml/toml-positions.js';
import { compileDisabledEntries, type DisabledEntries } from './disabled-entries.js';
import { readRuleText, type RuleText } from './read-rule-text.js';

/** The file that describes the pack of its folder. */
export const PACK_FILE = 'pack.toml';

/** A pack and the file that describes it. */
export interface LoadedPack {
  readonly pack: Pack;
  /** The file's path relative to the working folder. */
  readonly file: string;
  readonly text: string;
  /** Warnings; their spans are offsets into the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A `pack.toml` as it was found, with its folder. */
export interface FoundPack {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** `null` if the file has errors. */
  readonly pack: Pack | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly disabled: DisabledEntries;
}

/** Finds the pack that a rule file belongs to, and reads each `pack.toml` once. */
export class PackFinder {
  private readonly packs = new Map<string, Promise<FoundPack | null>>();

  /**
   * The nearest `pack.toml` in the file's folder and those above it.
   *
   * @param top - The last folder that is looked into.
   */
  async packOf(path: string, top: string): Promise<FoundPack | null> {
    for (let folder = dirname(path); isInside(folder, top); folder = dirname(folder)) {
      const found = await this.packIn(folder, top);
      if (found !== null) return found;
      if (folder === top || folder === dirname(folder)) break;
    }
    return null;
  }

  private packIn(folder: string, top: string): Promise<FoundPack | null> {
    const known = this.packs.get(folder);
    if (known !== undefined) return known;
    const reading = readPack(folder, top);
    this.packs.set(folder, reading);
    return reading;
  }
}

async function readPack(folder: string, top: string): Promise<FoundPack | null> {
  const path = join(folder, PACK_FILE);
  const read = await readPackText(path, top);
  if (read === null) return null;
  const { text, diagnostic } = read;
  const none = compileDisabledEntries([]);
  if (diagnostic !== null) return { path, folder, text, pack: null, diagnostics: [diagnostic], disabled: none };
  const { pack, diagnostics } = parsePackToml(text, basename(folder));
  const disabled = pack === null ? none : compileDisabledEntries(pack.disabled);
  return { path, folder, text, pack, diagnostics, disabled };
}

/** The text of a `pack.toml`; `null` if there is none. Like rule files, a link that leads outside is not followed. */
async function readPackText(path: string, top: string): Promise<RuleText | null> {
  try {
    const isLink = (await lstat(path)).isSymbolicLink();
    if (isLink && !isInside(await realpath(path), await realpath(top))) return { text: '', diagnostic: OUTSIDE };
  } catch {
    return null;
  }
  return readRuleText(path);
}

const OUTSIDE = createDiagnostic(
  'EQL4001',
  'It is a link to something outside the folder, which is not followed.',
  { start: 0, end: 0 },
  { help: 'Put a copy of the file in its place.' },
);

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The entries of a pack's `disabled` that name a rule, by its id, its name or its place below the pack's folder. */
export function disablingEntries(found: FoundPack, rule: Rule, path: string): readonly string[] {
  const place = relative(found.folder, path).replaceAll(sep, '/');
  return found.disabled.naming(rule, place);
}

/** For how many entries the nearest name is looked for: a stranger may bring thousands of both. */
const MOST_PROPOSALS = 100;

/** `EQL4102` for each entry of `disabled` that names none of the pack's rules. */
export function describeIdleEntries(
  found: FoundPack,
  used: ReadonlySet<string>,
  rules: readonly Rule[],
): readonly Diagnostic[] {
  const idle = [...(found.pack?.disabled.entries() ?? [])].filter(([, entry]) => !used.has(entry));
  if (idle.length === 0) return [];
  const positions = createTomlPositions(found.text);
  const names = rules.flatMap(({ id, name }) => [id, name]);
  return idle.map(([index, entry], place) =>
    createDiagnostic(
      'EQL4102',
      `No rule of the pack is called ${quoteText(entry)}.`,
      positions.spanOf(['disabled', index]),
      {
        help:
          (place < MOST_PROPOSALS ? didYouMean(entry, names) : undefined) ??
          'Name a rule by its id, its name, or a glob of paths below the folder of the pack.',
      },
    ),
  );
}
