/** How many compiled patterns one call keeps. */
const CAPACITY = 64;

/**
 * Keeps what was compiled for the latest patterns of a call whose patterns are not constant. When it is full, what was
 * compiled first goes.
 */
export function createCompileCache<Compiled>(compile: (pattern: string) => Compiled): (pattern: string) => Compiled {
  const cache = new Map<string, { readonly compiled: Compiled }>();
  return (pattern) => {
    const known = cache.get(pattern);
    if (known !== undefined) return known.compiled;
    const compiled = compile(pattern);
    if (cache.size >= CAPACITY) {
      const [oldest] = cache.keys();
      if (oldest !== undefined) cache.delete(oldest);
    }
    cache.set(pattern, { compiled });
    return compiled;
  };
}
