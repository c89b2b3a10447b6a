import { schemaFromDocument, type Schema } from '@eqlkit/language';

/** A schema as `eql schema learn` would write it: fields with the categories and values that they were seen with. */
export function learnedSchema(
  fields: Readonly<Record<string, { categories: Readonly<Record<string, number>>; values?: readonly string[] }>>,
): Schema {
  const { schema, problems } = schemaFromDocument(
    {
      format: 'eqlkit-schema',
      version: 1,
      learned: { events: 300, categories: { process: 200, network: 100 } },
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, { categories, values = [] }]) => {
          const events = Object.values(categories).reduce((sum, count) => sum + count, 0);
          const examples = values.map((value) => ({ value, count: 1 }));
          const seen = { events, several: 0, types: { keyword: events }, categories, examples, complete: true };
          return [name, { type: 'keyword', seen }];
        }),
      ),
    },
    { strict: false },
  );
  if (schema === null) throw new Error(problems.join('\n'));
  return schema;
}

/** A schema of fields that the user declares. */
export function declaredSchema(types: Readonly<Record<string, string>>): Schema {
  const fields = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  const { schema, problems } = schemaFromDocument({ format: 'eqlkit-schema', version: 1, fields }, { strict: false });
  if (schema === null) throw new Error(problems.join('\n'));
  return schema;
}
