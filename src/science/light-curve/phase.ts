/**
 * @param time [d], or cycles with a period of 1
 * @param epoch time of phase 0
 * @returns phase [cycles], 0 <= phase < 1
 */
export function phaseAt(time: number, periodDays: number, epoch = 0): number {
  const cycles = (time - epoch) / periodDays;
  const phase = cycles - Math.floor(cycles);
  return phase < 1 ? phase : 0; // -1e-17 has its floor a whole cycle below
}
