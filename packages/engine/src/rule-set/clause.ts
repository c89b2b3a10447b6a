import type { Condition } from './condition-graph.js';
import type { PartialOutcome } from './partial-outcome.js';

/** A condition that is decided as one, and the outcome that it should have. */
export interface Literal {
  readonly condition: Condition;
  /** Of the one field whose values decide it; null if something else does. */
  readonly place: number | null;
  readonly holds: boolean;
}

/** Holds if one of its literals does. */
export type Clause = readonly Literal[];

/** What must hold for a condition: all of the clauses, and for each choice one of its alternatives. */
export interface ClausalForm {
  readonly clauses: readonly Clause[];
  readonly choices: readonly (readonly ClausalForm[])[];
  /** Whether the condition holds if all that does; if not, it has to be asked all the same. */
  readonly exact: boolean;
}

/** Most clauses that an `or` of `and`s is multiplied out to; beyond that it remains a choice. */
const MAX_PRODUCT = 8;

const ALWAYS: ClausalForm = { clauses: [], choices: [], exact: true };

const NEVER: ClausalForm = { clauses: [[]], choices: [], exact: true };

const UNKNOWN: ClausalForm = { clauses: [], choices: [], exact: false };

/** Whether nothing can make a form true. */
export function isImpossible({ clauses, choices }: ClausalForm): boolean {
  return clauses.some((clause) => clause.length === 0) || choices.some((alternatives) => alternatives.length === 0);
}

/** The form of all of some conditions, without what is known already, and those that have to be asked all the same. */
export function clausalFormOf(
  conditions: readonly Condition[],
  outcome: PartialOutcome,
): { readonly form: ClausalForm; readonly left: readonly Condition[] } {
  const forms = conditions.map((condition) => formOf(condition, outcome, true));
  return { form: joinAll(forms), left: conditions.filter((_, place) => forms[place]?.exact !== true) };
}

/** Writes a condition, or its opposite, as clauses. */
function formOf(condition: Condition, outcome: PartialOutcome, holds: boolean): ClausalForm {
  const known = outcome.of(condition);
  if (known !== null) return known === holds ? ALWAYS : NEVER;
  if (condition.decidedByFields && condition.places.size === 1) {
    const [place = 0] = condition.places;
    return literalForm({ condition, place, holds });
  }
  const { kind, operands } = condition;
  switch (kind) {
    case 'constant':
      return UNKNOWN;
    case 'leaf':
      return condition.isQuiet ? literalForm({ condition, place: null, holds }) : UNKNOWN;
    case 'not':
      return joinAll(operands.map((operand) => formOf(operand, outcome, !holds)));
    case 'and':
    case 'or': {
      const forms = operands.map((operand) => formOf(operand, outcome, holds));
      return (kind === 'and') === holds ? joinAll(forms) : joinAny(forms);
    }
  }
}

function literalForm(literal: Literal): ClausalForm {
  return { clauses: [[literal]], choices: [], exact: true };
}

function joinAll(forms: readonly ClausalForm[]): ClausalForm {
  return {
    clauses: forms.flatMap(({ clauses }) => clauses),
    choices: forms.flatMap(({ choices }) => choices),
    exact: forms.every(({ exact }) => exact),
  };
}

function joinAny(forms: readonly ClausalForm[]): ClausalForm {
  const isTrivial = ({ clauses, choices }: ClausalForm): boolean => clauses.length + choices.length === 0;
  if (forms.some((form) => isTrivial(form) && form.exact)) return ALWAYS;
  if (forms.some(isTrivial)) return UNKNOWN;
  const possible = forms.filter((form) => !isImpossible(form));
  const exact = possible.every((form) => form.exact);
  const product = possible.reduce((count, { clauses }) => count * clauses.length, 1);
  if (product > MAX_PRODUCT || possible.some(({ choices }) => choices.length > 0)) {
    return { clauses: [], choices: [joinSingleClauses(possible)], exact };
  }
  // One clause for each choice of a clause from every form.
  let joined: readonly Clause[] = [[]];
  for (const { clauses } of possible) joined = joined.flatMap((some) => clauses.map((more) => [...some, ...more]));
  return { clauses: joined, choices: [], exact };
}

/** Alternatives of one clause make one together. */
function joinSingleClauses(alternatives: readonly ClausalForm[]): readonly ClausalForm[] {
  const isSingle = ({ clauses, choices }: ClausalForm): boolean => clauses.length === 1 && choices.length === 0;
  const single = alternatives.filter(isSingle);
  const others = alternatives.filter((form) => !isSingle(form));
  if (single.length === 0) return others;
  const clause = single.flatMap(({ clauses }) => clauses.flat());
  return [{ clauses: [clause], choices: [], exact: single.every(({ exact }) => exact) }, ...others];
}
