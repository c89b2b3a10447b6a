/*
 * The grammar. Longer than the other files, because a grammar is one thing: each method is one production, shown in
 * EBNF above it. What a dialect does not have is parsed all the same and reported, so that the message can say so.
 */
/* eslint-disable max-lines */
import { EmbeddedActionsParser, type IToken } from '#chevrotain';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Dialect } from '../dialect.js';
import type {
  ArithmeticOperator,
  CallNode,
  ComparisonOperator,
  DefinitionNode,
  EventQueryNode,
  ExpressionNode,
  IdentifierNode,
  LineageRelation,
  LiteralNode,
  PathPart,
  PatternOperator,
  PipeNode,
  QueryNode,
  StatementNode,
  SubqueryNode,
  TimeSpanNode,
} from './ast.js';
import { quoteString, readNumberToken, readStringToken } from './literals.js';
import { readTimeSpan } from './time-span.js';
import { coverSpans, type Span } from './span.js';
import { syntaxMessages } from './syntax-messages.js';
import { spanOfToken } from './token-span.js';
import * as t from './tokens.js';

const LINEAGE_RELATIONS: readonly string[] = ['child', 'descendant', 'event'] satisfies LineageRelation[];

/** Longest arithmetic chain, such as `1 + 1 + …`; the tree grows a level deeper with each operator. */
const MAX_CHAINED_OPERATORS = 500;

/** Most parts of a field's path; Elasticsearch maps fields 20 levels deep unless told otherwise. */
export const MAX_PATH_PARTS = 64;

interface SubqueryOptions {
  keys: readonly ExpressionNode[];
  runs: number;
  fork: boolean;
  alias: IdentifierNode | null;
}

/** Chevrotain parser for every dialect; one instance serves many queries, one after the other. */
export class EqlParser extends EmbeddedActionsParser {
  private dialect: Dialect;
  private found: Diagnostic[] = [];
  private readonly report = (diagnostic: Diagnostic): void => {
    this.found.push(diagnostic);
  };

  constructor(dialect: Dialect) {
    super(t.TOKENS, { recoveryEnabled: false, maxLookahead: 2, errorMessageProvider: syntaxMessages });
    this.dialect = dialect;
    this.performSelfAnalysis();
  }

  /** Parses the tokens of one query. `errors` of the parser tell whether the result is whole. */
  parse(tokens: IToken[], dialect: Dialect): { ast: StatementNode | undefined; diagnostics: Diagnostic[] } {
    this.dialect = dialect;
    this.found = [];
    this.input = tokens;
    const ast: StatementNode | undefined = this.statement();
    return { ast: this.errors.length === 0 ? ast : undefined, diagnostics: this.found };
  }

  /** Parses the tokens of a definitions text. */
  parseDefinitions(
    tokens: IToken[],
    dialect: Dialect,
  ): { definitions: readonly DefinitionNode[]; diagnostics: Diagnostic[] } {
    this.dialect = dialect;
    this.found = [];
    this.input = tokens;
    const definitions = this.definitions();
    return { definitions: this.errors.length === 0 ? definitions : [], diagnostics: this.found };
  }

  // statement := query ( "|" pipe )*
  private readonly statement = this.RULE('statement', (): StatementNode => {
    const query = this.SUBRULE(this.query);
    const pipes: PipeNode[] = [];
    this.MANY(() => {
      this.CONSUME(t.Pipe);
      pipes.push(this.SUBRULE(this.pipe));
    });
    return this.ACTION(() => ({
      kind: 'statement',
      query,
      pipes,
      span: coverSpans(query.span, pipes.at(-1)?.span ?? query.span),
    }));
  });

  // query := sequence | join | sample | filter
  private readonly query = this.RULE('query', (): QueryNode =>
    this.OR<QueryNode>([
      { ALT: () => this.SUBRULE(this.sequence) },
      { ALT: () => this.SUBRULE(this.join) },
      { ALT: () => this.SUBRULE(this.sample) },
      { ALT: () => this.SUBRULE(this.filter) },
    ]),
  );

  // filter := ( "any" | IDENT | STRING ) "where" expr
  private readonly filter = this.RULE('filter', (): EventQueryNode => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Any) },
      { ALT: () => this.CONSUME(t.Identifier) },
      { ALT: () => this.CONSUME(t.StringLiteral) },
      { ALT: () => this.CONSUME(t.BackquotedIdentifier) },
    ]);
    this.CONSUME(t.Where);
    const condition = this.SUBRULE(this.expression);
    return this.ACTION(() => {
      const categorySpan = spanOfToken(token);
      const category = this.readCategory(token, categorySpan);
      return { kind: 'event-query', category, categorySpan, condition, span: this.spanFrom(categorySpan) };
    });
  });

  private readCategory(token: IToken, span: Span): string | null {
    if (token.tokenType === t.Any) return null;
    if (token.tokenType === t.Identifier) return token.image;
    if (token.tokenType !== t.BackquotedIdentifier) {
      return readStringToken(token, this.dialect.oldStrings, this.report).value;
    }
    const name = unquoteName(token.image);
    this.report(
      createDiagnostic('EQL1030', 'An event category cannot stand in backquotes', span, {
        help: 'Write it in double quotes.',
        fix: { title: 'Use double quotes', span, replacement: quoteString(name), safe: true },
      }),
    );
    return name;
  }

  // sequence := "sequence" [ "by" keys ] [ "with" "maxspan" "=" span ] seqTerm+ [ "until" seqTerm ]
  private readonly sequence = this.RULE('sequence', (): QueryNode => {
    const start = this.CONSUME(t.Sequence);
    let keys: readonly ExpressionNode[] = [];
    let maxspan: TimeSpanNode | null = null;
    this.OPTION(() => {
      this.CONSUME(t.By);
      keys = this.SUBRULE(this.keys);
    });
    this.OPTION2(() => {
      this.CONSUME(t.With);
      maxspan = this.SUBRULE(this.maxspan);
    });
    this.OPTION3(() => {
      const late = this.CONSUME2(t.By);
      keys = this.SUBRULE2(this.keys);
      this.ACTION(() =>
        this.report(
          createDiagnostic('EQL1028', '"by" must stand before "with maxspan"', spanOfToken(late), {
            help: 'Write: sequence by <keys> with maxspan=<time> [ … ]',
          }),
        ),
      );
    });
    const stages: SubqueryNode[] = [];
    this.AT_LEAST_ONE(() => stages.push(this.SUBRULE(this.subquery)));
    let until: SubqueryNode | null = null;
    this.OPTION4(() => {
      this.CONSUME(t.Until);
      until = this.SUBRULE2(this.subquery);
    });
    return this.ACTION(() => ({
      kind: 'sequence',
      keys,
      maxspan,
      stages,
      until,
      span: this.spanFrom(spanOfToken(start)),
    }));
  });

  // maxspan := "maxspan" "=" span
  private readonly maxspan = this.RULE('maxspan', (): TimeSpanNode => {
    this.OR([
      { ALT: () => this.CONSUME(t.Maxspan) },
      { ALT: () => this.reportOption(this.CONSUME(t.Identifier), 'maxspan') },
    ]);
    this.CONSUME(t.Equal);
    const first = this.OR2([
      { ALT: () => this.CONSUME(t.TimeSpan) },
      { ALT: () => this.CONSUME(t.Integer) },
      { ALT: () => this.CONSUME(t.Decimal) },
    ]);
    const unit = this.OPTION(() => this.CONSUME2(t.Identifier));
    return this.ACTION(() => readTimeSpan(first, unit, this.report));
  });

  private reportOption(token: IToken, known: string): void {
    this.ACTION(() =>
      this.report(
        createDiagnostic('EQL1016', `Unknown option "${token.image}"`, spanOfToken(token), {
          help: `The only option here is ${known}.`,
          fix: { title: `Use ${known}`, span: spanOfToken(token), replacement: known },
        }),
      ),
    );
  }

  // join := "join" [ "by" keys ] seqTerm+ [ "until" seqTerm ]
  private readonly join = this.RULE('join', (): QueryNode => {
    const start = this.CONSUME(t.Join);
    let keys: readonly ExpressionNode[] = [];
    this.OPTION(() => {
      this.CONSUME(t.By);
      keys = this.SUBRULE(this.keys);
    });
    const stages: SubqueryNode[] = [];
    this.AT_LEAST_ONE(() => stages.push(this.SUBRULE(this.subquery)));
    let until: SubqueryNode | null = null;
    this.OPTION2(() => {
      this.CONSUME(t.Until);
      until = this.SUBRULE2(this.subquery);
    });
    return this.ACTION(() => ({ kind: 'join', keys, stages, until, span: this.spanFrom(spanOfToken(start)) }));
  });

  // sample := "sample" [ "by" keys ] ( subquery [ "by" keys ] )+
  private readonly sample = this.RULE('sample', (): QueryNode => {
    const start = this.CONSUME(t.Sample);
    let keys: readonly ExpressionNode[] = [];
    this.OPTION(() => {
      this.CONSUME(t.By);
      keys = this.SUBRULE(this.keys);
    });
    const stages: SubqueryNode[] = [];
    this.AT_LEAST_ONE(() => stages.push(this.SUBRULE(this.subquery)));
    return this.ACTION(() => ({ kind: 'sample', keys, stages, span: this.spanFrom(spanOfToken(start)) }));
  });

  // seqTerm := ( "[" | "![" ) filter "]" [ "fork" "=" const ] [ "by" keys ] [ "with" IDENT "=" INT ] [ "as" IDENT ]
  private readonly subquery = this.RULE('subquery', (): SubqueryNode => {
    const open = this.OR([{ ALT: () => this.CONSUME(t.BracketOpen) }, { ALT: () => this.CONSUME(t.MissingOpen) }]);
    const query = this.SUBRULE(this.filter);
    this.CONSUME(t.BracketClose);
    const options: SubqueryOptions = { keys: [], runs: 1, fork: false, alias: null };
    this.MANY(() =>
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(t.By);
            options.keys = this.SUBRULE(this.keys);
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.With);
            options.runs = this.SUBRULE(this.runs);
          },
        },
        {
          GATE: () => this.LA(1).image === 'as',
          ALT: () => {
            this.CONSUME(t.Identifier);
            const name = this.CONSUME2(t.Identifier);
            options.alias = this.ACTION(() => identifierNode(name));
          },
        },
        {
          GATE: () => this.LA(1).image === 'fork',
          ALT: () => {
            options.fork = this.SUBRULE(this.fork);
          },
        },
      ]),
    );
    return this.ACTION(() => ({
      kind: 'subquery',
      missing: open.tokenType === t.MissingOpen,
      query,
      ...options,
      span: this.spanFrom(spanOfToken(open)),
    }));
  });

  // runs := IDENT "=" INT
  private readonly runs = this.RULE('runs', (): number => {
    const name = this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.Maxspan) }]);
    this.CONSUME(t.Equal);
    const sign = this.OPTION(() => this.CONSUME(t.Minus));
    const count = this.OR2([
      { ALT: () => this.CONSUME(t.Integer) },
      { ALT: () => this.CONSUME(t.TimeSpan) },
      { ALT: () => this.CONSUME(t.Decimal) },
    ]);
    return this.ACTION(() => {
      if (name.tokenType === t.Maxspan) {
        this.report(
          createDiagnostic('EQL1028', '"with maxspan" stands behind "sequence", before the stages', spanOfToken(name), {
            help: 'Write: sequence by <keys> with maxspan=<time> [ … ]',
          }),
        );
        return 1;
      }
      const value = Number(count.image);
      // A wrong option still says how many stages are meant, so that their number is not reported as well.
      const meant = Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), 1), 100) : 1;
      if (name.image !== 'runs') {
        this.reportOption(name, 'runs');
        return meant;
      }
      if (sign === undefined && count.tokenType === t.Integer && value === meant) return value;
      this.report(
        createDiagnostic(
          'EQL1017',
          `A stage runs 1 to 100 times, not ${sign?.image ?? ''}${count.image}`,
          spanOfToken(count),
        ),
      );
      return meant;
    });
  });

  // fork := "fork" [ "=" ( true | false | INT ) ]
  private readonly fork = this.RULE('fork', (): boolean => {
    this.CONSUME(t.Identifier);
    let on = true;
    this.OPTION(() => {
      this.CONSUME(t.Equal);
      const value = this.OR([
        { ALT: () => this.CONSUME(t.True) },
        { ALT: () => this.CONSUME(t.False) },
        { ALT: () => this.CONSUME(t.Integer) },
      ]);
      on = value.image !== 'false' && value.image !== '0';
    });
    return on;
  });

  // keys := expr ( "," expr )*
  private readonly keys = this.RULE('keys', (): readonly ExpressionNode[] => {
    const keys: ExpressionNode[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => keys.push(this.SUBRULE(this.additive)) });
    return keys;
  });

  // pipe := IDENT [ expr ( [","] expr )* ]
  private readonly pipe = this.RULE('pipe', (): PipeNode => {
    const name = this.CONSUME(t.Identifier);
    const args: ExpressionNode[] = [];
    this.OPTION(() => {
      args.push(this.SUBRULE(this.expression));
      this.MANY(() => {
        const comma = this.OPTION2(() => this.CONSUME(t.Comma));
        const next = this.SUBRULE2(this.expression);
        args.push(next);
        this.ACTION(() => {
          if (comma !== undefined || this.dialect.endgameQueries) return;
          this.report(createDiagnostic('EQL1002', 'Expected "," between the arguments of a pipe', next.span));
        });
      });
    });
    return this.ACTION(() => ({
      kind: 'pipe',
      name: name.image,
      nameSpan: spanOfToken(name),
      arguments: args,
      span: this.spanFrom(spanOfToken(name)),
    }));
  });

  // expr := conjunction ( "or" conjunction )*
  private readonly expression = this.RULE('expression', (): ExpressionNode => {
    const operands: ExpressionNode[] = [];
    operands.push(this.SUBRULE(this.conjunction));
    this.MANY(() => {
      this.CONSUME(t.Or);
      operands.push(this.SUBRULE2(this.conjunction));
    });
    return this.ACTION(() => joinOperands('or', operands));
  });

  // conjunction := negation ( "and" negation )*
  private readonly conjunction = this.RULE('conjunction', (): ExpressionNode => {
    const operands: ExpressionNode[] = [];
    operands.push(this.SUBRULE(this.negation));
    this.MANY(() => {
      this.CONSUME(t.And);
      operands.push(this.SUBRULE2(this.negation));
    });
    return this.ACTION(() => joinOperands('and', operands));
  });

  // negation := "not"* comparison
  private readonly negation = this.RULE('negation', (): ExpressionNode => {
    const nots: IToken[] = [];
    this.MANY(() => nots.push(this.CONSUME(t.Not)));
    const operand = this.SUBRULE(this.comparison);
    return this.ACTION(() =>
      nots.reduceRight<ExpressionNode>(
        (inner, not) => ({ kind: 'not', operand: inner, span: coverSpans(spanOfToken(not), inner.span) }),
        operand,
      ),
    );
  });

  // comparison := additive [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) additive ]
  private readonly comparison = this.RULE('comparison', (): ExpressionNode => {
    let node = this.SUBRULE(this.additive);
    this.OPTION(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.EqualEqual) },
        { ALT: () => this.CONSUME(t.NotEqual) },
        { ALT: () => this.CONSUME(t.Less) },
        { ALT: () => this.CONSUME(t.LessEqual) },
        { ALT: () => this.CONSUME(t.Greater) },
        { ALT: () => this.CONSUME(t.GreaterEqual) },
        { ALT: () => this.CONSUME(t.Equal) },
      ]);
      const left = node;
      const right = this.SUBRULE2(this.additive);
      node = this.ACTION(() => {
        const operatorSpan = spanOfToken(operator);
        if (operator.tokenType === t.Equal && !this.dialect.singleEquals) {
          this.report(
            createDiagnostic('EQL1010', 'A comparison is written with two equals signs', operatorSpan, {
              help: 'Write "==" to compare with case, ":" to compare without case.',
              fix: { title: 'Use ==', span: operatorSpan, replacement: '==', safe: true },
            }),
          );
        }
        return {
          kind: 'comparison',
          operator: (operator.image === '=' ? '==' : operator.image) as ComparisonOperator,
          operatorSpan,
          left,
          right,
          span: coverSpans(left.span, right.span),
        };
      });
    });
    return node;
  });

  // additive := multiplicative ( ( "+" | "-" ) multiplicative )*
  private readonly additive = this.RULE('additive', (): ExpressionNode => {
    let node = this.SUBRULE(this.multiplicative);
    let length = 0;
    this.MANY(() => {
      const operator = this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]);
      const right = this.SUBRULE2(this.multiplicative);
      node = this.chain(node, operator, right, (length += 1));
    });
    return node;
  });

  // multiplicative := unary ( ( "*" | "/" | "%" ) unary )*
  private readonly multiplicative = this.RULE('multiplicative', (): ExpressionNode => {
    let node = this.SUBRULE(this.unary);
    let length = 0;
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        { ALT: () => this.CONSUME(t.Slash) },
        { ALT: () => this.CONSUME(t.Percent) },
      ]);
      const right = this.SUBRULE2(this.unary);
      node = this.chain(node, operator, right, (length += 1));
    });
    return node;
  });

  private chain(left: ExpressionNode, operator: IToken, right: ExpressionNode, length: number): ExpressionNode {
    return this.ACTION(() => {
      if (length === MAX_CHAINED_OPERATORS + 1) {
        const message = `More than ${MAX_CHAINED_OPERATORS} arithmetic operators in a row`;
        this.report(createDiagnostic('EQL1008', message, spanOfToken(operator)));
      }
      // Beyond the limit the tree stops growing: the query is refused anyway.
      if (length > MAX_CHAINED_OPERATORS) return left;
      return {
        kind: 'arithmetic',
        operator: operator.image as ArithmeticOperator,
        left,
        right,
        span: coverSpans(left.span, right.span),
      };
    });
  }

  // unary := ( "+" | "-" )* predicate
  private readonly unary = this.RULE('unary', (): ExpressionNode => {
    const signs: IToken[] = [];
    this.MANY(() => signs.push(this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }])));
    const operand = this.SUBRULE(this.predicate);
    return this.ACTION(() =>
      signs.reduceRight<ExpressionNode>((inner, sign) => {
        const span = coverSpans(spanOfToken(sign), inner.span);
        if (sign.tokenType === t.Plus) return { ...inner, span };
        if (inner.kind === 'number-literal') {
          return { ...inner, value: normalizeInteger(-inner.value), span };
        }
        return { kind: 'negate', operand: inner, span };
      }, operand),
    );
  });

  // predicate := primary [ [ "not" ] ( "in" | "in~" ) "(" expr ( "," expr )* ")" ]
  //            | primary ( ":" | "like" | "like~" | "regex" | "regex~" ) ( const | "(" const ( "," const )* ")" )
  private readonly predicate = this.RULE('predicate', (): ExpressionNode => {
    let node = this.SUBRULE(this.primary);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            const negated = this.OPTION2(() => this.CONSUME(t.Not)) !== undefined;
            const operator = this.OR2([{ ALT: () => this.CONSUME(t.In) }, { ALT: () => this.CONSUME(t.InTilde) }]);
            this.CONSUME(t.ParenOpen);
            const values: ExpressionNode[] = [];
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.expression)) });
            this.CONSUME(t.ParenClose);
            const operand = node;
            node = this.ACTION(() => ({
              kind: 'membership',
              negated,
              caseInsensitive: operator.tokenType === t.InTilde,
              operand,
              values,
              span: this.spanFrom(operand.span),
            }));
          },
        },
        {
          ALT: () => {
            const operator = this.OR3([
              { ALT: () => this.CONSUME(t.Colon) },
              { ALT: () => this.CONSUME(t.Like) },
              { ALT: () => this.CONSUME(t.LikeTilde) },
              { ALT: () => this.CONSUME(t.Regex) },
              { ALT: () => this.CONSUME(t.RegexTilde) },
            ]);
            const operand = node;
            node = this.OR4<ExpressionNode>([
              {
                // Python EQL's method calls: value:function(arguments)
                GATE: () => operator.tokenType === t.Colon && this.dialect.endgameQueries,
                ALT: () => this.method(operand, this.SUBRULE(this.call)),
              },
              {
                ALT: () => {
                  const pattern = this.SUBRULE(this.constant);
                  return this.pattern(operand, operator, [pattern], false);
                },
              },
              {
                ALT: () => {
                  const patterns: LiteralNode[] = [];
                  this.CONSUME2(t.ParenOpen);
                  this.AT_LEAST_ONE_SEP2({ SEP: t.Comma, DEF: () => patterns.push(this.SUBRULE2(this.constant)) });
                  this.CONSUME2(t.ParenClose);
                  return this.pattern(operand, operator, patterns, true);
                },
              },
            ]);
          },
        },
      ]);
    });
    return node;
  });

  private pattern(operand: ExpressionNode, operator: IToken, patterns: LiteralNode[], list: boolean): ExpressionNode {
    return this.ACTION(() => ({
      kind: 'pattern',
      operator: operator.image as PatternOperator,
      operatorSpan: spanOfToken(operator),
      operand,
      patterns,
      list,
      span: this.spanFrom(operand.span),
    }));
  }

  private method(receiver: ExpressionNode, call: CallNode): ExpressionNode {
    return this.ACTION(() => ({
      ...call,
      arguments: [receiver, ...call.arguments],
      span: coverSpans(receiver.span, call.span),
    }));
  }

  // primary := const | call | lineage | variable | [ "?" ] path | "(" expr ")"
  private readonly primary = this.RULE('primary', (): ExpressionNode =>
    this.OR<ExpressionNode>({
      DEF: [
        { ALT: () => this.SUBRULE(this.constant) },
        {
          GATE: () => this.LA(2).tokenType === t.ParenOpen,
          ALT: () => this.SUBRULE(this.call),
        },
        {
          GATE: () => this.LA(2).tokenType === t.Of,
          ALT: () => this.SUBRULE(this.lineage),
        },
        { ALT: () => this.SUBRULE(this.variable) },
        { ALT: () => this.SUBRULE(this.field) },
        {
          ALT: () => {
            const open = this.CONSUME(t.ParenOpen);
            const inner = this.SUBRULE(this.expression);
            this.CONSUME(t.ParenClose);
            return this.ACTION(() => ({ ...inner, span: this.spanFrom(spanOfToken(open)) }));
          },
        },
      ],
      IGNORE_AMBIGUITIES: true, // The gates tell a call, a lineage and a field apart.
    }),
  );

  // call := ( IDENT | IDENT"~" ) "(" [ expr ( "," expr )* ] ")"
  private readonly call = this.RULE('call', (): CallNode => {
    const name = this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.TildeIdentifier) }]);
    this.CONSUME(t.ParenOpen);
    const args: ExpressionNode[] = [];
    this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.expression)) });
    this.CONSUME(t.ParenClose);
    return this.ACTION(() => ({
      kind: 'call',
      name: name.image.replace(/~$/u, ''),
      nameSpan: spanOfToken(name),
      caseInsensitive: name.tokenType === t.TildeIdentifier,
      arguments: args,
      span: this.spanFrom(spanOfToken(name)),
    }));
  });

  // lineage := IDENT "of" "[" filter "]"
  private readonly lineage = this.RULE('lineage', (): ExpressionNode => {
    const relation = this.CONSUME(t.Identifier);
    this.CONSUME(t.Of);
    this.CONSUME(t.BracketOpen);
    const query = this.SUBRULE(this.filter);
    this.CONSUME(t.BracketClose);
    return this.ACTION(() => {
      if (!LINEAGE_RELATIONS.includes(relation.image)) {
        this.report(
          createDiagnostic(
            'EQL2011',
            `"${relation.image} of" is no relation between processes`,
            spanOfToken(relation),
            {
              help: `The relations are: ${LINEAGE_RELATIONS.join(', ')}.`,
            },
          ),
        );
      }
      return {
        kind: 'lineage',
        relation: relation.image as LineageRelation,
        query,
        span: this.spanFrom(spanOfToken(relation)),
      };
    });
  });

  // variable := "$" IDENT ( "." ident | "[" INT "]" )*
  private readonly variable = this.RULE('variable', (): ExpressionNode => {
    const name = this.CONSUME(t.Variable);
    const path = this.SUBRULE(this.pathRest);
    return this.ACTION(() => {
      const span = this.spanFrom(spanOfToken(name));
      this.reportLongPath(path, span);
      return { kind: 'variable', name: name.image.slice(1), path, span };
    });
  });

  // field := [ "?" ] ident ( "." ident | "[" INT "]" )*
  private readonly field = this.RULE('field', (): ExpressionNode => {
    const question = this.OPTION(() => this.CONSUME(t.Question));
    const first = this.SUBRULE(this.name);
    const rest = this.SUBRULE(this.pathRest);
    return this.ACTION(() => {
      const path = [nameOf(first), ...rest];
      const span = this.spanFrom(spanOfToken(question ?? first));
      this.reportLongPath(path, span);
      return { kind: 'field', optional: question !== undefined, path, span };
    });
  });

  private readonly pathRest = this.RULE('pathRest', (): readonly PathPart[] => {
    const path: PathPart[] = [];
    this.MANY({
      // A bracket with anything but a number in it opens the next stage of a sequence.
      GATE: () => this.LA(1).tokenType === t.Dot || this.LA(2).tokenType === t.Integer,
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              const part = this.SUBRULE(this.name);
              this.ACTION(() => path.push(nameOf(part)));
            },
          },
          {
            ALT: () => {
              const open = this.CONSUME(t.BracketOpen);
              const index = this.CONSUME(t.Integer);
              const close = this.CONSUME(t.BracketClose);
              this.ACTION(() => {
                const span = coverSpans(spanOfToken(open), spanOfToken(close));
                path.push(Math.min(Number(index.image), Number.MAX_SAFE_INTEGER));
                if (this.dialect.arrayIndex) return;
                this.report(
                  createDiagnostic('EQL1013', 'Fields have no array positions in this dialect', span, {
                    help: 'A condition on an array holds if it holds for one of its values.',
                  }),
                );
              });
            },
          },
        ]),
    });
    return path;
  });

  private reportLongPath(path: readonly PathPart[], span: Span): void {
    // A backquoted part may hold dots, which lead into objects like any other.
    const parts = path.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.split('.').length : 1), 0);
    if (parts <= MAX_PATH_PARTS) return;
    this.report(createDiagnostic('EQL1008', `A field has at most ${MAX_PATH_PARTS} parts, not ${parts}`, span));
  }

  // ident := IDENT | "`" … "`"
  private readonly name = this.RULE('name', (): IToken =>
    this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.BackquotedIdentifier) }]),
  );

  // definitions := ( macro | constant )*
  private readonly definitions = this.RULE('definitions', (): readonly DefinitionNode[] => {
    const definitions: DefinitionNode[] = [];
    this.MANY(() =>
      definitions.push(
        this.OR<DefinitionNode>([
          { GATE: () => this.LA(1).image === 'macro', ALT: () => this.SUBRULE(this.macro) },
          { GATE: () => this.LA(1).image === 'const', ALT: () => this.SUBRULE(this.constantDefinition) },
        ]),
      ),
    );
    return definitions;
  });

  // macro := "macro" IDENT "(" [ IDENT ( "," IDENT )* ] ")" expr
  private readonly macro = this.RULE('macro', (): DefinitionNode => {
    const start = this.CONSUME(t.Identifier);
    const name = this.CONSUME2(t.Identifier);
    const parameters: IToken[] = [];
    this.CONSUME(t.ParenOpen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.CONSUME3(t.Identifier)) });
    this.CONSUME(t.ParenClose);
    const body = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      kind: 'macro',
      name: identifierNode(name),
      parameters: parameters.map(identifierNode),
      body,
      span: this.spanFrom(spanOfToken(start)),
    }));
  });

  // constantDefinition := "const" IDENT ( "=" | "==" ) expr
  private readonly constantDefinition = this.RULE('constantDefinition', (): DefinitionNode => {
    const start = this.CONSUME(t.Identifier);
    const name = this.CONSUME2(t.Identifier);
    this.OR([{ ALT: () => this.CONSUME(t.Equal) }, { ALT: () => this.CONSUME(t.EqualEqual) }]);
    const value = this.SUBRULE(this.unary);
    return this.ACTION(() => ({
      kind: 'constant',
      name: identifierNode(name),
      value,
      span: this.spanFrom(spanOfToken(start)),
    }));
  });

  // const := null | true | false | number | STRING
  private readonly constant = this.RULE('constant', (): LiteralNode => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Null) },
      { ALT: () => this.CONSUME(t.True) },
      { ALT: () => this.CONSUME(t.False) },
      { ALT: () => this.CONSUME(t.Integer) },
      { ALT: () => this.CONSUME(t.Decimal) },
      { ALT: () => this.CONSUME(t.StringLiteral) },
    ]);
    return this.ACTION(() => this.readConstant(token));
  });

  private readConstant(token: IToken): LiteralNode {
    switch (token.tokenType) {
      case t.Null:
        return { kind: 'null-literal', span: spanOfToken(token) };
      case t.True:
      case t.False:
        return { kind: 'boolean-literal', value: token.tokenType === t.True, span: spanOfToken(token) };
      case t.Integer:
      case t.Decimal:
        return readNumberToken(token, token.tokenType === t.Integer);
      default:
        return readStringToken(token, this.dialect.oldStrings, this.report);
    }
  }

  /** From a given start to the end of the last token that was read. */
  private spanFrom(start: Span): Span {
    return coverSpans(start, spanOfToken(this.LA(0)));
  }
}

function joinOperands(operator: 'and' | 'or', operands: readonly ExpressionNode[]): ExpressionNode {
  const [first] = operands;
  const last = operands.at(-1);
  if (first === undefined || last === undefined) throw new Error('a chain of operators has an operand');
  if (first === last) return first;
  // Parentheses around the same operator change nothing: (a and b) and c has three operands.
  const flat = operands.flatMap((operand) =>
    operand.kind === 'logical' && operand.operator === operator ? operand.operands : [operand],
  );
  return { kind: 'logical', operator, operands: flat, span: coverSpans(first.span, last.span) };
}

function identifierNode(token: IToken): IdentifierNode {
  return { kind: 'identifier', name: token.image, span: spanOfToken(token) };
}

function nameOf(token: IToken): string {
  return token.image.startsWith('`') ? unquoteName(token.image) : token.image;
}

function unquoteName(image: string): string {
  return image.slice(1, -1).replaceAll('``', '`');
}

function normalizeInteger(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
