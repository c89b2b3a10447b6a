import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parseToml } from '@eqlkit/rules';
import { locateOffset } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';
import { describeReadFailure, printableText } from '@eqlkit/stream';
import type { InputProblem } from '../output/input-problem.js';

/** A configuration file's tables, or why they cannot be read. */
export type ConfigFile =
  { readonly table: JsonObject; readonly problem: null } | { readonly table: null; readonly problem: InputProblem };

/** Longest configuration file in bytes. */
const MAX_BYTES = 1024 * 1024;

/** Names a configuration file that is read instead of the one of the working folder; if empty, none is. */
export const CONFIG_VARIABLE = 'EQL_CONFIG';

/** Reads a configuration file: the one that {@link CONFIG_VARIABLE} names, or one that was found. */
export function readConfigFile(path: string, isNamed: boolean): ConfigFile {
  const naming = `the configuration file ${printableText(path)}${isNamed ? ` (${CONFIG_VARIABLE})` : ''}`;
  let bytes: Buffer;
  try {
    // A named pipe that lies in somebody's folder would keep every command waiting.
    if (!isNamed && !statSync(path).isFile()) return refuse({ message: `${naming} is no regular file` });
    bytes = readUpTo(path, MAX_BYTES + 1);
  } catch (error) {
    return refuse({ message: `${naming} cannot be read: ${describeReadFailure(error)}` });
  }
  if (bytes.length > MAX_BYTES) return refuse({ message: `${naming} is longer than ${MAX_BYTES} bytes` });
  const text = bytes.toString('utf8');
  const { table, diagnostic } = parseToml(text);
  if (table !== null) return { table, problem: null };
  const { line, column } = locateOffset(text, diagnostic.span.start);
  return refuse({
    message: `${path}:${line}:${column}: ${diagnostic.message}`,
    located: { diagnostic, file: path, text },
  });
}

/** The first bytes of a file, which may be a device without an end. */
function readUpTo(path: string, maxBytes: number): Buffer {
  const bytes = Buffer.alloc(maxBytes);
  const handle = openSync(path, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < maxBytes; length += read) {
      read = readSync(handle, bytes, length, maxBytes - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

function refuse(problem: InputProblem): ConfigFile {
  return { table: null, problem };
}
