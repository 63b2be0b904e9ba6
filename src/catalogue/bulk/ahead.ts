/**
 * Has the next value made while the last one is used: the database works while its rows are written and sent. One
 * value is made ahead, no more, however slowly they are taken.
 */
export async function* ahead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = source.next();
      // Its failure is thrown when its turn comes; until then nobody may be waiting for it.
      next.catch(() => undefined);
      yield value as T;
    }
  } finally {
    await source.return();
  }
}
