import { describe } from 'vitest';
import { COMPARISON_TABLES, EXPRESSION_TABLES } from './operators.table.js';
import { testTruthTables } from './truth-table.js';

describe('every operator, with every kind of operand', () => {
  testTruthTables({ ...COMPARISON_TABLES, ...EXPRESSION_TABLES });
});
