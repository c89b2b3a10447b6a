import { createDiagnostic, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js';
import { DIALECTS, type Dialect } from '../dialect.js';
import { findFunction } from '../functions/function-signatures.js';
import type { DefinitionNode, ExpressionNode, IdentifierNode, LiteralNode } from '../syntax/ast.js';
import { parseDefinitionNodes } from '../syntax/parse-query.js';
import { visit } from '../syntax/visit.js';
import type { Definitions, Macro } from './definitions.js';
import { DefinitionExpander } from './expand-definitions.js';

/**
 * Reads a text of definitions, as Python EQL's preprocessor has them:
 *
 *     const SHELLS = "*sh"
 *     macro RUNS(name) process_name == name or parent_process_name == name
 *
 * A definition may use those above it; it cannot use itself. Spans of the diagnostics are offsets into the text. The
 * definitions are null if one is wrong.
 */
export function parseDefinitions(
  text: string,
  dialect: Dialect = DIALECTS.endgame,
): { readonly definitions: Definitions | null; readonly diagnostics: readonly Diagnostic[] } {
  const parsed = parseDefinitionNodes(text, dialect);
  const diagnostics: Diagnostic[] = [...parsed.diagnostics];
  const macros = new Map<string, Macro>();
  const constants = new Map<string, LiteralNode>();
  const expander = new DefinitionExpander({ macros, constants }, dialect, diagnostics);
  const names = new Set<string>();
  const all = new Set(parsed.definitions.map(({ name }) => name.name));
  for (const definition of parsed.definitions) {
    checkName(definition.name, names, diagnostics);
    names.add(definition.name.name);
    if (definition.kind === 'constant') {
      const value = readConstant(definition.value, expander, diagnostics);
      if (value !== null) constants.set(definition.name.name, value);
      continue;
    }
    checkParameters(definition.parameters, diagnostics);
    if (mentionsLater(definition, names, all, macros, diagnostics)) continue;
    const parameters = definition.parameters.map(({ name }) => name);
    const body = expander.expand(definition.body, new Set(parameters));
    macros.set(definition.name.name, { name: definition.name.name, parameters, body });
  }
  return { definitions: hasErrors(diagnostics) ? null : { macros, constants }, diagnostics };
}

function checkName({ name, span }: IdentifierNode, names: ReadonlySet<string>, diagnostics: Diagnostic[]): void {
  if (names.has(name)) diagnostics.push(createDiagnostic('EQL1033', `${name} is defined twice`, span));
  else if (findFunction(name) !== undefined) {
    diagnostics.push(createDiagnostic('EQL1033', `${name} is the name of a function`, span));
  }
}

function checkParameters(parameters: readonly IdentifierNode[], diagnostics: Diagnostic[]): void {
  const seen = new Set<string>();
  for (const { name, span } of parameters) {
    if (seen.has(name)) diagnostics.push(createDiagnostic('EQL1033', `The parameter ${name} is named twice`, span));
    seen.add(name);
  }
}

function readConstant(
  value: ExpressionNode,
  expander: DefinitionExpander,
  diagnostics: Diagnostic[],
): LiteralNode | null {
  const expanded = expander.expand(value);
  switch (expanded.kind) {
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return expanded;
    default:
      diagnostics.push(
        createDiagnostic('EQL1033', 'A constant is a number, a string, true, false or null', value.span, {
          help: 'Use a macro for an expression: macro NAME() …',
        }),
      );
      return null;
  }
}

/** Reports calls of the macro itself, or of a macro that is defined below it: both could go round in a circle. */
function mentionsLater(
  definition: Extract<DefinitionNode, { kind: 'macro' }>,
  names: ReadonlySet<string>,
  all: ReadonlySet<string>,
  macros: ReadonlyMap<string, Macro>,
  diagnostics: Diagnostic[],
): boolean {
  const { name } = definition.name;
  let found = false;
  visit(definition.body, (node) => {
    if (node.kind !== 'call' || macros.has(node.name) || !all.has(node.name)) return;
    if (node.name !== name && names.has(node.name)) return;
    found = true;
    const message =
      node.name === name ? `The macro ${name} calls itself` : `The macro ${node.name} is defined below ${name}`;
    diagnostics.push(
      createDiagnostic('EQL2013', message, node.nameSpan, {
        help: node.name === name ? undefined : `Move ${node.name} above ${name}.`,
      }),
    );
  });
  return found;
}
