import type { FieldDefinition, FieldKind, Schema } from '../schema/schema.js';
import { kindOfMappingType } from '../schema/schema-from-mapping.js';
import { ECS_TABLE } from './ecs-table.generated.js';

/** A field of the Elastic Common Schema. */
export interface EcsField {
  /** Such as `process.name`. */
  readonly name: string;
  /** The type of its mapping, such as `keyword`. */
  readonly type: string;
  readonly kind: FieldKind;
  /** Whether an event may have several values. */
  readonly array: boolean;
  /** Whether ECS asks sources to write it in lower case. */
  readonly lowerCase: boolean;
  /** The values that ECS allows or expects; empty if it names none. */
  readonly values: readonly string[];
  /** One sentence or two. */
  readonly description: string;
}

let fields: ReadonlyMap<string, EcsField> | undefined;
let schema: Schema | undefined;

/** Every field of the Elastic Common Schema by its name. */
export function ecsFields(): ReadonlyMap<string, EcsField> {
  return (fields ??= new Map(ECS_TABLE.split('\n').map((line) => readLine(line))));
}

function readLine(line: string): [string, EcsField] {
  const [name = '', type = '', flags = '', values = '', description = ''] = line.split('\t');
  const field: EcsField = {
    name,
    type,
    kind: kindOfMappingType(type),
    array: flags.includes('a'),
    lowerCase: flags.includes('l'),
    values: values === '' ? [] : values.split('|'),
    description,
  };
  return [name, field];
}

/** The Elastic Common Schema as a schema to check against. Fields that it does not have are none of its business. */
export function ecsSchema(): Schema {
  return (schema ??= {
    fields: new Map([...ecsFields()].map(([name, field]) => [name, defineField(field)])),
    strict: false,
  });
}

function defineField({ name, kind, type }: EcsField): FieldDefinition {
  return { path: name, kind, mappingType: type };
}
