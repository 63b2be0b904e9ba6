/** k6's end: the figures as JSON, to the file that SUMMARY names. */
export function handleSummary(data: object): Record<string, string> {
  return { [__ENV.SUMMARY ?? "stdout"]: `${JSON.stringify(data)}\n` };
}
