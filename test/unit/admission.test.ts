import { Random } from "../../src/science/random";
import { quantile } from "../../src/science/statistics";
import { Admission } from "../../src/server/overload/admission";
import { Capacity } from "../../src/server/overload/capacity";

/** Requests by number: what became of each, on a clock that is set by hand. */
function desk(most = 2) {
  const clock = { ms: 0 };
  const admission = new Admission(most, () => clock.ms);
  const started: number[] = [];
  const refused: number[] = [];
  const come = (...requests: number[]) =>
    requests.map((request) =>
      admission.enter(
        () => started.push(request),
        () => refused.push(request),
      ),
    );
  return { clock, admission, started, refused, come };
}

test("so many requests run at once, and the next ones start in their order as others end", () => {
  const { started, refused, come } = desk();
  const [first, second] = come(1, 2, 3, 4);
  expect(started).toEqual([1, 2]);
  first!.leave();
  expect(started).toEqual([1, 2, 3]);
  second!.leave();
  second!.leave();
  expect(started).toEqual([1, 2, 3, 4]);
  expect(refused).toEqual([]);
});

test("a burst waits; beyond it the server is under pressure, and its queue is cut from the front", () => {
  const { admission, started, refused, come } = desk();
  const burst = Array.from({ length: 16 }, (_, index) => 3 + index);
  const [first] = come(1, 2, ...burst);
  expect(refused).toEqual([]);
  come(19);
  expect(refused.sort((a, b) => a - b)).toEqual([...burst.slice(0, -1), 19]);
  expect(admission.limit).toBe(1);
  first!.leave();
  expect(started).toEqual([1, 2]); // one runs, and under pressure only one may
});

test("a queue that stays long is no burst", () => {
  const { clock, admission, refused, come } = desk();
  come(1, 2, 3, 4, 5);
  clock.ms = 50;
  come(6);
  expect(refused).toEqual([]);
  clock.ms = 151;
  expect(admission.refuses()).toBe(true);
  expect(refused).toEqual([3, 4, 5]);
  expect(admission.refused).toBe(4);
});

test("a queue that is no longer than what may run is borne for ever", () => {
  const { clock, refused, come } = desk();
  let places = come(1, 2, 3, 4);
  for (let round = 0; round < 100; round++) {
    clock.ms += 90;
    places[0]!.leave();
    places = [...places.slice(1), ...come(5)];
  }
  expect(refused).toEqual([]);
});

test("who waits beyond the patience is refused although nothing ends", () => {
  const { clock, admission, refused, come } = desk();
  come(1, 2, 3);
  clock.ms = 1001;
  admission.settle();
  expect(refused).toEqual([3]);
});

test("a request that gave up is passed over, and holds no place", () => {
  const { started, refused, come } = desk();
  const [first, , third] = come(1, 2, 3, 4);
  third!.leave();
  first!.leave();
  expect(started).toEqual([1, 2, 4]);
  expect(refused).toEqual([]);
});

/** A server whose requests took 10 ms, then came under pressure; now they take `meanMs` and the event loop is late. */
function pressed(meanMs: number, delayMs: number): number {
  const capacity = new Capacity(32, 0);
  capacity.ended(10);
  capacity.review(250);
  capacity.press(251);
  for (const ms of [meanMs, meanMs]) capacity.ended(ms);
  capacity.delayed(delayMs);
  for (let refusal = 0; refusal < 10; refusal++) capacity.refused();
  capacity.review(501);
  return capacity.running;
}

test("under pressure as many run as makes them take 1.5 times what is normal, the event loop's delay included", () => {
  expect(pressed(15, 0)).toBe(8);
  expect(pressed(7.5, 0)).toBe(16);
  expect(pressed(15, 5)).toBe(6);
  expect(pressed(15, 1000)).toBe(4);
});

test("pressure that refused clients keep up by asking again at once is lifted for a trial after 20 s", () => {
  const capacity = new Capacity(32, 0);
  capacity.press(0);
  const lifted: number[] = [];
  for (let ms = 250; ms <= 30_000; ms += 250) {
    for (let refusal = 0; refusal < 100; refusal++) capacity.refused();
    capacity.ended(10);
    capacity.review(ms);
    if (!capacity.underPressure) lifted.push(ms);
  }
  expect(lifted[0]).toBe(20_000);
});

interface Outcome {
  /** [ms] of accepted requests, waits included */
  readonly times: number[];
  refused: number;
}

/**
 * A server whose one processor its requests share: each needs `workMs` of it on average, and each of those that run gets
 * its part. Requests come at random at `load` times what it can do.
 */
function simulate(
  admission: Admission,
  clock: { ms: number },
  { load, workMs, seconds }: { load: number; workMs: number; seconds: number },
) {
  const random = new Random(1);
  const outcome: Outcome = { times: [], refused: 0 };
  const running = new Set<{ left: number; leave(): void }>();
  const STEP_MS = workMs / 5;
  const arrive = () => {
    const came = clock.ms;
    const job = { left: random.between(0.5, 1.5) * workMs, leave() {} };
    const refuse = () => {
      outcome.refused++;
    };
    const place = admission.enter(() => running.add(job), refuse);
    job.leave = () => {
      outcome.times.push(clock.ms - came);
      place.leave();
    };
  };
  for (const end = clock.ms + seconds * 1000; clock.ms < end; clock.ms += STEP_MS) {
    if (random.between(0, 1) < (load * STEP_MS) / workMs) arrive();
    const share = STEP_MS / running.size;
    for (const job of running) job.left -= share;
    for (const job of [...running].filter(({ left }) => left <= 0)) {
      running.delete(job);
      job.leave();
    }
  }
  // Nobody is left behind for the next phase.
  for (const job of running) job.leave();
  return outcome;
}

const p99 = ({ times }: Outcome) =>
  quantile(
    times.sort((a, b) => a - b),
    0.99,
  );

test.each([
  [0.3, 3],
  [1, 10],
  [5, 40],
])("at four times capacity, accepted requests of %f ms keep a p99 within twice the normal one", (workMs, seconds) => {
  const { clock, admission } = desk(32);
  const before = simulate(admission, clock, { load: 0.7, workMs, seconds });
  const spike = simulate(admission, clock, { load: 4, workMs, seconds });
  const after = simulate(admission, clock, { load: 0.7, workMs, seconds });
  expect(before.refused).toBe(0);
  expect(p99(spike)).toBeLessThan(2 * p99(before));
  expect(spike.times.length).toBeGreaterThan((0.95 * seconds * 1000) / workMs); // nothing of the capacity is lost
  expect(after.refused).toBeLessThan(0.01 * after.times.length);
});

/** Requests of several clients; a request is told by its client's name. */
function crowd(most: number) {
  const clock = { ms: 0 };
  const admission = new Admission(most, () => clock.ms);
  const [started, refused]: [string[], string[]] = [[], []];
  const come = (client: string) =>
    admission.enter(
      () => started.push(client),
      () => refused.push(client),
      client,
    );
  return { clock, admission, started, refused, come };
}

test("of those who wait, the client with the fewest requests running is next", () => {
  const { started, come } = crowd(3);
  const [first, second] = [come("many"), come("many"), come("many"), come("many"), come("few"), come("many")];
  first!.leave();
  second!.leave();
  expect(started).toEqual(["many", "many", "many", "few", "many"]);
});

test("where nobody else may wait, the client with the most gives way to another one, and not to itself", () => {
  const { admission, refused, come } = crowd(2);
  for (let request = 0; request < 19; request++) come("many");
  expect(admission.refuses("many")).toBe(true);
  refused.length = 0;
  expect(admission.refuses("few")).toBe(false);
  come("few");
  expect(refused).toEqual(["many"]);
});

test("as many clients as may wait are refused like one, when each has one request", () => {
  const { admission, come } = crowd(1);
  for (let client = 0; client < 9; client++) come(`client ${client}`);
  expect(admission.refuses("another")).toBe(true);
});
