import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { didYouMean, type Diagnostic } from '@eqlkit/language';
import micromatch from 'micromatch';
import { describeFileError, fileErrorCode } from './describe-file-error.js';
import { walkRuleFiles, type LeftOutPath, type WalkedFile } from './walk-rule-files.js';

/** A rule file to be read. */
export interface RuleFilePath {
  readonly path: string;
  /** What to call it: its path relative to the working folder, with `/` between folders. */
  readonly file: string;
  /** The folder that it was looked for in. */
  readonly root: string;
  /** Whether every rule file below the root was asked for. */
  readonly wholeRoot: boolean;
}

/** An input from which no rule could be taken, and what to do about it. */
export interface InputProblem {
  readonly input: string;
  readonly message: string;
}

/** What inputs name. */
export interface ResolvedInputs {
  readonly files: readonly RuleFilePath[];
  /** What lies below the inputs' folders and is left out, by the name of its path. */
  readonly leftOut: readonly { readonly file: string; readonly diagnostic: Diagnostic }[];
  readonly problems: readonly InputProblem[];
}

/** What one input names, before files named twice are dropped. */
interface ResolvedInput {
  readonly root: string;
  readonly wholeRoot: boolean;
  readonly files: readonly WalkedFile[];
  readonly leftOut: readonly LeftOutPath[];
  /** Why the input names nothing; `null` if it does. */
  readonly problem: string | null;
}

/** Finds the rule files that inputs name, each once, in the order of the inputs and then of the paths. */
export async function resolveInputs(inputs: readonly string[], cwd: string): Promise<ResolvedInputs> {
  const files: RuleFilePath[] = [];
  const leftOut: { file: string; diagnostic: Diagnostic }[] = [];
  const problems: InputProblem[] = [];
  const seen = new Set<string>();
  for (const input of inputs) {
    const resolved = await resolveInput(input, cwd);
    if (resolved.problem !== null) problems.push({ input, message: resolved.problem });
    for (const { path, diagnostic } of resolved.leftOut)
      leftOut.push({ file: showPath(path, cwd, isAbsolute(input)), diagnostic });
    for (const { path, realPath } of resolved.files) {
      if (seen.has(realPath)) continue;
      seen.add(realPath);
      files.push({
        path,
        file: showPath(path, cwd, isAbsolute(input)),
        root: resolved.root,
        wholeRoot: resolved.wholeRoot,
      });
    }
  }
  return { files, leftOut, problems };
}

async function resolveInput(input: string, cwd: string): Promise<ResolvedInput> {
  if (input.trim() === '') return failed('An empty path names nothing. Name a rule file, a folder or a pattern.');
  const path = resolve(cwd, input);
  try {
    // A file whose name looks like a pattern is still a file.
    if ((await stat(path)).isDirectory()) return await resolveFolder(input, path);
    const files = [{ path, realPath: await realpath(path) }];
    return { root: dirname(path), wholeRoot: false, files, leftOut: [], problem: null };
  } catch (error) {
    const code = fileErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      return failed(`"${input}" cannot be read: ${describeFileError(error)}.`);
  }
  const pattern = sep === '\\' ? input.replaceAll('\\', '/') : input;
  return micromatch.scan(pattern).isGlob
    ? resolvePattern(pattern, cwd)
    : failed(await describeMissing(input, path, cwd));
}

async function resolveFolder(input: string, path: string): Promise<ResolvedInput> {
  const { files, leftOut } = await walkRuleFiles(path);
  if (files.length > 0 || leftOut.length > 0) return { root: path, wholeRoot: true, files, leftOut, problem: null };
  return failed(
    `No rule in the folder "${input}". Rules are files that end in .toml; hidden folders and node_modules are left out.`,
  );
}

async function resolvePattern(pattern: string, cwd: string): Promise<ResolvedInput> {
  const { base, glob } = micromatch.scan(pattern);
  const folder = resolve(cwd, base.replace(/\\(.)/gu, '$1'));
  const matches = micromatch.matcher(glob);
  const { files: walked, leftOut } = await walkRuleFiles(folder);
  const files = walked.filter(({ path }) => matches(withSlashes(relative(folder, path))));
  if (files.length > 0) return { root: folder, wholeRoot: false, files, leftOut, problem: null };
  return failed(
    `No rule file matches "${pattern}". A pattern matches files that end in .toml; "**" descends into folders, as in ` +
      `"${join(base, '**', '*.toml').replaceAll('\\', '/')}".`,
  );
}

async function describeMissing(input: string, path: string, cwd: string): Promise<string> {
  const siblings = await readdir(dirname(path)).catch((): string[] => []);
  const near = didYouMean(basename(path), siblings);
  return `No file or folder "${input}". ${near ?? `Check the spelling; relative paths start from "${cwd}".`}`;
}

function failed(problem: string): ResolvedInput {
  return { root: '', wholeRoot: false, files: [], leftOut: [], problem };
}

/**
 * What to call a file: its path relative to the working folder. One outside that was named by an absolute path keeps it.
 */
export function showPath(path: string, cwd: string, named: boolean): string {
  const shown = relative(cwd, path);
  return withSlashes(named && (shown.startsWith('..') || isAbsolute(shown)) ? path : shown);
}

function withSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
