/**
 * The ways to take one item from each list, all different: up to `limit` of them, those with earlier items first.
 *
 * Taking items one by one and going back where none is left can try every order of the items. So a whole choice is
 * kept at hand all the time: an item is taken only if the lists behind it can still be served, which is found out by
 * moving their items along one path (Kuhn's algorithm for bipartite matching).
 */
export function distinctChoices<Item>(lists: readonly (readonly Item[])[], limit: number): Item[][] {
  const choices: Item[][] = [];
  const matching = new Matching(lists);
  if (limit <= 0 || !matching.isComplete) return choices;
  const choose = (place: number): void => {
    if (place === lists.length) {
      choices.push(matching.items());
      return;
    }
    for (const item of lists[place] ?? []) {
      if (choices.length >= limit) return;
      if (matching.take(place, item)) choose(place + 1);
    }
  };
  choose(0);
  return choices;
}

/** Whether one item can be taken from each list, all different. */
export function hasDistinctChoice(lists: readonly (readonly unknown[])[]): boolean {
  return new Matching(lists).isComplete;
}

/** One item for each place, all different, and ways to change it. */
class Matching<Item> {
  private readonly itemOf: Item[] = [];
  private readonly placeOf = new Map<Item, number>();
  readonly isComplete: boolean;

  constructor(private readonly lists: readonly (readonly Item[])[]) {
    this.isComplete = lists.every((_list, place) => this.serve(place, -1, new Set()));
  }

  items(): Item[] {
    return [...this.itemOf];
  }

  /** Takes an item for a place, if the places behind it can still be served; those before it keep theirs. */
  take(place: number, item: Item): boolean {
    const current = this.itemOf[place];
    if (current === item) return true;
    const other = this.placeOf.get(item);
    if (other !== undefined && other < place) return false;
    this.assign(place, item);
    if (current !== undefined) this.placeOf.delete(current);
    if (other === undefined || this.serve(other, place, new Set([item]))) return true;
    this.assign(other, item);
    if (current !== undefined) this.assign(place, current);
    return false;
  }

  /** Finds an item for a place, moving those of places behind `fixed` where it must. */
  private serve(place: number, fixed: number, seen: Set<Item>): boolean {
    const items = this.lists[place] ?? [];
    const free = items.find((item) => !this.placeOf.has(item) && !seen.has(item));
    if (free !== undefined) {
      this.assign(place, free);
      return true;
    }
    for (const item of items) {
      const other = this.placeOf.get(item);
      if (other === undefined || other <= fixed || seen.has(item)) continue;
      seen.add(item);
      if (!this.serve(other, fixed, seen)) continue;
      this.assign(place, item);
      return true;
    }
    return false;
  }

  private assign(place: number, item: Item): void {
    this.itemOf[place] = item;
    this.placeOf.set(item, place);
  }
}
