import { fieldType } from './fields/field-type.js';
import { fieldValue } from './fields/field-value.js';
import { foreignField } from './fields/foreign-field.js';
import { unknownCategory } from './fields/unknown-category.js';
import { unknownField } from './fields/unknown-field.js';
import { unmatchableCase } from './fields/unmatchable-case.js';
import type { Lint } from './lint.js';
import { fileName } from './metadata/file-name.js';
import { malformedId } from './metadata/malformed-id.js';
import { malformedThreat } from './metadata/malformed-threat.js';
import { missingSeverity } from './metadata/missing-severity.js';
import { missingThreat } from './metadata/missing-threat.js';
import { misspeltKey } from './metadata/misspelt-key.js';
import { repeatedName } from './metadata/repeated-name.js';
import { riskScore } from './metadata/risk-score.js';
import { tacticName } from './metadata/tactic-name.js';
import { threatReference } from './metadata/threat-reference.js';
import { coveredBlock } from './query/covered-block.js';
import { hostBits } from './query/host-bits.js';
import { sequenceWithoutKeys } from './query/sequence-without-keys.js';
import { sequenceWithoutMaxspan } from './query/sequence-without-maxspan.js';
import { alternativesAsList } from './query/alternatives-as-list.js';
import { keyValues } from './metadata/key-values.js';
import { lookBack } from './metadata/look-back.js';
import { ruleDates } from './metadata/rule-dates.js';
import { blockInEquality } from './query/block-in-equality.js';
import { controlCharacter } from './query/control-character.js';
import { excludingConditions } from './query/excluding-conditions.js';
import { needlessRegex } from './query/needless-regex.js';
import { optionalElsewhereRequired } from './query/optional-elsewhere-required.js';
import { patternWithoutWildcard } from './query/pattern-without-wildcard.js';
import { regexAnchor } from './query/regex-anchor.js';
import { repeatedCondition } from './query/repeated-condition.js';
import { repeatedValue } from './query/repeated-value.js';
import { settledCondition } from './query/settled-condition.js';
import { unreachableStage } from './query/unreachable-stage.js';
import { unselectivePattern } from './query/unselective-pattern.js';
import { wildcardInEquality } from './query/wildcard-in-equality.js';

/** Every lint, in the order of their codes. */
export const LINTS: readonly Lint[] = [
  unknownCategory,
  wildcardInEquality,
  unmatchableCase,
  patternWithoutWildcard,
  repeatedValue,
  settledCondition,
  excludingConditions,
  unreachableStage,
  sequenceWithoutMaxspan,
  sequenceWithoutKeys,
  optionalElsewhereRequired,
  unselectivePattern,
  alternativesAsList,
  needlessRegex,
  hostBits,
  coveredBlock,
  repeatedCondition,
  regexAnchor,
  blockInEquality,
  controlCharacter,
  unknownField,
  foreignField,
  fieldType,
  fieldValue,
  malformedId,
  missingSeverity,
  riskScore,
  ruleDates,
  missingThreat,
  malformedThreat,
  tacticName,
  threatReference,
  fileName,
  repeatedName,
  misspeltKey,
  lookBack,
  keyValues,
];
