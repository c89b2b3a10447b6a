import type { PathPart } from './ast.js';

/** The name under which schemas know a field: the names of its path with dots between them, array positions left out. */
export function dottedName(path: readonly PathPart[]): string {
  return path.filter((part) => typeof part === 'string').join('.');
}
