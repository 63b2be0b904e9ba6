/** Turns [rows, classes] of logits into probabilities, in place. @returns the same array */
export function softmax(logits: Float64Array, classes: number): Float64Array {
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const highest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += row[c] = Math.exp(row[c]! - highest);
    for (let c = 0; c < classes; c++) row[c]! /= sum;
  }
  return logits;
}
