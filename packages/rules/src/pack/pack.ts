import type { JsonObject } from '@eqlkit/engine';
import type { DialectName } from '@eqlkit/language';

/** What the file `pack.toml` of a folder says about the rules in and below it. */
export interface Pack {
  /** The name of the folder if the file gives none. */
  readonly name: string;
  readonly version: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly author: readonly string[];
  /** The variant of EQL in rules whose file format does not decide it: behaviour rules are always `endpoint`. */
  readonly dialect: DialectName | null;
  /** Keys of `[rule]` for the rules that do not give them. */
  readonly defaults: JsonObject;
  /** Rules that do not run: ids, names, or globs of paths below the folder. */
  readonly disabled: readonly string[];
  /** `[lint]`, as in the file. */
  readonly lint: JsonObject | null;
  /** The whole file as plain data. */
  readonly raw: JsonObject;
}
