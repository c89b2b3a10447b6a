import type { Span } from './span.js';

/** What every syntax node carries. */
interface NodeBase {
  readonly span: Span;
}

// ── Queries ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A whole query: what to look for, and the pipes that its results pass through. */
export interface StatementNode extends NodeBase {
  readonly kind: 'statement';
  readonly query: QueryNode;
  readonly pipes: readonly PipeNode[];
}

export type QueryNode = EventQueryNode | SequenceNode | JoinNode | SampleNode;

/** `category where condition`. A `null` category stands for `any`. */
export interface EventQueryNode extends NodeBase {
  readonly kind: 'event-query';
  readonly category: string | null;
  readonly categorySpan: Span;
  readonly condition: ExpressionNode;
}

/** `sequence by … with maxspan=… [stage] [stage] until [stage]`. */
export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly keys: readonly ExpressionNode[];
  readonly maxspan: TimeSpanNode | null;
  readonly stages: readonly SubqueryNode[];
  readonly until: SubqueryNode | null;
}

/** `join by … [stage] [stage] until [stage]`: stages in any order (endgame dialect only). */
export interface JoinNode extends NodeBase {
  readonly kind: 'join';
  readonly keys: readonly ExpressionNode[];
  readonly stages: readonly SubqueryNode[];
  readonly until: SubqueryNode | null;
}

/** `sample by … [stage] [stage]`: stages in any order, without time. */
export interface SampleNode extends NodeBase {
  readonly kind: 'sample';
  readonly keys: readonly ExpressionNode[];
  readonly stages: readonly SubqueryNode[];
}

/** One bracketed query of a sequence, join or sample. */
export interface SubqueryNode extends NodeBase {
  readonly kind: 'subquery';
  /** `![…]`: the stage holds if no such event is seen. */
  readonly missing: boolean;
  readonly query: EventQueryNode;
  readonly keys: readonly ExpressionNode[];
  /** `with runs=N`: the stage counts N times in a row. */
  readonly runs: number;
  /** `fork=true` (endgame dialect). */
  readonly fork: boolean;
  /** `as name` (endpoint dialect). */
  readonly alias: IdentifierNode | null;
}

/** `macro NAME(a, b) expression` (endgame dialect). */
export interface MacroNode extends NodeBase {
  readonly kind: 'macro';
  readonly name: IdentifierNode;
  readonly parameters: readonly IdentifierNode[];
  readonly body: ExpressionNode;
}

/** `const NAME = value` (endgame dialect). */
export interface ConstantNode extends NodeBase {
  readonly kind: 'constant';
  readonly name: IdentifierNode;
  readonly value: ExpressionNode;
}

export type DefinitionNode = MacroNode | ConstantNode;

/** A name that the query itself introduces. */
export interface IdentifierNode extends NodeBase {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `maxspan=1m`, in milliseconds. */
export interface TimeSpanNode extends NodeBase {
  readonly kind: 'time-span';
  readonly milliseconds: number;
  /** As written, such as `1m`. */
  readonly text: string;
}

/** `| name argument, argument`. */
export interface PipeNode extends NodeBase {
  readonly kind: 'pipe';
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly ExpressionNode[];
}

// ── Expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type ExpressionNode =
  | LogicalNode
  | NotNode
  | ComparisonNode
  | ArithmeticNode
  | NegateNode
  | MembershipNode
  | PatternNode
  | LineageNode
  | CallNode
  | FieldNode
  | VariableNode
  | LiteralNode;

/** `a and b and c`; operands are never logical nodes with the same operator. */
export interface LogicalNode extends NodeBase {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operands: readonly ExpressionNode[];
}

export interface NotNode extends NodeBase {
  readonly kind: 'not';
  readonly operand: ExpressionNode;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface ComparisonNode extends NodeBase {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly operatorSpan: Span;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

export interface ArithmeticNode extends NodeBase {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** Unary minus on something that is not a number literal. */
export interface NegateNode extends NodeBase {
  readonly kind: 'negate';
  readonly operand: ExpressionNode;
}

/** `x in (…)`, `x not in (…)`, `x in~ (…)`. */
export interface MembershipNode extends NodeBase {
  readonly kind: 'membership';
  readonly negated: boolean;
  readonly caseInsensitive: boolean;
  readonly operand: ExpressionNode;
  readonly values: readonly ExpressionNode[];
}

export type PatternOperator = ':' | 'like' | 'like~' | 'regex' | 'regex~';

/** `x : "a*"`, `x like~ ("a*", "b?")`, `x regex "…"`. */
export interface PatternNode extends NodeBase {
  readonly kind: 'pattern';
  readonly operator: PatternOperator;
  readonly operatorSpan: Span;
  readonly operand: ExpressionNode;
  readonly patterns: readonly LiteralNode[];
  /** Written as a list in parentheses. */
  readonly list: boolean;
}

export type LineageRelation = 'child' | 'descendant' | 'event';

/** `descendant of [process where …]` (endpoint and endgame dialects). */
export interface LineageNode extends NodeBase {
  readonly kind: 'lineage';
  readonly relation: LineageRelation;
  readonly query: EventQueryNode;
}

/** `name(a, b)` or `name~(a, b)`. */
export interface CallNode extends NodeBase {
  readonly kind: 'call';
  /** As written; function names are compared without case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly caseInsensitive: boolean;
  readonly arguments: readonly ExpressionNode[];
}

/** A part of a field's path: a name, or an array position in `field[0]`. */
export type PathPart = string | number;

/** `process.name`, `?process.name`, `` a.`b-c` ``. */
export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  readonly optional: boolean;
  readonly path: readonly PathPart[];
}

/** `$entry.trusted`: an element of the array that an enclosing array function walks (endpoint dialect). */
export interface VariableNode extends NodeBase {
  readonly kind: 'variable';
  readonly name: string;
  readonly path: readonly PathPart[];
}

export type LiteralNode = NullLiteralNode | BooleanLiteralNode | NumberLiteralNode | StringLiteralNode;

export interface NullLiteralNode extends NodeBase {
  readonly kind: 'null-literal';
}

export interface BooleanLiteralNode extends NodeBase {
  readonly kind: 'boolean-literal';
  readonly value: boolean;
}

/** A number. Integers beyond the safe range of a double are held as bigint. */
export interface NumberLiteralNode extends NodeBase {
  readonly kind: 'number-literal';
  readonly value: number | bigint;
  /** Whether arithmetic treats it as an integer: `2` is one, `2.0` is not. */
  readonly integer: boolean;
}

export interface StringLiteralNode extends NodeBase {
  readonly kind: 'string-literal';
  /** The text that the literal stands for, escapes resolved. */
  readonly value: string;
  /** Written in triple quotes, without escapes. */
  readonly raw: boolean;
}

export type SyntaxNode =
  StatementNode | QueryNode | SubqueryNode | IdentifierNode | TimeSpanNode | PipeNode | ExpressionNode;

/** A comment of the source; the syntax tree does not hold it. */
export interface Comment {
  readonly kind: 'line' | 'block';
  readonly span: Span;
}
