import type { Stats } from 'node:fs';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import micromatch from 'micromatch';
import { printableText } from '../decode/printable-text.js';
import { describeReadFailure } from './describe-read-failure.js';
import type { EventSource, SourceProblem } from './event-source.js';
import { walkFolder } from './walk-folder.js';

/** What the inputs of a run come to. */
export interface ResolvedEventSources {
  /** In the order of the inputs; a file that several inputs name is there once. */
  readonly sources: readonly EventSource[];
  readonly problems: readonly SourceProblem[];
}

const EVENT_FILE = /\.(?:ndjson|jsonl|json|csv|tsv)(?:\.(?:gz|zst|zstd))?$/iu;
const PATTERNS = '*.ndjson, *.jsonl, *.json, *.csv and *.tsv, also with .gz or .zst';

/**
 * Finds the event sources that inputs name. An input is a file of any name; a folder, searched recursively for
 * `.ndjson`, `.jsonl`, `.json`, `.csv` and `.tsv` files with or without `.gz` or `.zst`, hidden ones left out; a glob; or `-` for standard input.
 * What exists under its literal name is not taken for a glob. Relative paths start at `cwd`. Never throws: whatever
 * cannot be used is a problem, and the rest is still resolved.
 */
export async function resolveEventSources(
  inputs: readonly string[],
  options: { readonly cwd: string },
): Promise<ResolvedEventSources> {
  const resolver = new SourceResolver(options.cwd);
  for (const input of inputs) await resolver.add(input);
  return { sources: resolver.sources, problems: resolver.problems };
}

class SourceResolver {
  readonly sources: EventSource[] = [];
  readonly problems: SourceProblem[] = [];
  readonly #cwd: string;
  readonly #seen = new Set<string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  async add(input: string): Promise<void> {
    if (input === '-') this.#addStdin();
    else if (input === '')
      this.#addProblem(input, 'An empty path names nothing. Name a file, a folder, a pattern or -.');
    else await this.#addPath(input);
  }

  async #addPath(input: string): Promise<void> {
    const path = resolve(this.#cwd, input);
    const stats = await statOrError(path);
    if (!(stats instanceof Error)) await this.#addExisting(input, path, stats);
    else if (micromatch.scan(input).isGlob) await this.#addGlob(input);
    else this.#addProblem(input, explainMissing(stats, input, this.#cwd));
  }

  #addStdin(): void {
    if (this.#seen.has('-')) this.#addProblem('-', 'Standard input (-) can be read only once. Name it once.');
    else this.sources.push({ name: 'stdin', kind: 'stdin' });
    this.#seen.add('-');
  }

  async #addExisting(input: string, path: string, stats: Stats): Promise<void> {
    if (stats.isDirectory()) await this.#addFolder(input, path);
    else if (stats.isSocket()) this.#addProblem(input, `"${input}" is a socket. Name a file, a folder or - instead.`);
    else await this.#addFile(input, input, path);
  }

  async #addFolder(input: string, folder: string): Promise<void> {
    const files = await this.#walk(input, folder, Number.POSITIVE_INFINITY);
    const events = files.filter(({ relativePath }) => EVENT_FILE.test(relativePath) && !isHidden(relativePath));
    if (events.length === 0) {
      this.#addProblem(
        input,
        `No event files in the folder "${input}". Taken are ${PATTERNS}; name others one by one.`,
      );
    }
    for (const { relativePath, path } of events) await this.#addFile(input, joinShown(input, relativePath), path);
  }

  async #addGlob(input: string): Promise<void> {
    const { base, maxDepth } = scanGlob(input);
    const folder = resolve(this.#cwd, base);
    const files = (await statOrError(folder)) instanceof Error ? [] : await this.#walk(input, folder, maxDepth);
    const matches = micromatch.matcher(input);
    const matching = files
      .map(({ relativePath, path }) => ({ name: joinShown(base, relativePath), path }))
      .filter(({ name }) => matches(name));
    if (matching.length === 0) {
      this.#addProblem(
        input,
        `No event file matches "${input}". Check the pattern ("**" descends into folders) and the folder "${folder}".`,
      );
    }
    for (const { name, path } of matching) await this.#addFile(input, name, path);
  }

  async #walk(input: string, folder: string, maxDepth: number) {
    return walkFolder(folder, {
      maxDepth,
      onError: (path, error) => {
        this.#addProblem(
          input,
          `The folder "${path}" cannot be read: ${describeReadFailure(error)}. Check its permissions.`,
        );
      },
    });
  }

  async #addFile(input: string, name: string, path: string): Promise<void> {
    try {
      const realPath = await realpath(path);
      if (this.#seen.has(realPath)) return;
      this.#seen.add(realPath);
      await access(path, constants.R_OK);
      const stats = await stat(path);
      const size = stats.isFile() ? { sizeBytes: stats.size } : {};
      this.sources.push({ name: printableText(name), kind: 'file', path, ...size });
    } catch (error) {
      this.#addProblem(input, `"${name}" cannot be read: ${describeReadFailure(error)}. Check its permissions.`);
    }
  }

  #addProblem(input: string, message: string): void {
    this.problems.push({ input, message: printableText(message) });
  }
}

async function statOrError(path: string): Promise<Stats | Error> {
  try {
    return await stat(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function explainMissing(error: Error, input: string, cwd: string): string {
  if ('code' in error && error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
    return `"${input}" cannot be read: ${describeReadFailure(error)}. Check the permissions along the path.`;
  }
  return `No file or folder "${input}". Check the spelling; relative paths start from "${cwd}".`;
}

/** The folder that a glob's static part names, and how many levels below it the rest can reach. */
function scanGlob(pattern: string): { base: string; maxDepth: number } {
  const { base, glob } = micromatch.scan(pattern);
  // Braces and groups may hold slashes, so only a plain pattern has a known depth.
  const maxDepth = /\*\*|[{(]/u.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length;
  return { base, maxDepth };
}

function joinShown(folder: string, relativePath: string): string {
  if (folder === '') return relativePath;
  return folder.endsWith('/') ? folder + relativePath : `${folder}/${relativePath}`;
}

function isHidden(relativePath: string): boolean {
  return relativePath.split('/').some((segment) => segment.startsWith('.'));
}
