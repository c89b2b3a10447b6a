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
import { parse, TomlError } from 'smol-toml';
import { printableText } from '../decode/printable-text.js';

/** The mappings that come with eqlkit. */
export const BUILT_IN_MAPS = ['auditbeat', 'python-eql', 'sysmon', 'sysmon-nxlog', 'sysmon-winlogbeat6'] as const;

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
  /** One line for people each, naming the file. */
  readonly problems: readonly string[];
}

/** Loads mappings, to be applied one after the other. A name is that of a built-in mapping, or else the path of a file. */
export async function loadMappings(
  names: readonly string[],
  options: { readonly cwd: string },
): Promise<LoadedMappings> {
  const problems: string[] = [];
  const documents: MappingDocument[] = [];
  const waiting = [...names];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const document = await loadDocument(name, options.cwd, problems);
    if (document === null) continue;
    documents.push(document);
    waiting.unshift(...document.then);
    if (documents.length > MAX_MAPPINGS) {
      problems.push(`more than ${String(MAX_MAPPINGS)} mappings; does one of them name itself in "then"?`);
      break;
    }
  }
  const steps = documents.flatMap((document) => {
    const { map, problems: found } = compileMapping(document);
    for (const problem of found) problems.push(printableText(`${document.name}: ${problem}`));
    return map === null ? [] : [map];
  });
  const remembers = documents.some(({ remembersProcesses }) => remembersProcesses);
  return {
    map:
      steps.length === 0 || problems.length > 0
        ? undefined
        : (event) => steps.reduce<JsonObject>((mapped, step) => step(mapped), event),
    names: documents.map(({ name }) => name),
    createEnrichment: remembers ? createProcessEnrichment : undefined,
    problems,
  };
}

function createProcessEnrichment(): EventMapping {
  const memory = new ProcessMemory();
  return (event) => memory.complete(event);
}

async function loadDocument(name: string, cwd: string, problems: string[]): Promise<MappingDocument | null> {
  const isBuiltIn = BUILT_IN_MAPS.some((known) => known === name);
  const path = isBuiltIn ? new URL(`${name}.toml`, BUILT_IN_FOLDER) : resolve(cwd, name);
  try {
    const { document, problems: found } = readMapping(parse(await readFile(path, 'utf8')), name);
    for (const problem of found) problems.push(printableText(`${name}: ${problem}`));
    return document;
  } catch (error) {
    const hint = isMissing(error) ? `; built in are ${BUILT_IN_MAPS.join(', ')}` : '';
    problems.push(printableText(`cannot read the mapping ${name}: ${reasonOf(error)}${hint}`));
    return null;
  }
}

/** What is wrong on one line; of TOML where, as smol-toml draws that below its title and the reason. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (!(error instanceof TomlError)) return line;
  return `line ${String(error.line)}, column ${String(error.column)}: ${line.replace('Invalid TOML document: ', '')}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
