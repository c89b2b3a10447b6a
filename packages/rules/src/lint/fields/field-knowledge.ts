import { similarField, type FieldKind, type Schema } from '@eqlkit/language';
import { ecsFields, ecsSchema } from '@eqlkit/language/ecs';

/** What is known of a field. */
export interface KnownField {
  readonly kind: FieldKind;
  /** Whether an event may have several values; `null` if nobody says. */
  readonly array: boolean | null;
  /** Whether sources write it in lower case. */
  readonly lowerCase: boolean;
  /** The only values it has; empty if they are open. */
  readonly values: readonly string[];
  /** Who says so, for messages. */
  readonly source: 'ECS' | 'the schema';
}

/** Categories of Elastic Defend that ECS does not have. */
const DEFEND_CATEGORIES = ['credential_access', 'dns', 'persistence'];

/** Field names whose values Elastic's agents write in lower case although ECS does not ask for it. */
const LOWER_CASE_NAME = /\.hash\.(?:md5|sha1|sha224|sha256|sha384|sha512)$/u;

/** A capital letter: ECS has none in its names, and asks those who add fields of their own to use one. */
const CAPITAL = /[A-Z]/u;

/** What the Elastic Common Schema and a schema of the user say about fields and categories. */
export class FieldKnowledge {
  /** The types of both, to check against. */
  readonly types: Schema;
  /** Names that begin names of fields: `process`, `process.parent`. */
  private readonly objects = new Set<string>();
  private readonly similarNames = new Map<string, string | null>();

  /** @param schema - Learned from events or declared; it goes before ECS. */
  constructor(readonly schema: Schema | null) {
    const fields = new Map([...ecsSchema().fields, ...(schema?.fields ?? [])]);
    this.types = { fields, strict: false };
    for (const name of fields.keys()) {
      for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
        this.objects.add(name.slice(0, dot));
    }
  }

  /** What is known of a field; `undefined` if nothing is. */
  find(name: string): KnownField | undefined {
    const definition = this.schema?.fields.get(name);
    const ecs = ecsFields().get(name);
    const lowerCase = LOWER_CASE_NAME.test(name) || (ecs !== undefined && (ecs.lowerCase || areLowerCase(ecs.values)));
    if (definition === undefined) {
      if (ecs === undefined) return undefined;
      return { kind: ecs.kind, array: ecs.array, lowerCase, values: ecs.values, source: 'ECS' };
    }
    const { seen } = definition;
    const examples = seen?.complete === true ? seen.examples.map(({ value }) => value) : [];
    const texts = examples.filter((value) => typeof value === 'string');
    return {
      kind: definition.kind,
      array: seen === undefined ? (ecs?.array ?? null) : seen.several > 0 || ecs?.array === true,
      lowerCase: lowerCase || (texts.length > 0 && areLowerCase(texts)),
      values: ecs?.values ?? [],
      source: 'the schema',
    };
  }

  /**
   * Whether a query may well name a field: it is known, or there is no telling. ECS leaves names with a capital letter and
   * namespaces of their own to others; who gives a schema of their events knows those, too.
   */
  isPlausible(name: string): boolean {
    if (this.isKnown(name)) return true;
    if (this.schema?.learned !== undefined) return false;
    return CAPITAL.test(name) || !this.objects.has(name.split('.', 1)[0] ?? name);
  }

  /** Whether there is such a field, or one inside it. */
  isKnown(name: string): boolean {
    return this.types.fields.has(name) || this.objects.has(name);
  }

  /** A known field of which a name is a misspelling. */
  similar(name: string): string | null {
    let similar = this.similarNames.get(name);
    if (similar === undefined) {
      similar = similarField(name, this.types.fields.keys());
      this.similarNames.set(name, similar);
    }
    return similar;
  }

  /** Every event category that is known. */
  categories(): readonly string[] {
    const ecs = ecsFields().get('event.category')?.values ?? [];
    return [...new Set([...ecs, ...DEFEND_CATEGORIES, ...(this.schema?.learned?.categories.keys() ?? [])])];
  }
}

function areLowerCase(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => value === value.toLowerCase());
}
