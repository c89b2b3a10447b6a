/** The day, as dates stand in rule files: `2026/01/31`. */
export function today(): string {
  return new Date().toISOString().slice(0, 'yyyy-mm-dd'.length).replaceAll('-', '/');
}
