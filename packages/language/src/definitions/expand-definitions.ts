import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Dialect } from '../dialect.js';
import { findFunction } from '../functions/function-signatures.js';
import type {
  CallNode,
  EventQueryNode,
  ExpressionNode,
  FieldNode,
  QueryNode,
  StatementNode,
  SubqueryNode,
  SyntaxNode,
} from '../syntax/ast.js';
import type { Span } from '../syntax/span.js';
import { childrenOf, mapOperands } from '../syntax/visit.js';
import type { Definitions } from './definitions.js';

/** Deepest tree that a macro may make; what reads the tree recurses over it. */
const MAX_DEPTH = 500;

/** Most nodes that the macros of one text may make: each level of macros that call others can double them. */
const MAX_NODES = 200_000;

type Arguments = ReadonlyMap<string, ExpressionNode>;

/** Replaces constants and calls of macros in one text by what they stand for. */
export class DefinitionExpander {
  private nodes = 0;

  constructor(
    private readonly definitions: Definitions,
    private readonly dialect: Dialect,
    private readonly diagnostics: Diagnostic[],
  ) {}

  /** Expands a whole query. Nodes that come from a definition lie where the query calls it. */
  expandStatement(statement: StatementNode): StatementNode {
    return {
      ...statement,
      query: this.expandQuery(statement.query),
      pipes: statement.pipes.map((pipe) => ({
        ...pipe,
        arguments: pipe.arguments.map((argument) => this.expand(argument)),
      })),
    };
  }

  private expandQuery(query: QueryNode): QueryNode {
    if (query.kind === 'event-query') return this.expandEventQuery(query);
    const keys = query.keys.map((key) => this.expand(key));
    const stages = query.stages.map((stage) => this.expandStage(stage));
    if (query.kind === 'sample') return { ...query, keys, stages };
    return { ...query, keys, stages, until: query.until === null ? null : this.expandStage(query.until) };
  }

  private expandStage(stage: SubqueryNode): SubqueryNode {
    return {
      ...stage,
      query: this.expandEventQuery(stage.query),
      keys: stage.keys.map((key) => this.expand(key)),
    };
  }

  private expandEventQuery(query: EventQueryNode, hidden?: ReadonlySet<string>): EventQueryNode {
    return { ...query, condition: this.expand(query.condition, hidden) };
  }

  /** Expands an expression. Names in `hidden` are parameters or variables, not constants. */
  expand(node: ExpressionNode, hidden: ReadonlySet<string> = new Set()): ExpressionNode {
    if (node.kind === 'field') return this.expandField(node, hidden);
    if (node.kind === 'lineage') return { ...node, query: this.expandEventQuery(node.query, hidden) };
    if (node.kind !== 'call') return flatten(mapOperands(node, (operand) => this.expand(operand, hidden)));
    const variable = arrayVariable(node);
    const inner = variable === undefined ? hidden : new Set([...hidden, variable]);
    const expanded = node.arguments.map((argument) => this.expand(argument, inner));
    const macro = this.definitions.macros.get(node.name);
    if (macro === undefined || node.caseInsensitive) return { ...node, arguments: expanded };
    if (!this.dialect.definitions) {
      this.report(
        'EQL2008',
        `Macros such as ${node.name} are not part of the ${this.dialect.name} dialect`,
        node.nameSpan,
      );
      return nothing(node.span);
    }
    if (expanded.length !== macro.parameters.length) {
      const count = macro.parameters.length;
      const message = `${node.name} takes ${count} argument${count === 1 ? '' : 's'}, not ${expanded.length}`;
      const help = `Its form is ${node.name}(${macro.parameters.join(', ')})`;
      this.diagnostics.push(createDiagnostic('EQL1025', message, node.span, { help }));
      return nothing(node.span);
    }
    const values = new Map(macro.parameters.map((name, place) => [name, expanded[place] ?? nothing(node.span)]));
    const result = this.substitute(macro.body, values, node);
    return this.isTooLarge(result, node) ? nothing(node.span) : result;
  }

  private expandField(node: FieldNode, hidden: ReadonlySet<string>): ExpressionNode {
    const [name, ...rest] = node.path;
    if (typeof name !== 'string' || rest.length > 0 || node.optional || hidden.has(name)) return node;
    const value = this.definitions.constants.get(name);
    if (value === undefined) return node;
    if (this.dialect.definitions) return { ...value, span: node.span };
    this.report('EQL2008', `Constants such as ${name} are not part of the ${this.dialect.name} dialect`, node.span);
    return node;
  }

  /** A macro's body with the arguments of a call in place of its parameters. */
  private substitute(node: ExpressionNode, values: Arguments, call: CallNode): ExpressionNode {
    const { span } = call;
    if (node.kind === 'field') {
      const [name, ...rest] = node.path;
      const value = typeof name === 'string' ? values.get(name) : undefined;
      if (value === undefined) return { ...node, span };
      if (rest.length === 0) return value;
      if (value.kind === 'field') return { ...value, path: [...value.path, ...rest] };
      this.report('EQL2004', `${call.name} looks for fields in its argument "${String(name)}"`, value.span);
      return nothing(span);
    }
    if (node.kind === 'lineage') {
      const condition = this.substitute(node.query.condition, values, call);
      return { ...node, query: { ...node.query, condition, categorySpan: span, span }, span };
    }
    const variable = node.kind === 'call' ? arrayVariable(node) : undefined;
    const inner = variable === undefined || !values.has(variable) ? values : without(values, variable);
    const mapped = mapOperands(node, (operand) => this.substitute(operand, inner, call));
    switch (mapped.kind) {
      case 'comparison':
      case 'pattern':
        return { ...mapped, operatorSpan: span, span };
      case 'call':
        return { ...mapped, nameSpan: span, span };
      default:
        return flatten({ ...mapped, span });
    }
  }

  private isTooLarge(node: ExpressionNode, call: CallNode): boolean {
    const budget = MAX_NODES - this.nodes;
    const { nodes, depth } = measure(node, budget);
    this.nodes += nodes;
    if (nodes <= budget && depth <= MAX_DEPTH) return false;
    const what = nodes > budget ? `more than ${MAX_NODES} parts` : `more than ${MAX_DEPTH} levels`;
    this.report('EQL2014', `With ${call.name} the macros grow to ${what}`, call.span);
    return true;
  }

  private report(code: 'EQL2004' | 'EQL2008' | 'EQL2014', message: string, span: Span): void {
    this.diagnostics.push(createDiagnostic(code, message, span));
  }
}

/** The name that an array function gives to each element; it hides constants and parameters. */
function arrayVariable(call: CallNode): string | undefined {
  const place = findFunction(call.name)?.signature.parameters.findIndex(({ type }) => type === 'name') ?? -1;
  const argument = call.arguments[place];
  const [name] = argument?.kind === 'field' ? argument.path : [];
  return typeof name === 'string' ? name : undefined;
}

function without(values: Arguments, name: string): Arguments {
  return new Map([...values].filter(([other]) => other !== name));
}

/** Operands with the same operator become operands of the outer node, as the parser leaves them. */
function flatten(node: ExpressionNode): ExpressionNode {
  if (node.kind !== 'logical') return node;
  const { operator } = node;
  const inner = (operand: ExpressionNode): readonly ExpressionNode[] =>
    operand.kind === 'logical' && operand.operator === operator ? operand.operands : [operand];
  return { ...node, operands: node.operands.flatMap(inner) };
}

/** How many nodes a tree has, counted up to just beyond the limit, and how many levels of them were seen. */
function measure(root: ExpressionNode, limit: number): { nodes: number; depth: number } {
  let nodes = 0;
  let depth = 0;
  for (let level: readonly SyntaxNode[] = [root]; level.length > 0; depth += 1) {
    const below: SyntaxNode[] = [];
    for (const node of level) {
      nodes += 1;
      if (nodes > limit) return { nodes, depth };
      for (const child of childrenOf(node)) below.push(child);
    }
    level = below;
  }
  return { nodes, depth };
}

function nothing(span: Span): ExpressionNode {
  return { kind: 'null-literal', span };
}
