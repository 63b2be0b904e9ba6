import type { Options, Scenario } from "k6/options";

/** How a script is driven: bounded in time, and in requests by what loopback and one machine can do. */
type ProfileName = "smoke" | "ramp" | "soak" | "capacity" | "spike";

/** What a script says of itself. */
export interface Script {
  /** [ms] 99th percentile of what is answered while the server is not pressed: above it the run fails */
  readonly p99: number;
  /** requests that a smoke test makes */
  readonly smokeRequests: number;
  /** requests a second of a soak, unless RATE says otherwise: well below what two cores serve */
  readonly soakRate: number;
  /** most clients at once, where the server allows fewer than the profile has */
  readonly clients?: number;
  /** of requests, where there are several: each gets percentiles of its own */
  readonly kinds?: readonly string[];
}

const number = (name: string, fallback: number): number => {
  const value = Number(__ENV[name] ?? fallback);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0, not '${__ENV[name]}'`);
  return value;
};

/** Requests come at a rate whatever the answers take, as those of a crowd do. */
const arrivals = (phase: string, rate: number, start: number, seconds: number): Scenario => ({
  executor: "constant-arrival-rate",
  rate: Math.max(1, Math.round(rate)),
  timeUnit: "1s",
  startTime: `${start}s`,
  duration: `${seconds}s`,
  // A user made on the way costs the milliseconds that a dozen requests do: as many as answers of 50 ms need are made beforehand.
  preAllocatedVUs: Math.ceil(0.05 * rate) + 40,
  maxVUs: Math.ceil(0.05 * rate) + 40,
  gracefulStop: "10s",
  tags: { phase },
});

const PROFILES: Readonly<Record<ProfileName, (script: Script) => Options["scenarios"]>> = {
  smoke: ({ smokeRequests, clients = 4 }) => ({
    smoke: { executor: "shared-iterations", vus: Math.min(4, clients), iterations: smokeRequests, maxDuration: "1m" },
  }),
  ramp: ({ clients = 64 }) => ({
    ramp: {
      executor: "ramping-vus",
      startVUs: 1,
      stages: [4, 16, 64].map((target) => ({ target: Math.min(target, clients), duration: `${number("SECONDS", 90) / 3}s` })),
    },
  }),
  soak: ({ soakRate }) => ({ soak: arrivals("soak", number("RATE", soakRate), 0, number("SECONDS", 1800)) }),
  // Clients that ask the next thing as soon as they are answered: as much as the server can do.
  capacity: ({ clients = 16 }) => ({
    capacity: { executor: "constant-vus", vus: Math.min(16, clients), duration: `${number("SECONDS", 15)}s` },
  }),
  // Seven tenths of capacity, four times capacity, seven tenths again; CAPACITY [requests/s] was measured beforehand.
  spike: () => {
    const capacity = number("CAPACITY", 100);
    const seconds = Math.round(number("SECONDS", 60) / 3);
    return {
      before: arrivals("before", 0.7 * capacity, 0, seconds),
      spike: arrivals("spike", 4 * capacity, seconds, seconds),
      after: arrivals("after", 0.7 * capacity, 2 * seconds, seconds),
    };
  },
};

/** Pressed beyond capacity, a server may refuse; it must not fail, nor make those it accepts wait. */
const PRESSED: Options["thresholds"] = {
  "accepted_duration{phase:before}": ["p(99)>=0"],
  "accepted_duration{phase:spike}": ["p(99)>=0"],
  "accepted_duration{phase:after}": ["p(99)>=0"],
  "refused{phase:before}": ["rate>=0"],
  "refused{phase:spike}": ["rate>=0"],
  "refused{phase:after}": ["rate<0.01"],
};

/** The options of a script under the profile that PROFILE names. */
export function optionsOf(script: Script): Options {
  const name = (__ENV.PROFILE ?? "smoke") as ProfileName;
  if (!(name in PROFILES)) throw new Error(`PROFILE must be one of ${Object.keys(PROFILES).join(", ")}, not '${name}'`);
  const unpressed = { accepted_duration: [`p(99)<${script.p99}`], refused: [name === "smoke" ? "rate==0" : "rate<0.01"] };
  // k6 tells figures by tag only where a threshold names the tag.
  const byKind = Object.fromEntries((script.kinds ?? []).map((kind) => [`accepted_duration{kind:${kind}}`, ["p(99)>=0"]]));
  return {
    scenarios: PROFILES[name](script),
    thresholds: { ...byKind, checks: ["rate==1"], failed: ["rate==0"], ...(name === "spike" ? PRESSED : unpressed) },
    // Every tag costs k6 time: these two bring the names of the checks into the report.
    systemTags: ["check", "group"],
    summaryTrendStats: ["avg", "min", "med", "p(90)", "p(95)", "p(99)", "max", "count"],
  };
}
