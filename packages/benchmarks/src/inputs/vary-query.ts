import {
  DIALECTS,
  parseQuery,
  visit,
  type DialectName,
  type ExpressionNode,
  type StringLiteralNode,
} from '@eqlkit/language';

/** Values of these say what kind of event is meant; variants of a rule agree in them. */
const SHARED_FIELDS = new Set(['event', 'host', 'data_stream', 'agent']);

/**
 * A query like the given one about other names: a mark is put into the texts that fields are compared with, so that
 * variants share the shape and what kind of event they look at, as rules of one pack do. A query without such texts is
 * returned as it is.
 */
export function varyQuery(query: string, dialect: DialectName, mark: string): string {
  const { ast } = parseQuery(query, DIALECTS[dialect]);
  if (ast === null) return query;
  const literals: StringLiteralNode[] = [];
  visit(ast, (node) => {
    if (node.kind === 'comparison') collect(node.left, [node.right], literals);
    if (node.kind === 'membership') collect(node.operand, node.values, literals);
    if (node.kind === 'pattern') collect(node.operand, node.patterns, literals);
  });
  let varied = query;
  for (const { span } of literals.sort((a, b) => b.span.start - a.span.start)) {
    const image = varied.slice(span.start, span.end);
    varied = varied.slice(0, span.start) + insertMark(image, mark) + varied.slice(span.end);
  }
  return varied;
}

function collect(left: ExpressionNode, right: readonly ExpressionNode[], literals: StringLiteralNode[]): void {
  if (left.kind !== 'field' || SHARED_FIELDS.has(String(left.path[0]))) return;
  for (const node of right) if (node.kind === 'string-literal') literals.push(node);
}

/** Between two letters: there it can neither break an escape nor change the form of a pattern. */
function insertMark(image: string, mark: string): string {
  return image.includes('\\u') ? image : image.replace(/([A-Za-z])(?=[A-Za-z])/u, `$1${mark}`);
}
