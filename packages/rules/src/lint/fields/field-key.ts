import type { TomlPath } from '../../toml/toml-positions.js';

/** A field that a key of a file names. */
export interface FieldKey {
  readonly name: string;
  readonly path: TomlPath;
  /** Where the name is a key itself. */
  readonly part?: 'key';
}
