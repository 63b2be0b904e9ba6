/**
 * Viridis at seventeen equal steps: perceptually uniform, legible in grey and to colour-blind eyes (van der Walt &
 * Smith 2015, matplotlib; CC0).
 */
const VIRIDIS = [
  "440154",
  "48186a",
  "472d7b",
  "424086",
  "3b528b",
  "33638d",
  "2c728e",
  "26828e",
  "21918c",
  "1fa088",
  "28ae80",
  "3fbc73",
  "5ec962",
  "84d44b",
  "addc30",
  "d8e219",
  "fde725",
].map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));

/** @param fraction 0 (dark violet) to 1 (yellow); clamped */
export function viridis(fraction: number): string {
  const place = Math.min(1, Math.max(0, fraction)) * (VIRIDIS.length - 1);
  const below = Math.min(Math.floor(place), VIRIDIS.length - 2);
  const channels = VIRIDIS[below]!.map((channel, i) => Math.round(channel + (place - below) * (VIRIDIS[below + 1]![i]! - channel)));
  return `rgb(${channels.join(",")})`;
}
