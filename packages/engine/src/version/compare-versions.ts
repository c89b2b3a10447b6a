interface ParsedVersion {
  readonly release: readonly string[];
  /** Empty if the version is a release. */
  readonly preRelease: readonly string[];
  readonly build: string;
}

const VERSION =
  /^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/u;
const NUMERIC = /^\d+$/u;

/**
 * Orders two versions as Elasticsearch's `version` type does: negative if `a` is the lower one, 0 only for the same
 * text. The numbers of a release compare as numbers, and a version that merely has more of them is higher
 * (`1.0` < `1.0.0`). Then a pre-release is below its release, its parts comparing by the rules of Semantic Versioning,
 * and a build suffix comes last. Text that is no version (`bad`, `1.x`, `01.2`) is above every version and compares as
 * text.
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === null || right === null) {
    if (left !== null) return -1;
    return right === null ? compareText(a, b) : 1;
  }
  return (
    compareParts(left.release, right.release) ||
    comparePreReleases(left.preRelease, right.preRelease) ||
    compareText(left.build, right.build)
  );
}

function parseVersion(text: string): ParsedVersion | null {
  const match = VERSION.exec(text);
  if (match === null) return null;
  const [, release = '', preRelease, build = ''] = match;
  return { release: release.split('.'), preRelease: preRelease?.split('.') ?? [], build };
}

function comparePreReleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  return compareParts(left, right);
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Numbers of any length compare by value and are below words. */
function comparePart(left: string, right: string): number {
  const leftNumeric = NUMERIC.test(left);
  if (leftNumeric !== NUMERIC.test(right)) return leftNumeric ? -1 : 1;
  return (leftNumeric ? left.length - right.length : 0) || compareText(left, right);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
