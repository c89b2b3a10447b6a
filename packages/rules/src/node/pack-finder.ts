import { access } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { createDiagnostic, didYouMean, type Diagnostic } from '@eqlkit/language';
import micromatch from 'micromatch';
import type { Rule } from '../model/rule.js';
import type { Pack } from '../pack/pack.js';
import { parsePackToml } from '../pack/parse-pack-toml.js';
import { quoteText } from '../toml/quote-text.js';
import { createTomlPositions } from '../toml/toml-positions.js';
import { readRuleText } from './read-rule-text.js';

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
  readonly disabled: readonly DisabledEntry[];
}

/** An entry of a pack's `disabled`, ready to be asked whether it is a glob of a path below the folder. */
interface DisabledEntry {
  readonly entry: string;
  readonly matchesPlace: (place: string) => boolean;
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
      const found = await this.packIn(folder);
      if (found !== null) return found;
      if (folder === top || folder === dirname(folder)) break;
    }
    return null;
  }

  private packIn(folder: string): Promise<FoundPack | null> {
    const known = this.packs.get(folder);
    if (known !== undefined) return known;
    const reading = readPack(folder);
    this.packs.set(folder, reading);
    return reading;
  }
}

async function readPack(folder: string): Promise<FoundPack | null> {
  const path = join(folder, PACK_FILE);
  try {
    await access(path);
  } catch {
    return null;
  }
  const { text, diagnostic } = await readRuleText(path);
  if (diagnostic !== null) return { path, folder, text, pack: null, diagnostics: [diagnostic], disabled: [] };
  const { pack, diagnostics } = parsePackToml(text, basename(folder));
  const disabled = (pack?.disabled ?? []).map((entry) => ({
    entry,
    matchesPlace: micromatch.matcher(entry, { noextglob: true }),
  }));
  return { path, folder, text, pack, diagnostics, disabled };
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The entries of a pack's `disabled` that name a rule, by its id, its name or its place below the pack's folder. */
export function disablingEntries(found: FoundPack, rule: Rule, path: string): readonly string[] {
  const place = relative(found.folder, path).replaceAll(sep, '/');
  return found.disabled
    .filter(({ entry, matchesPlace }) => entry === rule.id || entry === rule.name || matchesPlace(place))
    .map(({ entry }) => entry);
}

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
  return idle.map(([index, entry]) =>
    createDiagnostic(
      'EQL4102',
      `No rule of the pack is called ${quoteText(entry)}.`,
      positions.spanOf(['disabled', index]),
      {
        help:
          didYouMean(entry, names) ??
          'Name a rule by its id, its name, or a glob of paths below the folder of the pack.',
      },
    ),
  );
}
