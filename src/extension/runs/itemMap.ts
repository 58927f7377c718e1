/** Something for each item of many files, without a key of its own for each: a whole study has 7,392 of them a run. */
export class ItemMap<T> {
  private readonly files = new Map<string, Map<string, Map<string, T>>>();

  get(file: string, scenario: string, value: string): T | undefined {
    return this.files.get(file)?.get(scenario)?.get(value);
  }

  set(file: string, scenario: string, value: string, entry: T): void {
    this.itemsOf(file, scenario).set(value, entry);
  }

  /** Those of one scenario, by value; what is put in is in the map. */
  itemsOf(file: string, scenario: string): Map<string, T> {
    let scenarios = this.files.get(file);
    if (!scenarios) {
      scenarios = new Map();
      this.files.set(file, scenarios);
    }
    let items = scenarios.get(scenario);
    if (!items) {
      items = new Map();
      scenarios.set(scenario, items);
    }
    return items;
  }
}
