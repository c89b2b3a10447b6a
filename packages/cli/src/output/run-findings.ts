import type { RuleEngine } from '@eqlkit/rules';
import type { LoadedRule } from '@eqlkit/rules/node';
import { describeLateEvents } from './late-events.js';
import { describeEvaluationProblems } from './evaluation-problems.js';
import { describeLack, describeMistypedBranches, describeUnmatchable } from './unmatchable-rules.js';

/** Says after a run what rules could not do with the events, and why there may be no alerts: one text for each finding. */
export function describeRunFindings(engine: RuleEngine, rules: readonly LoadedRule[]): readonly string[] {
  const late = engine.lateEvents > 0 ? [describeLateEvents(engine.lateEvents)] : [];
  const silent = describeUnmatchable(engine.unmatchable(), {
    ruleCount: engine.rules.length,
    exact: engine.coverageIsExact,
    fileOf: (rule) => rules.find((candidate) => candidate.rule === rule)?.file,
  });
  const tiebreaker = engine.missingTiebreaker();
  return [
    ...late,
    ...describeEvaluationProblems(engine.evaluationProblems()),
    ...(silent === null ? [] : [silent]),
    ...describeMistypedBranches(engine.mistypedBranches(), engine.coverageIsExact),
    ...(tiebreaker === null ? [] : [`--tiebreaker-field orders nothing: ${describeLack(tiebreaker)}`]),
  ];
}
