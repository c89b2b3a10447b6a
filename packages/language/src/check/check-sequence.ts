import type { ExpressionNode, JoinNode, SampleNode, SequenceNode, SubqueryNode } from '../syntax/ast.js';
import { printExpression, printFieldPath } from '../syntax/print-query.js';
import { visit } from '../syntax/visit.js';
import { checkCondition, checkExpression } from './check-expression.js';
import { withNames, type CheckContext } from './check-context.js';
import { describeType, typeOf } from './expression-type.js';

/** Most stages of one query, runs counted one by one. */
const MAX_STAGES = 256;

type StagedNode = SequenceNode | JoinNode | SampleNode;

/** Checks a sequence, join or sample: its stages, keys and clauses. */
export function checkStages(node: StagedNode, context: CheckContext): void {
  if (node.kind === 'join' && !context.dialect.endgameQueries) {
    context.report(
      'EQL2008',
      `"join" is not part of the ${context.dialect.name} dialect`,
      { start: node.span.start, end: node.span.start + 4 },
      {
        help: 'Use "sample" for stages in any order, or the endgame dialect.',
      },
    );
  }
  // Far more stages than can run would take long to check, each with the names of all before it.
  if (!checkStageCount(node, context)) return;
  checkKeys(node, context);
  if (node.kind === 'sequence') checkMissingEvents(node, context);
  if (node.kind === 'sample') checkSampleStages(node, context);

  // The condition of a stage may speak of the events of earlier ones by their alias.
  let scope = context;
  for (const stage of node.stages) {
    checkCondition(stage.query.condition, scope);
    checkAlias(stage, node, scope);
    checkStageClauses(stage, node, context);
    if (stage.alias !== null) scope = withNames(scope, [stage.alias.name]);
  }
  const until = node.kind === 'sample' ? null : node.until;
  if (until !== null) checkCondition(until.query.condition, scope);
}

/** A name stands for the one event that took an earlier stage: that needs an order of stages, and an event. */
function checkAlias(stage: SubqueryNode, node: StagedNode, scope: CheckContext): void {
  const { alias } = stage;
  if (stage.missing) checkMissingNames(stage, scope);
  if (alias === null || !scope.dialect.aliases) return;
  if (node.kind !== 'sequence') {
    scope.report('EQL1029', `The stages of a ${node.kind} have no names, as they have no order`, alias.span);
  } else if (stage.missing) {
    scope.report('EQL1029', 'A missing event has no name, as there is no event', alias.span);
  } else if (scope.names.has(alias.name)) {
    scope.report('EQL1034', `There is an earlier stage called ${alias.name}`, alias.span, {
      help: 'Give each stage a name of its own.',
    });
  }
}

/** Whether an event stayed away is asked for a join key, not for a pending sequence and its events. */
function checkMissingNames(stage: SubqueryNode, scope: CheckContext): void {
  visit(stage.query, (node) => {
    const [first] = node.kind === 'field' ? node.path : [];
    if (typeof first !== 'string' || !scope.names.has(first) || node.kind !== 'field') return;
    scope.report('EQL1029', `A missing event cannot be compared with ${printFieldPath(node.path)}`, node.span);
  });
}

/** Tells whether the stages are few enough to be checked one by one. */
function checkStageCount(node: StagedNode, context: CheckContext): boolean {
  const count = node.stages.reduce((sum, stage) => sum + stage.runs, 0);
  if (count > MAX_STAGES) {
    context.report('EQL1021', `The ${node.kind} has ${count} stages; at most ${MAX_STAGES} are possible`, node.span);
    return false;
  }
  const [only] = node.stages;
  if (count < 2 && only !== undefined) {
    context.report('EQL1020', `A ${node.kind} needs at least two stages`, only.span, {
      help: node.kind === 'sequence' ? 'Add a stage, or "with runs=2" to see the same one twice.' : undefined,
    });
  }
  return true;
}

function checkKeys(node: StagedNode, context: CheckContext): void {
  const until = node.kind === 'sample' ? null : node.until;
  const terms = [...node.stages, ...(until === null ? [] : [until])];
  const [first] = terms;
  if (first === undefined) return;
  for (const key of [...node.keys, ...terms.flatMap((term) => term.keys)]) {
    if (key.kind !== 'field' && !context.dialect.expressionKeys) {
      context.report('EQL1019', `A join key is a field, not ${printExpression(key)}`, key.span);
      continue;
    }
    checkExpression(key, context);
  }
  for (const term of terms) {
    if (term.keys.length !== first.keys.length) {
      context.report(
        'EQL1018',
        `This stage has ${countKeys(term.keys.length)}, the first one has ${countKeys(first.keys.length)}`,
        term.keys.at(-1)?.span ?? term.span,
        { help: 'Join keys are compared by position: give every stage as many.' },
      );
      return;
    }
    term.keys.forEach((key, index) => checkKeyTypes(first.keys[index], key, context));
  }
  if (node.kind === 'sample' && node.keys.length === 0 && first.keys.length === 0) {
    context.report(
      'EQL1032',
      'A sample needs join keys',
      { start: node.span.start, end: node.span.start + 6 },
      {
        help: 'Write: sample by <fields> [ … ] [ … ]',
      },
    );
  }
}

function countKeys(count: number): string {
  return count === 0 ? 'no join keys of its own' : `${count} join key${count === 1 ? '' : 's'}`;
}

function checkKeyTypes(first: ExpressionNode | undefined, key: ExpressionNode, context: CheckContext): void {
  if (first === undefined || first === key) return;
  const left = typeOf(first, context);
  const right = typeOf(key, context);
  if (left === right || [left, right].some((type) => type === 'unknown' || type === 'null')) return;
  const message = `A join key that is ${describeType(left)} in the first stage cannot be ${describeType(right)} here`;
  context.report('EQL2007', message, key.span);
}

function checkMissingEvents(node: SequenceNode, context: CheckContext): void {
  const missing = node.stages.find((stage) => stage.missing);
  if (missing === undefined) return;
  if (node.maxspan === null) {
    context.report('EQL1026', 'A missing event needs a maxspan', missing.span, {
      help: 'Say for how long the event must stay away: sequence by … with maxspan=<time>',
    });
  }
  if (node.stages.every((stage) => stage.missing)) {
    context.report('EQL1027', 'A sequence of missing events only matches nothing', missing.span, {
      help: 'At least one stage must be an event that is seen.',
    });
  }
}

function checkSampleStages(node: SampleNode, context: CheckContext): void {
  for (const stage of node.stages) {
    if (stage.missing) context.report('EQL1029', 'A sample has no missing events', stage.span);
    if (stage.runs !== 1) context.report('EQL1029', 'A stage of a sample has no runs', stage.span);
  }
}

function checkStageClauses(stage: SubqueryNode, node: StagedNode, context: CheckContext): void {
  if (stage.fork && !context.dialect.endgameQueries) {
    context.report('EQL2008', `"fork" is not part of the ${context.dialect.name} dialect`, stage.span);
  }
  if (stage.alias !== null && !context.dialect.aliases) {
    context.report(
      'EQL2008',
      `Stage names ("as") are not part of the ${context.dialect.name} dialect`,
      stage.alias.span,
      {
        help: 'The endpoint dialect has them.',
      },
    );
  }
  if (stage.missing && node.kind === 'join') context.report('EQL1029', 'A join has no missing events', stage.span);
}
