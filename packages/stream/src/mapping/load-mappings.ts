import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  compileMapping,
  ProcessMemory,
  readMapping,
  type EventMapping,
  type JsonObject,
  type MappingDocument,
} from '@eqlkit/engine';
import { locateOffset, type Diagnostic } from '@eqlkit/language';
import { mapQueryDiagnostics, parseToml } from '@eqlkit/rules';
import { printableText } from '../decode/printable-text.js';
import { describeReadFailure } from '../sources/describe-read-failure.js';

/** The mappings that come with eqlkit. */
export const BUILT_IN_MAPS = [
  'auditbeat',
  'python-eql',
  'sysmon',
  'sysmon-evtx',
  'sysmon-nxlog',
  'sysmon-winlogbeat6',
] as const;

const BUILT_IN_FOLDER = new URL('../../maps/', import.meta.url);

/** Mappings call others; a circle of them ends here. */
const MAX_MAPPINGS = 20;

/** Mappings that were loaded, or what is wrong with them. */
export interface LoadedMappings {
  /** Makes one event what rules expect; it depends on nothing but the event. */
  readonly map: EventMapping | undefined;
  /** Makes the function that fills in what earlier events told; it must see the events in order of time. */
  readonly createEnrichment: (() => EventMapping) | undefined;
  /** The mappings that are applied, those that others name among them, in order. */
  readonly names: readonly string[];
  readonly problems: readonly MappingProblem[];
}

/** What is wrong with a mapping. */
export interface MappingProblem {
  /** How the mapping was named: the name of a built-in one, or a path. */
  readonly mapping: string;
  /** One line for people that names the mapping, and the place if it is known; free of control characters. */
  readonly message: string;
  /** Whether there is no such mapping. */
  readonly isMissing: boolean;
  /** The mistake and the text of the file that it is in; null if it has no place there. */
  readonly located: { readonly diagnostic: Diagnostic; readonly text: string } | null;
}

/** A mapping's file that was read. */
interface LoadedDocument {
  readonly mapping: string;
  readonly text: string;
  readonly document: MappingDocument;
}

/** Loads mappings, to be applied one after the other. A name is that of a built-in mapping, or else the path of a file. */
export async function loadMappings(
  names: readonly string[],
  options: { readonly cwd: string },
): Promise<LoadedMappings> {
  const problems: MappingProblem[] = [];
  const documents: LoadedDocument[] = [];
  const waiting = [...names];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const loaded = await loadDocument(name, options.cwd, problems);
    if (loaded === null) continue;
    documents.push(loaded);
    waiting.unshift(...loaded.document.then);
    if (documents.length > MAX_MAPPINGS) {
      const message = `more than ${String(MAX_MAPPINGS)} mappings; does one of them name itself in "then"?`;
      problems.push(describe(name, message));
      break;
    }
  }
  const steps = documents.flatMap(({ mapping, text, document }) => {
    const { map, problems: found } = compileMapping(document);
    for (const { caseIndex, diagnostic } of found) {
      const moved = mapQueryDiagnostics([diagnostic], text, ['case', caseIndex, 'when']);
      problems.push(...moved.map((one) => locate(mapping, text, one)));
    }
    return map === null ? [] : [map];
  });
  const remembers = documents.some(({ document }) => document.remembersProcesses);
  return {
    map:
      steps.length === 0 || problems.length > 0
        ? undefined
        : (event) => steps.reduce<JsonObject>((mapped, step) => step(mapped), event),
    names: documents.map(({ document }) => document.name),
    createEnrichment: remembers ? createProcessEnrichment : undefined,
    problems,
  };
}

function createProcessEnrichment(): EventMapping {
  const memory = new ProcessMemory();
  return (event) => memory.complete(event);
}

async function loadDocument(mapping: string, cwd: string, problems: MappingProblem[]): Promise<LoadedDocument | null> {
  const isBuiltIn = BUILT_IN_MAPS.some((known) => known === mapping);
  const path = isBuiltIn ? new URL(`${mapping}.toml`, BUILT_IN_FOLDER) : resolve(cwd, mapping);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    problems.push(describeUnreadable(mapping, error));
    return null;
  }
  const { table, diagnostic } = parseToml(text);
  if (table === null) {
    problems.push(locate(mapping, text, diagnostic));
    return null;
  }
  const { document, problems: found } = readMapping(table, mapping);
  for (const problem of found) problems.push(describe(mapping, `${mapping}: ${problem}`));
  return document === null ? null : { mapping, text, document };
}

function describeUnreadable(mapping: string, error: unknown): MappingProblem {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const message = isMissing
    ? `there is no mapping "${mapping}": it is no file, and built in are ${BUILT_IN_MAPS.join(', ')}.`
    : `the mapping "${mapping}" cannot be read: ${describeReadFailure(error)}`;
  return { ...describe(mapping, message), isMissing };
}

function describe(mapping: string, message: string): MappingProblem {
  return { mapping, message: printableText(message), isMissing: false, located: null };
}

function locate(mapping: string, text: string, diagnostic: Diagnostic): MappingProblem {
  const { line, column } = locateOffset(text, diagnostic.span.start);
  const message = `${mapping}:${String(line)}:${String(column)}: ${diagnostic.message}`;
  return { ...describe(mapping, message), located: { diagnostic, text } };
}
