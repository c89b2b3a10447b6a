/** What `eql` says to the shell. */
export const EXIT_CODE = {
  /** Everything ran; there may be alerts. */
  ok: 0,
  /** There were alerts, and `--fail-on-alert` was given. */
  alerts: 1,
  /** With `eql fmt --check`: a query is not formatted. */
  unformatted: 1,
  /** A rule is broken, and the others ran; or the query of `eql query` is. For `eql check` also too many warnings. */
  brokenRule: 2,
  /** Bad usage, unreadable input, or, with `--strict`, bad events. */
  badInput: 3,
  /** Stopped with Ctrl-C while something was asked. */
  stopped: 130,
} as const;
