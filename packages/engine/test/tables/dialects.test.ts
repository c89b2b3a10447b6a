import { DIALECTS, FUNCTION_SIGNATURES, type DialectName, type FunctionSignature } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import {
  ENDGAME_FUNCTION_TABLES,
  ENDGAME_OPERATOR_TABLES,
  ENDPOINT_FUNCTION_TABLES,
} from './dialect-functions.table.js';
import { testTruthTables } from './truth-table.js';

function functionsOnlyOf(dialect: DialectName): readonly string[] {
  const signatures: readonly FunctionSignature[] = Object.values(FUNCTION_SIGNATURES);
  return signatures
    .filter(({ dialects }) => dialects?.includes(dialect) === true)
    .flatMap(({ name, caseInsensitiveForm }) => (caseInsensitiveForm ? [name, `${name}~`] : [name]))
    .sort();
}

describe('what only Python EQL has', () => {
  testTruthTables(ENDGAME_FUNCTION_TABLES, DIALECTS.endgame);
  testTruthTables(ENDGAME_OPERATOR_TABLES, DIALECTS.endgame);

  it('leaves no function out', () => {
    expect(Object.keys(ENDGAME_FUNCTION_TABLES).sort()).toEqual(functionsOnlyOf('endgame'));
  });
});

describe('what only Elastic Defend has', () => {
  testTruthTables(ENDPOINT_FUNCTION_TABLES, DIALECTS.endpoint);

  it('leaves no function out', () => {
    expect(Object.keys(ENDPOINT_FUNCTION_TABLES).sort()).toEqual(functionsOnlyOf('endpoint'));
  });
});
