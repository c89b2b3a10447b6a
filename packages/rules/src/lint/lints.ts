import { fieldType } from './fields/field-type.js';
import { fieldValue } from './fields/field-value.js';
import { foreignField } from './fields/foreign-field.js';
import { unknownCategory } from './fields/unknown-category.js';
import { unknownField } from './fields/unknown-field.js';
import { unmatchableCase } from './fields/unmatchable-case.js';
import type { Lint } from './lint.js';
import { alternativesAsList } from './query/alternatives-as-list.js';
import { lookBack } from './metadata/look-back.js';
import { ruleDates } from './metadata/rule-dates.js';
import { fileName, malformedId, misspeltKey, repeatedName } from './metadata/rule-identity.js';
import { missingSeverity, riskScore } from './metadata/rule-severity.js';
import { malformedThreat, missingThreat, tacticName, threatReference } from './metadata/threat-mapping.js';
import { excludingConditions } from './query/excluding-conditions.js';
import { needlessRegex } from './query/needless-regex.js';
import { coveredBlock, hostBits } from './query/network-blocks.js';
import { optionalElsewhereRequired } from './query/optional-elsewhere-required.js';
import { patternWithoutWildcard } from './query/pattern-without-wildcard.js';
import { regexAnchor } from './query/regex-anchor.js';
import { repeatedCondition } from './query/repeated-condition.js';
import { repeatedValue } from './query/repeated-value.js';
import { settledCondition } from './query/settled-condition.js';
import { sequenceWithoutKeys, sequenceWithoutMaxspan } from './query/unbounded-sequence.js';
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
];
