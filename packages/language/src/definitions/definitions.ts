import type { ExpressionNode, LiteralNode } from '../syntax/ast.js';

/** A macro whose body holds no calls of other macros any more. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: ExpressionNode;
}

/** Macros and constants by name; names count with their case. */
export interface Definitions {
  readonly macros: ReadonlyMap<string, Macro>;
  readonly constants: ReadonlyMap<string, LiteralNode>;
}
