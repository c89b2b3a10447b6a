import type { Span } from '@eqlkit/language';
import type { AST } from 'toml-eslint-parser';

/** A value or table header, and what it is. */
export interface TomlPlace {
  readonly span: Span;
  readonly value: AST.TOMLContentNode | null;
  /** The key that ends at the path; an item of a list has none. */
  readonly key: Span | null;
}

/** What stands at a path, and below it. */
interface Branch {
  place: TomlPlace | null;
  /** Whether the place is that of the path itself, and not of a key or header that goes on. */
  exact: boolean;
  /** Members of a table, by their keys, and those items of a list that were asked for. */
  readonly below: Map<string | number, Branch>;
  /** A value of which nobody has asked yet what is in it. */
  unread: AST.TOMLContentNode | null;
}

/**
 * Finds what stands at paths of a TOML text. Each key is looked at once, so that finding something in a file of 100,000
 * tables does not depend on their number.
 */
export class TomlPlaceTree {
  private readonly root = createBranch();

  constructor(body: AST.TOMLTopLevelTable['body']) {
    for (const node of body) {
      if (node.type === 'TOMLKeyValue') addKeyValue(this.root, node);
      else addTable(this.root, node);
    }
  }

  /** The value at a path, or the first key or header that opens a table at it; `null` if there is nothing. */
  find(path: readonly (string | number)[]): TomlPlace | null {
    let branch: Branch | null = this.root;
    for (const part of path) {
      branch = childOf(branch, part);
      if (branch === null) return null;
    }
    return branch.place;
  }
}

function createBranch(): Branch {
  return { place: null, exact: false, below: new Map(), unread: null };
}

function addTable(root: Branch, node: AST.TOMLTable): void {
  const branch = descend(root, node.resolvedKey, node.key);
  setExact(branch, placeOfKey(node.key));
  for (const member of node.body) addKeyValue(branch, member);
}

function addKeyValue(around: Branch, node: AST.TOMLKeyValue): void {
  const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  const branch = descend(around, keys, node.key);
  if (setExact(branch, { ...placeOfKey(node.key), span: spanOfNode(node.value), value: node.value }))
    branch.unread = node.value;
}

/** The branch at the end of a key; what it passes is opened by that key if by nothing else. */
function descend(around: Branch, keys: readonly (string | number)[], key: AST.TOMLKey): Branch {
  let branch = around;
  for (const part of keys) {
    let next = branch.below.get(part);
    if (next === undefined) {
      next = createBranch();
      branch.below.set(part, next);
    }
    branch = next;
    branch.place ??= placeOfKey(key);
  }
  return branch;
}

/** Whether the place is the first of its path itself. */
function setExact(branch: Branch, place: TomlPlace): boolean {
  if (branch.exact) return false;
  branch.place = place;
  branch.exact = true;
  return true;
}

function childOf(branch: Branch, part: string | number): Branch | null {
  const { unread } = branch;
  if (unread?.type === 'TOMLInlineTable') {
    branch.unread = null;
    for (const member of unread.body) addKeyValue(branch, member);
  }
  const known = branch.below.get(part);
  if (known !== undefined || unread?.type !== 'TOMLArray' || typeof part !== 'number') return known ?? null;
  const element = unread.elements[part];
  if (element === undefined) return null;
  const item = createBranch();
  setExact(item, { span: spanOfNode(element), value: element, key: null });
  item.unread = element;
  branch.below.set(part, item);
  return item;
}

/** A table that a key or a header opens, seen at that key. */
function placeOfKey(key: AST.TOMLKey): TomlPlace {
  const last = key.keys.at(-1);
  return { span: spanOfNode(key), value: null, key: last === undefined ? null : spanOfNode(last) };
}

/** The span of a node of the parser. */
export function spanOfNode(node: { readonly range: readonly [number, number] }): Span {
  return { start: node.range[0], end: node.range[1] };
}
