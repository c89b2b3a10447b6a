/**
 * Whether a text in the place of a query is meant as a path: it ends in `.toml`, or has a slash and no blank. A query has
 * `where` between blanks; `/*` in one begins a comment.
 */
export function looksLikePath(text: string): boolean {
  if (/\bwhere\b/iu.test(text)) return false;
  return /\.toml$/iu.test(text) || /^[^\s*]*[\\/][^\s*]*$/u.test(text);
}
