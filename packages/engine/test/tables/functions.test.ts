import { FUNCTION_SIGNATURES, type FunctionSignature } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { NUMBER_FUNCTION_TABLES } from './number-functions.table.js';
import { TEXT_FUNCTION_TABLES } from './text-functions.table.js';
import { testTruthTables } from './truth-table.js';

describe('every function, with every kind of argument', () => {
  const tables = { ...TEXT_FUNCTION_TABLES, ...NUMBER_FUNCTION_TABLES };
  testTruthTables(tables);

  it('leaves none out', () => {
    const signatures: readonly FunctionSignature[] = Object.values(FUNCTION_SIGNATURES);
    const names = signatures
      .filter(({ dialects }) => dialects === undefined)
      .flatMap(({ name, caseInsensitiveForm }) => (caseInsensitiveForm ? [name, `${name}~`] : [name]));
    expect(Object.keys(tables).sort()).toEqual(names.sort());
  });
});
