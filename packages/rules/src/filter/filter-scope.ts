import type { TomlPath } from '../toml/toml-positions.js';
import { elementField, eventField, type Operand } from './expression-builder.js';

/** Something in a filter that is not understood, at a path from where the filters begin. */
export interface FilterProblem {
  readonly path: TomlPath;
  /** One sentence. */
  readonly message: string;
}

/** A field that a filter reads, with the path to the part that names it, from where the filters begin. */
export interface FilterField {
  readonly name: string;
  readonly path: TomlPath;
}

/** Where a part of a filter stands, and what has been found on the way. */
export class FilterScope {
  private constructor(
    readonly path: TomlPath,
    private readonly shared: {
      readonly problems: FilterProblem[];
      readonly dateFields: Set<string>;
      readonly fields: FilterField[];
    },
    private readonly nested: { readonly prefix: string; readonly variable: string } | null,
  ) {}

  static create(): FilterScope {
    return new FilterScope([], { problems: [], dateFields: new Set(), fields: [] }, null);
  }

  get problems(): readonly FilterProblem[] {
    return this.shared.problems;
  }

  /** Fields that filters compare with dates. */
  get dateFields(): ReadonlySet<string> {
    return this.shared.dateFields;
  }

  /** The fields that filters read, in their order. */
  get fields(): readonly FilterField[] {
    return this.shared.fields;
  }

  /** The scope of a part. */
  at(...parts: TomlPath): FilterScope {
    return new FilterScope([...this.path, ...parts], this.shared, this.nested);
  }

  /** The scope of conditions on the elements of an array of objects. */
  inside(arrayName: string): { readonly scope: FilterScope; readonly variable: string } {
    const variable = `nested${String(this.path.length)}`;
    return { variable, scope: new FilterScope(this.path, this.shared, { prefix: `${arrayName}.`, variable }) };
  }

  /** What a field's name means here. */
  operand(name: string): Operand {
    const { nested } = this;
    this.shared.fields.push({ name, path: this.path });
    if (nested === null || !name.startsWith(nested.prefix)) return eventField(name);
    return elementField(nested.variable, name.slice(nested.prefix.length).split('.'));
  }

  noteDate(name: string): void {
    this.shared.dateFields.add(name);
  }

  report(message: string): void {
    this.shared.problems.push({ path: this.path, message });
  }
}
