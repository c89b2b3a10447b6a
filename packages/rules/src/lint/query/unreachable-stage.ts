import {
  printExpression,
  type EventQueryNode,
  type ExpressionNode,
  type JoinNode,
  type SampleNode,
  type SequenceNode,
  type SubqueryNode,
} from '@eqlkit/language';
import type { FieldKnowledge } from '../fields/field-knowledge.js';
import type { Finding, QueryLint } from '../lint.js';
import { readConstraint, type FieldConstraint } from './field-constraint.js';
import { ContradictionFinder } from './contradiction-finder.js';
import { shortenText } from './shorten-text.js';

/** A stage that no event can reach because of what another stage, or `until`, asks. */
export const unreachableStage: QueryLint = {
  scope: 'query',
  code: 'EQL5008',
  *check({ query, fields }) {
    const { query: body } = query.statement;
    if (body.kind === 'event-query' || query.dialect.wildcardsInEquality) return;
    yield* checkKeys(body, fields);
    if (body.kind === 'sequence') yield* checkUntil(body);
  },
};

/** Stages are joined by equal keys, so what one stage asks of a key holds for the others. */
function* checkKeys(body: SequenceNode | JoinNode | SampleNode, fields: FieldKnowledge): Iterable<Finding> {
  const finder = new ContradictionFinder(fields);
  const [first, ...others] = body.stages.filter((stage) => !stage.missing);
  if (first === undefined) return;
  for (const stage of others) {
    const firstKeys = [...body.keys, ...first.keys];
    for (const [place, key] of [...body.keys, ...stage.keys].entries()) {
      const contradiction = contradictKeys({ stage: first, key: firstKeys[place] }, { stage, key }, fields, finder);
      if (contradiction === null) continue;
      const [asked, opposed] = contradiction;
      yield {
        at: { query: opposed.node.span },
        message: `This stage is never joined with the first one: the join key ${shortenText(printExpression(key))} would have to satisfy both ${shortenText(printExpression(asked.node))} and ${shortenText(printExpression(opposed.node))}`,
        help: 'Join the stages by another field, or mend one of the two conditions.',
      };
    }
  }
}

interface KeyOfStage {
  readonly stage: SubqueryNode;
  readonly key: ExpressionNode | undefined;
}

function contradictKeys(
  first: KeyOfStage,
  second: KeyOfStage,
  fields: FieldKnowledge,
  finder: ContradictionFinder,
): readonly [FieldConstraint, FieldConstraint] | null {
  if (first.key?.kind !== 'field' || second.key?.kind !== 'field') return null;
  const [firstName, secondName] = [printExpression(first.key), printExpression(second.key)];
  if (fields.find(firstName)?.array !== false || fields.find(secondName)?.array !== false) return null;
  // As keys the two fields have one value, so both may be spoken of by the name of the first.
  return finder.find([
    ...constraintsOn(firstName, first.stage.query),
    ...constraintsOn(secondName, second.stage.query).map((constraint) => ({ ...constraint, field: firstName })),
  ]);
}

function constraintsOn(field: string, query: EventQueryNode): readonly FieldConstraint[] {
  return conjunctsOf(query).flatMap((operand) => {
    const constraint = readConstraint(operand);
    return constraint?.field === field ? [constraint] : [];
  });
}

/** `until` is looked at after the stages: an event of any stage but the last that is `until`, too, ends its own sequence. */
function* checkUntil(body: SequenceNode): Iterable<Finding> {
  const { until } = body;
  if (until === null) return;
  for (const stage of body.stages.filter(({ missing }) => !missing).slice(0, -1)) {
    if (!implies(stage.query, until.query) || keysOf(stage) !== keysOf(until)) continue;
    yield {
      at: { query: stage.span },
      message: 'Every event of this stage is also an event of "until", so that no later stage is ever reached',
      help: 'Let "until" ask for more than this stage does.',
    };
  }
}

/** Whether each event of one query is one of the other, as far as their conditions show. */
function implies(special: EventQueryNode, general: EventQueryNode): boolean {
  if (general.category !== null && special.category !== general.category) return false;
  const asked = new Set(conjunctsOf(special).map((operand) => printExpression(operand)));
  return conjunctsOf(general).every(
    (operand) => asked.has(printExpression(operand)) || (operand.kind === 'boolean-literal' && operand.value),
  );
}

function keysOf(stage: SubqueryNode): string {
  return stage.keys.map((key) => printExpression(key)).join(', ');
}

function conjunctsOf({ condition }: EventQueryNode): readonly ExpressionNode[] {
  return condition.kind === 'logical' && condition.operator === 'and' ? condition.operands : [condition];
}
