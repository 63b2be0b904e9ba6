/** Rises over the first twentieth, then falls to zero as half a cosine (Loshchilov & Hutter 2017). */
export function learningRateAt(fraction: number, peak: number): number {
  const warmUp = 0.05;
  return fraction < warmUp
    ? (peak * (fraction + 0.01)) / (warmUp + 0.01)
    : (peak / 2) * (1 + Math.cos((Math.PI * (fraction - warmUp)) / (1 - warmUp)));
}
