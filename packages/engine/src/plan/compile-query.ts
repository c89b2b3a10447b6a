import {
  hasErrors,
  visit,
  type CheckedQuery,
  type Diagnostic,
  type ExpressionNode,
  type JoinNode,
  type SampleNode,
  type SequenceNode,
  type SubqueryNode,
  type SyntaxNode,
} from '@eqlkit/language';
import { compileCondition } from '../compile/compile-condition.js';
import { compileValue } from '../compile/compile-value.js';
import type { CompileContext } from '../compile/compile-context.js';
import { FieldTable } from '../event/field-table.js';
import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import { compilePipe } from '../pipes/compile-pipe.js';
import type { PipePlan, SizeTally } from '../pipes/pipe-plan.js';
import { compileKeys } from '../sequence/join-key.js';
import { compileEventQuery } from './compile-event-query.js';
import type { BodyPlan, QueryPlan, StagePlan } from './query-plan.js';

/** Which end of the results is kept where there are more than `size`. */
export type ResultPosition = 'head' | 'tail';

/** Whether samples are given one by one as they are found, or at the end by join key. */
export type SampleOrder = 'as-found' | 'by-key';

/** How a query is to be run. */
export interface CompileOptions {
  /** The field table of a run that several queries share. Default: one of its own. */
  readonly fields?: FieldTable;
  /** Default: `event.category`. */
  readonly categoryField?: string;
  /** Default: `@timestamp`. */
  readonly timestampField?: string;
  /** Orders events of one timestamp. Default: none, so that their arrival does. */
  readonly tiebreakerField?: string;
  /** What `now` means in dates, in milliseconds since the epoch. Default: a query must not say `now`. */
  readonly nowMs?: number;
  /** Most results; put before the first `head` or `tail`, as Elasticsearch's search does. Default: no limit. */
  readonly size?: number;
  /** Default: `tail`, the most recent ones. */
  readonly resultPosition?: ResultPosition;
  /** Default: 1. */
  readonly maxSamplesPerKey?: number;
  /**
   * When samples are given. `as-found`, the default, gives each as soon as its last event arrives, which is what a
   * stream wants. `by-key` gives all at the end, in ascending order of their join keys with missing values first, as
   * Elasticsearch's search answers; `size`, `head` and `tail` then count in that order. The samples are the same.
   */
  readonly sampleOrder?: SampleOrder;
}

/** A query that can run. */
export interface CompiledQuery {
  readonly source: CheckedQuery;
  readonly plan: QueryPlan;
  readonly fields: FieldTable;
  readonly categoryField: string;
  readonly timestampField: string;
  readonly tiebreakerField: string | null;
}

/** The outcome of compiling. */
export interface Compilation {
  /** Null if a constant of the query is wrong: a network block, a regular expression, a date, a sum. */
  readonly query: CompiledQuery | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles a checked query. Fields, constants, patterns and network blocks are resolved here, once. */
export function compileQuery(source: CheckedQuery, options: CompileOptions = {}): Compilation {
  const { context, diagnostics, problems } = createCompileContext(source, options);
  const body = compileBody(source, options, context);
  const pipes = source.statement.pipes.map((pipe) => compilePipe(pipe, context));
  const plan: QueryPlan = { body, ...addSize(pipes, body, options), lineage: context.lineage, problems };
  const query: CompiledQuery = {
    source,
    plan,
    fields: context.fields,
    categoryField: context.categoryField,
    timestampField: context.timestampField,
    tiebreakerField: options.tiebreakerField ?? null,
  };
  return { query: hasErrors(diagnostics) ? null : query, diagnostics };
}

/** What compiling the parts of a query needs, and where it puts what it finds. */
export function createCompileContext(
  source: CheckedQuery,
  options: CompileOptions,
): { context: CompileContext; diagnostics: Diagnostic[]; problems: Map<EvaluationProblem, number> } {
  const diagnostics: Diagnostic[] = [];
  const problems = new Map<EvaluationProblem, number>();
  const fields = options.fields ?? new FieldTable();
  const context: CompileContext = {
    compilers: { value: compileValue, condition: compileCondition, eventQuery: compileEventQuery },
    dialect: source.dialect,
    schema: source.schema,
    fields,
    eventFields: fields,
    categoryField: options.categoryField ?? 'event.category',
    timestampField: options.timestampField ?? '@timestamp',
    nowMs: options.nowMs,
    aliases: new Set(),
    variables: new Set(),
    innerElements: null,
    diagnostics,
    countProblem: (problem) => problems.set(problem, (problems.get(problem) ?? 0) + 1),
    lineage: [],
  };
  return { context, diagnostics, problems };
}

function compileBody(source: CheckedQuery, options: CompileOptions, context: CompileContext): BodyPlan {
  const { query } = source.statement;
  switch (query.kind) {
    case 'event-query':
      return {
        kind: 'event',
        stage: {
          stage: 0,
          category: query.category,
          predicate: compileEventQuery(query, context),
          keys: [],
          missing: false,
          fork: false,
          alias: null,
          usesAliases: false,
        },
      };
    case 'sequence':
      return {
        kind: 'sequence',
        stages: compileStages(query, context).flatMap((stage, index) =>
          Array.from({ length: query.stages[index]?.runs ?? 1 }, () => stage),
        ),
        until: compileUntil(query, context),
        maxspanMs: query.maxspan?.milliseconds ?? null,
        untilFirst: source.dialect.untilFirst,
        countProblem: context.countProblem,
      };
    case 'join':
      return {
        kind: 'join',
        stages: compileStages(query, context),
        until: compileUntil(query, context),
        countProblem: context.countProblem,
      };
    case 'sample':
      return {
        kind: 'sample',
        stages: compileStages(query, context),
        maxSamplesPerKey: options.maxSamplesPerKey ?? 1,
        countProblem: context.countProblem,
        ordered: options.sampleOrder === 'by-key',
      };
  }
}

function compileStages(query: SequenceNode | JoinNode | SampleNode, context: CompileContext): StagePlan[] {
  const aliases = new Set<string>();
  return query.stages.map((stage, index) => {
    const plan = compileStage(stage, index, query.keys, { ...context, aliases: new Set(aliases) });
    if (stage.alias !== null) aliases.add(stage.alias.name);
    return plan;
  });
}

/** `until` plays no part in the order of stages; as in Elasticsearch, `![…]` there counts as `[…]`. */
function compileUntil(query: SequenceNode | JoinNode, context: CompileContext): StagePlan | null {
  if (query.until === null) return null;
  const aliases = new Set(query.stages.flatMap(({ alias }) => alias?.name ?? []));
  return { ...compileStage(query.until, -1, query.keys, { ...context, aliases }), missing: false };
}

function compileStage(
  node: SubqueryNode,
  index: number,
  sharedKeys: readonly ExpressionNode[],
  context: CompileContext,
): StagePlan {
  return {
    stage: index,
    category: node.query.category,
    predicate: compileEventQuery(node.query, context),
    keys: compileKeys([...sharedKeys, ...node.keys], context),
    missing: node.missing,
    fork: node.fork,
    alias: node.alias?.name ?? null,
    usesAliases: mentionsAlias(node.query, context.aliases),
  };
}

function mentionsAlias(node: SyntaxNode, aliases: ReadonlySet<string>): boolean {
  let found = false;
  if (aliases.size === 0) return false;
  visit(node, (inner) => {
    const [first] = inner.kind === 'field' ? inner.path : [];
    if (typeof first === 'string' && aliases.has(first)) found = true;
  });
  return found;
}

/** Puts the size in front of the first `head` or `tail`, in its direction, and a tally in front of that. */
function addSize(
  pipes: readonly PipePlan[],
  body: BodyPlan,
  { size, resultPosition = 'tail' }: CompileOptions,
): { readonly pipes: readonly PipePlan[]; readonly size: SizeTally | null } {
  if (size === undefined) return { pipes, size: null };
  const first = pipes.findIndex(({ kind }) => kind === 'head' || kind === 'tail');
  const place = first === -1 ? pipes.length : first;
  const kind = pipes[place]?.kind ?? (body.kind === 'sample' ? 'head' : resultPosition);
  const after = pipes.slice(place);
  const heads = after.slice(0, lengthOfHeads(after));
  const enough = Math.min(size, ...heads.map((pipe) => (pipe.kind === 'head' ? pipe.count : Infinity)));
  const tally = { found: 0, enough: kind === 'head' ? enough : Infinity };
  const cut: PipePlan = { kind: kind === 'head' ? 'head' : 'tail', count: size };
  return { pipes: [...pipes.slice(0, place), { kind: 'tally', tally }, cut, ...after], size: tally };
}

/** How many of the pipes, from the first on, are `head`. */
function lengthOfHeads(pipes: readonly PipePlan[]): number {
  const other = pipes.findIndex(({ kind }) => kind !== 'head');
  return other === -1 ? pipes.length : other;
}
